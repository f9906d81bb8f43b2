"""Stage ``model``: a model id is changed where it is written, once, if every call it reaches agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from migrate.catalog import Catalog
from migrate.findings.edits import ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.decision import Decision, Route, Stay
from migrate.program.callsite import CallSite
from migrate.program.readers import Readers
from migrate.rewrite.stages.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.model_uses import Use, Uses, doubts, merging, written_in
from migrate.sources.place import Place

# A call that is fed by more ids than this chooses from a list of what is supported, not for itself.
_MOST_CHOICES = 4
# Roles of a literal that is chosen where it is written, not listed.
_PASSED = ("argument", "parameter-default", "env-default", "cli-default")


class ModelStage:
    """Findings about model ids, one an origin."""

    def __init__(
        self,
        catalog: Catalog,
        plan: GatewayPlan,
        at_gateway: Mapping[str, tuple[str, ...]],
        code: Callable[[Place], str],
        readers: Readers,
    ) -> None:
        """``at_gateway`` holds the calls, by id, whose models are named in the gateway's way, each with the
        keys of the clients that have to move for it; ``code`` gives the source text at a place; ``readers``
        tells what else a value decides."""
        self._plan = plan
        self._uses = Uses(catalog.models, plan, at_gateway)
        self._at_gateway = at_gateway
        self._code = code
        self._readers = readers
        self._moved: dict[str, set[str]] = {}
        self._blocked: dict[str, set[str]] = {}
        self._merging: set[str] = set()

    def moved(self) -> dict[str, set[str]]:
        """Of each call, the ids that ``findings`` has found an edit for, wherever they are written."""
        return {call: ids - self._blocked.get(call, set()) for call, ids in self._moved.items()}

    def findings(self, sites: Sequence[CallSite], decisions: Mapping[str, Decision]) -> Iterator[Finding]:
        """Everything to say about the models of ``sites``."""
        by_origin: dict[tuple[Place, str], list[Use]] = {}
        for site in sites:
            decision = decisions.get(site.id)
            if decision is None:
                continue
            uses = list(self._uses.of(site, decision))
            if merging([use for use in uses if use.changes]):
                self._merging.add(site.id)
            for use in uses:
                by_origin.setdefault((use.origin.place, use.old), []).append(use)
            yield from self._standing(site, decision, uses)
        read = self._readers.of_literals({place for place, _ in by_origin})
        for (place, _), uses in by_origin.items():
            yield from self._of_origin(uses, read.get(place))

    def _standing(self, site: CallSite, decision: Decision, uses: list[Use]) -> Iterator[Finding]:
        """What is not routed, what cannot be seen, and what is written nowhere as a whole."""
        if not is_openai(site, self._plan):
            yield from _mixed(site, decision)
            return
        few = len(site.model.values) <= _MOST_CHOICES
        for stay in decision.stays:
            if stay.rule and (few or stay.rule != "unknown-model"):
                yield _stays(site, stay)
        reached = {use.route.old for use in uses if use.route is not None}
        for route in decision.routes:
            if route.old not in reached:
                yield _by_hand(site, route, "it is put together at run time: change what it is made of")
        if site.model_parameter and not site.model.complete:
            yield _unknown(site)

    def _of_origin(self, uses: list[Use], read: Place | None) -> Iterator[Finding]:
        changed = [use for use in uses if use.changes]
        if not changed:
            return
        first = changed[0]
        refusal = self._refusal(uses, changed)
        if refusal is not None:
            _remember(self._blocked, changed)
            yield refusal
            return
        _remember(self._moved, changed)
        rule, reason = "bare-model", f"{self._plan.gateway.title} knows {first.old} as {first.new}"
        if first.route is not None:
            rule, reason = first.route.rule, first.route.reason
        safety, looks = doubts(changed)
        if any(use.site.id in self._merging for use in changed):
            safety, looks = "review", [*looks, "two different models of one call become the same"]
        if read is not None:
            safety, looks = "review", [*looks, f"{read} looks something up by it, or compares it"]
        cure = f"{first.old} becomes {first.new}" + (f"; look first: {'; '.join(looks)}" if looks else "")
        place = first.origin.place
        edit = FileEdit(place.path, ReplaceText(place.span, first.old, first.new))
        calls = _calls(changed)
        yield Finding(rule, "model", place, reason, cure, safety, (edit,), calls, self._ties(changed))

    def _refusal(self, uses: list[Use], changed: list[Use]) -> Finding | None:
        """Why an origin is not edited although a call wants it changed."""
        first = changed[0]
        if all(len(use.site.model.values) > _MOST_CHOICES for use in changed):
            passed = first.origin.role in _PASSED and first.route is not None
            return _one_of_many(first, _calls(changed)) if passed else _registry(first, _calls(changed))
        if len({use.new for use in uses}) > 1:
            return _shared(first, uses, self._ties(changed))
        if not written_in(first, self._code) and first.route is not None:
            why = "it is written in pieces: change it by hand"
            return _by_hand(first.site, first.route, why, first.origin.place)
        return None

    def _ties(self, changed: list[Use]) -> str:
        """The clients that have to move together with a name that only the gateway knows."""
        if self._plan.gateway.naming != "prefixed":
            return ""
        return "|".join(
            dict.fromkeys(key for use in changed for key in self._at_gateway.get(use.site.id, ()))
        )


def _calls(uses: list[Use]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(use.site.id for use in uses))


def _remember(ids: dict[str, set[str]], uses: list[Use]) -> None:
    for use in uses:
        if use.route is not None:
            ids.setdefault(use.site.id, set()).add(use.route.old)


def _model_place(site: CallSite) -> Place:
    passed = site.parameter(site.model_parameter or "")
    return passed.place if passed is not None else site.place


def _stays(site: CallSite, stay: Stay) -> Finding:
    places = [origin.place for origin in site.model.origins if origin.value == stay.old]
    place = places[0] if places else site.place
    cure = stay.cure or "look whether it should be a model that stays"
    return Finding(stay.rule, "model", place, stay.reason, cure, "manual", (), (site.id,), "", stay.note)


def _by_hand(site: CallSite, route: Route, why: str, place: Place | None = None) -> Finding:
    cure = f"{route.old} should become {route.target.id}; {why}"
    where = place or _model_place(site)
    return Finding(route.rule, "model", where, route.reason, cure, "manual", (), (site.id,))


def _unknown(site: CallSite) -> Finding:
    why = "; ".join(site.model.why[:2]) or "no value is visible"
    known = ", ".join(str(value) for value in site.model.values[:_MOST_CHOICES])
    message = f"the model of this call is not known{f' (besides {known})' if known else ''}: {why}"
    cure = "look where it comes from, and move it there by hand if it is being shut down"
    return Finding("unknown-model", "model", site.place, message, cure, "manual", (), (site.id,), "", True)


def _mixed(site: CallSite, decision: Decision) -> Iterator[Finding]:
    """A call that OpenAI's client and another vendor's both reach."""
    if any(client.target in ("openai", "configurable") for client in site.clients):
        for route in decision.routes:
            message = f"{route.reason}, but this call is also reached by a client that is not OpenAI's"
            cure = f"give each client its own model: OpenAI's becomes {route.target.id}"
            place = _model_place(site)
            yield Finding("shared-origin", "model", place, message, cure, "manual", (), (site.id,))
        if site.model_parameter and not site.model.complete:
            yield _unknown(site)


def _shared(first: Use, uses: list[Use], ties: str) -> Finding:
    wanted = [f"{use.site.place} → {use.new}" if use.changes else use.why for use in uses]
    message = f"{first.old!r} feeds calls with different decisions: {'; '.join(dict.fromkeys(wanted))}"
    cure = "split it into one value a decision, or choose one model for all of them"
    calls = _calls([use for use in uses if use.changes])
    return Finding("shared-origin", "model", first.origin.place, message, cure, "manual", (), calls, ties)


def _one_of_many(first: Use, calls: tuple[str, ...]) -> Finding:
    assert first.route is not None
    count = len(first.site.model.values)
    message = f"{first.route.reason}; {first.site.place} is given it, or one of {count - 1} other models"
    cure = f"decide by hand whether {first.old} becomes {first.new} here, or goes"
    return Finding(first.route.rule, "model", first.origin.place, message, cure, "manual", (), calls)


def _registry(first: Use, calls: tuple[str, ...]) -> Finding:
    reason = f": {first.route.reason}" if first.route is not None else ""
    message = f"{first.old!r} stands in a list of supported models{reason}"
    cure = f"add {first.new} beside it; which model a request uses is chosen elsewhere"
    place = first.origin.place
    return Finding("definition-model", "model", place, message, cure, "manual", (), calls, "", True)
