"""How calls use the places where model ids are written, and why a person should look before one changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from migrate.catalog.models import Models
from migrate.findings.finding import Safety
from migrate.plan.decision import Decision, Route
from migrate.program.calls.callsite import CallSite
from migrate.program.solving.values import Origin
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.text_edits import IN_FILES
from migrate.sources.place import Place
from migrate.sources.testfiles import is_test

# Alternatives of one choice stand within so many lines of each other.
_NEAR = 3


class Use(msgspec.Struct, frozen=True):
    """One origin as one call uses it: the id written there, and the name it should become.

    ``new`` equals ``old`` where it stays; ``route`` is then None and ``why`` says why.
    """

    site: CallSite
    origin: Origin
    old: str
    new: str
    route: Route | None
    why: str = ""

    @property
    def changes(self) -> bool:
        return self.new != self.old


class Uses:
    """Reads the uses off call sites."""

    def __init__(
        self,
        models: Models,
        plan: GatewayPlan,
        at_gateway: Mapping[str, tuple[str, ...]],
        prefix: Callable[[CallSite], str],
    ) -> None:
        """``prefix`` gives what begins a new id in a framework's call."""
        self._prefix = prefix
        self._models = models
        self._plan = plan
        self._at_gateway = at_gateway

    def of(self, site: CallSite, decision: Decision) -> Iterator[Use]:
        """One Use for every origin of ``site`` that holds a model id."""
        routes = {route.old: route for route in decision.routes}
        openai = is_openai(site, self._plan)
        for origin in site.model.origins:
            written = origin.value
            if (
                not isinstance(written, str)
                or self._models.parse(written) is None
                or origin.role == "implicit"
            ):
                continue
            route = next((r for old, r in routes.items() if old == written or old.endswith(written)), None)
            if not openai:
                yield Use(site, origin, written, written, None, f"{site.place} does not go to OpenAI")
                continue
            new = self._new_name(site, written, route)
            yield Use(site, origin, written, new, route, "" if route else f"{site.place} keeps it")

    def held(self, site: CallSite) -> Iterator[Use]:
        """One Use for every origin of a ``site`` that is changed by hand: it may not change for others."""
        if not site.asks:
            return
        elsewhere = {"azure": "Azure", "other": "another vendor"}.get(site.target)
        why = f"{site.place} reaches it through {site.sdk}, which is changed by hand"
        why = f"{site.place} goes to {elsewhere}, and keeps it" if elsewhere else why
        for origin in site.model.origins:
            written = origin.value
            if isinstance(written, str) and self._models.parse(written) is not None:
                yield Use(site, origin, written, written, None, why)

    def _new_name(self, site: CallSite, written: str, route: Route | None) -> str:
        name = self._models.parse(written)
        assert name is not None
        bare = route.target.id if route is not None else name.bare
        if name.prefix:
            return name.prefix + bare
        if site.kind == "framework":
            return (self._prefix(site) if route is not None else "") + bare
        return self._plan.gateway.model_name(bare) if site.id in self._at_gateway else bare


def doubts(uses: list[Use]) -> tuple[Safety, list[str]]:
    """The safety of changing an origin that is used so, and what to look at first."""
    found = [doubt for use in uses for doubt in _doubts(use)]
    return ("review" if found else "safe"), list(dict.fromkeys(found))


def _doubts(use: Use) -> Iterator[str]:
    site = use.site
    yield from _of_the_call(site)
    if site.target == "configurable" and all(client.target == "openai" for client in site.clients):
        yield f"{site.place}: another client can be passed in from outside"
    if site.closed:
        yield f"{site.place}: {site.closed}"
    if not site.model.complete:
        yield f"{site.place}: other models than the visible ones may reach this call"
    if site.hidden and use.route is not None:
        yield f"{site.place}: parameters that are not visible may be rejected ({site.hidden[0]})"
    if use.origin.open:
        yield f"{site.place}: callers that are not visible may pass another model"
    if any(client.target in ("user", "unknown") for client in site.clients):
        yield f"{site.place}: where the client sends its requests is not known"
    if use.origin.role == "request-body":
        yield f"{site.place}: the request is put together by a shell, which nothing runs here"
    elif use.origin.role in IN_FILES:
        yield f"other programs may read {use.origin.place.path} too"
    if is_test(use.origin.place.path):
        yield "it stands in a test, which may expect the old id"
    if use.route is not None and use.route.rule == "outdated-model" and not use.route.planned:
        yield "there is time: it need not move yet"
    if use.route is not None and use.route.by_policy:
        yield "a weaker model answers then: try it on texts of your own"


def _of_the_call(site: CallSite) -> Iterator[str]:
    if site.kind == "framework":
        yield f"{site.place}: it goes through {site.sdk}, whose installed release has to know the new model"
    if site.certainty == "likely":
        yield f"{site.place}: nothing says that the receiver is an OpenAI client"


def bounded(use: Use) -> bool:
    """Whether the id is the default among choices that are written apart from it."""
    return any(
        one.role == "list-of-supported" and one.value == use.old and one.place != use.origin.place
        for one in use.site.model.origins
    )


def merging(uses: list[Use]) -> bool:
    """Whether two different models, written beside each other for one call, become the same: a comparison,
    a fallback or a cheap and strong pair may end there."""
    for one in uses:
        for other in uses:
            if (
                one.old != other.old
                and one.new == other.new
                and _beside(one.origin.place, other.origin.place)
            ):
                return True
    return False


def _beside(one: Place, other: Place) -> bool:
    return one.path == other.path and abs(one.span.line - other.span.line) <= _NEAR


def written_in(use: Use, code: Callable[[Place], str]) -> bool:
    """Whether the id stands as it is, once, in the source at the origin's place, so that it can be edited."""
    return use.origin.whole and code(use.origin.place).count(use.old) == 1
