"""Clients that something else makes of the class it is given: ``field(default_factory=OpenAI)``. They have no
call that could take a URL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from migrate.findings.finding import Finding
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand
from migrate.settings import Style
from migrate.sources.place import Place


def uncalled(
    plan: GatewayPlan, style: Style, sites: Sequence[CallSite], users: Mapping[Place, list[CallSite]]
) -> Iterator[Finding]:
    """One finding for each of them; ``users`` are the calls that go through a client, by its place. Where
    the environment says where clients go, they go there too."""
    called = {site.place for site in sites if site.kind == "constructor"}
    read = {site.place.path for site in sites}
    for place, calls in users.items() if style != "environment" else ():
        client = next(one for one in calls[0].clients if one.place == place)
        plain = client.target == "openai" and client.symbol in plan.classes
        if plain and place not in called and place.path in read:
            message = f"{client.symbol} talks to OpenAI directly, not through {plan.gateway.title}"
            cure = "pass a function that calls it with base_url and api_key in its place"
            yield by_hand(msgspec.structs.replace(calls[0], place=place), "direct-client", message, cure)
