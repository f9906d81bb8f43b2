"""Notes on addresses of OpenAI in code that no visible call takes from there. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from migrate.findings.finding import Finding
from migrate.program.calls.callsite import CallSite
from migrate.program.calls.surroundings import Surroundings
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.sources.place import Place
from migrate.sources.testfiles import is_test


def unread_addresses(
    sites: Sequence[CallSite], surroundings: Surroundings, plan: GatewayPlan, selected: Collection[str]
) -> Iterator[Finding]:
    """A note for every address in the files ``selected`` that is no part of a call and of no client."""
    asked = [one for one in surroundings.addresses if one.path in selected and not is_test(one.path)]
    taken: dict[str, set[Place]] = {one.path: set() for one in asked}
    for place in (place for site in sites for place in _places(site)):
        taken.get(place.path, set()).add(place)
    for place in asked:
        if not any(_touch(place, one) for one in taken[place.path]):
            message = "OpenAI's address is set here, and no visible call takes it from here"
            cure = f"look who takes it, and give it {plan.base_url} there, with the key from {plan.key_env}"
            yield Finding("unread-address", "gateway", place, message, cure, "manual", (), (), "", True)


def _places(site: CallSite) -> Iterator[Place]:
    yield site.place
    for client in site.clients:
        yield from (one.place for one in client.base_url.origins)
        yield from (one.place for one in client.parameters)
        yield from ([client.place] if client.place is not None else [])


def _touch(one: Place, other: Place) -> bool:
    """Whether two places of one file have something in common."""
    return one.span.covers(other.span) or other.span.covers(one.span)
