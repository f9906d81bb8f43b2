"""Stage ``model``: a model id is changed where it is written, once, if every call it reaches agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from migrate.catalog import Catalog
from migrate.findings.finding import Finding
from migrate.plan.decision import Decision
from migrate.program.calls.callsite import CallSite
from migrate.program.calls.readers import Readers
from migrate.program.literals.records import DEFINITIONS, ModelLiteral
from migrate.program.literals.surrounding import MOST_CHOICES
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, client_key, is_openai
from migrate.rewrite.stages.model.framework_models import FrameworkModels
from migrate.rewrite.stages.model.model_findings import (
    LISTING,
    by_hand,
    calls_of,
    listed,
    mixed,
    one_of_many,
    shared,
    staying,
    unknown_model,
)
from migrate.rewrite.stages.model.model_uses import Use, Uses, bounded, doubts, merging, written_in
from migrate.rewrite.stages.risks.notes import unlisted
from migrate.rewrite.stages.text_edits import text_edit
from migrate.sources.place import Place


class ModelStage:
    """Findings about model ids, one an origin."""

    def __init__(
        self,
        catalog: Catalog,
        plan: GatewayPlan,
        at_gateway: Mapping[str, tuple[str, ...]],
        code: Callable[[Place], str],
        readers: Readers,
        roles: Callable[[Place], ModelLiteral | None],
    ) -> None:
        """``at_gateway`` holds the calls, by id, whose models are named in the gateway's way, each with the
        keys of the clients that have to move for it; ``code`` gives the source text at a place; ``readers``
        tells what else a value decides, ``roles`` what a model id is there for."""
        self._plan = plan
        self._frameworks = FrameworkModels(catalog, plan, code)
        self._uses = Uses(catalog.models, plan, at_gateway, self._frameworks.prefix)
        self._at_gateway = at_gateway
        self._code = code
        self._readers = readers
        self._roles = roles
        self._moved: dict[str, set[str]] = {}
        self._blocked: dict[str, set[str]] = {}
        self._merging: set[str] = set()
        self._gates: dict[Place, Place] = {}
        self._listed: dict[tuple[str, int | None], list[Use]] = {}

    def moved(self) -> dict[str, set[str]]:
        """Of each call, the ids that ``findings`` has found an edit for, wherever they are written."""
        return {call: ids - self._blocked.get(call, set()) for call, ids in self._moved.items()}

    def findings(
        self,
        sites: Sequence[CallSite],
        decisions: Mapping[str, Decision],
        others: Sequence[CallSite] = (),
    ) -> Iterator[Finding]:
        """Everything to say about the models of ``sites``. ``others`` are calls that this stage does not
        change: what they use too stays as it is."""
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
        for site in others:
            for use in self._uses.held(site):
                by_origin.setdefault((use.origin.place, use.old), []).append(use)
        read = self._readers.of_literals({place for place, _ in by_origin})
        self._gates = self._readers.gates(read)
        for (place, _), uses in by_origin.items():
            yield from self._of_origin(uses, read.get(place))
        for uses in self._listed.values():
            yield listed(uses, calls_of(uses), note=True)

    def _standing(self, site: CallSite, decision: Decision, uses: list[Use]) -> Iterator[Finding]:
        """What is not routed, what cannot be seen, and what is written nowhere as a whole."""
        if not is_openai(site, self._plan):
            yield from mixed(site, decision)
            return
        few = len(site.model.values) <= MOST_CHOICES
        for stay in decision.stays:
            if stay.rule and (few or stay.rule != "unknown-model"):
                yield staying(site, stay)
        reached = {use.route.old for use in uses if use.route is not None}
        implicit = {one.value for one in site.model.origins if one.role == "implicit"}
        for route in decision.routes:
            if route.old in implicit:
                finding = self._frameworks.implied(site, route)
                if finding.edits:
                    self._moved.setdefault(site.id, set()).add(route.old)
                yield finding
            elif route.old not in reached:
                yield by_hand(site, route, "it is put together at run time: change what it is made of")
        if site.model_parameter and not site.model.complete:
            yield unknown_model(site)

    def _of_origin(self, uses: list[Use], read: Place | None) -> Iterator[Finding]:
        changed = [use for use in uses if use.changes]
        if not changed:
            return
        first = changed[0]
        if self._is_listed(changed) and _many(changed):
            _remember(self._blocked, changed)
            self._listed.setdefault((first.origin.place.path, first.origin.place.cell), []).extend(changed)
            return
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
        edit = text_edit(place, first.origin.role, self._code(place), first.old, first.new)
        calls = calls_of(changed)
        change = Finding(rule, "model", place, reason, cure, safety, (edit,), calls, self._ties(changed))
        yield change
        there = all(use.site.id in self._at_gateway for use in changed)
        if first.route is not None and there and self._plan.gateway.lists(first.route.target.id) is False:
            yield unlisted(change, first.route.target.id, self._plan)

    def _refusal(self, uses: list[Use], changed: list[Use]) -> Finding | None:
        """Why an origin is not edited although a call wants it changed."""
        first = changed[0]
        if self._is_listed(changed):
            return listed([first], calls_of(changed), note=False)
        if _many(changed):
            return one_of_many(first, calls_of(changed))
        shut = self._shut(changed)
        if first.route is not None and shut:
            return by_hand(first.site, first.route, f"{shut} too: change both by hand", first.origin.place)
        if len({use.new for use in uses}) > 1:
            return shared(first, uses, self._ties(changed))
        if not written_in(first, self._code) and first.route is not None:
            why = "it is written in pieces: change it by hand"
            return by_hand(first.site, first.route, why, first.origin.place)
        return None

    def _shut(self, changed: list[Use]) -> str:
        """What is known to let the old id through and not the new one; empty where nothing is."""
        first, gate = changed[0], self._gates.get(changed[0].origin.place)
        if any(map(bounded, changed)):
            return "its choices have to hold it"
        known = self._readers.let_through(gate) if gate is not None else ()
        return f"{gate} has to let it through" if first.old in known and first.new not in known else ""

    def _is_listed(self, changed: list[Use]) -> bool:
        """Whether an id stands in a list rather than is chosen."""
        first = changed[0]
        literal = self._roles(first.origin.place)
        role = literal.role if literal is not None else first.origin.role
        return role in DEFINITIONS or (_many(changed) and (role in LISTING or first.route is None))

    def _ties(self, changed: list[Use]) -> str:
        """The clients that have to move together with a name that their vendor does not know."""
        keys = dict.fromkeys(key for use in changed for key in self._at_gateway.get(use.site.id, ()))
        if self._plan.gateway.naming != "prefixed":
            elsewhere = {
                client_key(one) for use in changed for one in use.site.clients if one.target == "other"
            }
            keys = dict.fromkeys(key for key in keys if key in elsewhere)
        return "|".join(keys)


def _many(changed: list[Use]) -> bool:
    """Whether the calls that an id reaches have many to choose from."""
    return all(len(use.site.model.values) > MOST_CHOICES for use in changed)


def _remember(ids: dict[str, set[str]], uses: list[Use]) -> None:
    for use in uses:
        if use.route is not None:
            ids.setdefault(use.site.id, set()).add(use.route.old)
