"""Where the requests of a call end up after this run: the model each one has then, and its effort."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from migrate.catalog import UNKNOWN
from migrate.catalog.models import Model, Models
from migrate.plan.decision import Decision, Route
from migrate.plan.effort import effort_of
from migrate.program.calls.callsite import CallSite


class Landing(msgspec.Struct, frozen=True):
    """A model that a call uses after the run. ``efforts`` are those that its request may have: one, None
    where it states none, all that the model takes where the code does not show it. ``route`` is how it
    came there, None for a model that stays."""

    model: Model
    efforts: tuple[str | None, ...]
    route: Route | None = None


def landings(
    site: CallSite, decision: Decision, moved: Collection[str], models: Models
) -> tuple[Landing, ...]:
    """The landings of ``site``; ``moved`` are the ids, as written, that this run changes for it."""
    effort = effort_of(site)
    found = []
    for route in decision.routes:
        if route.old not in moved:
            found.append(Landing(route.old_model, _efforts(route.old_model, effort)))
        elif effort is UNKNOWN:
            found.append(Landing(route.target, _efforts(route.target, effort), route))
        else:
            found.append(Landing(route.target, (route.effort,), route))
    for stay in decision.stays:
        model = models.get(stay.old)
        if model is not None and model.kind == "chat":
            found.append(Landing(model, _efforts(model, effort)))
    return tuple(dict.fromkeys(found))


def _efforts(model: Model, effort: object) -> tuple[str | None, ...]:
    if effort is UNKNOWN:
        return (None, *model.efforts)
    if not isinstance(effort, str) or (model.efforts and effort not in model.efforts):
        return (None,)
    return (effort,)
