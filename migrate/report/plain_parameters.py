"""Which parameters of a call are shown as such. Apart from the shapes of JSON, which text does not need."""

from __future__ import annotations

from migrate.program.calls.callsite import CallSite, Parameter


def plain_parameters(site: CallSite) -> list[Parameter]:
    """The parameters that are neither the model nor the carrier of a prompt."""
    spoken = {"messages", "input", "instructions", "prompt", site.model_parameter}
    return [one for one in site.parameters if one.name not in spoken]
