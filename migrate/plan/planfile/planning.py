"""A whole plan: an entry for every call that goes to OpenAI, joined with the file that is there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from migrate import __version__
from migrate.catalog import Catalog
from migrate.catalog.lives import lives_of
from migrate.findings.finding import Finding
from migrate.plan.assessment import Assessment
from migrate.plan.cost.costing import Costing
from migrate.plan.cost.records import CostLine
from migrate.plan.decision import Decision
from migrate.plan.planfile.costed import cost_lines, costed
from migrate.plan.planfile.entry import SCHEMA, Chosen, Entry, PlanFile, Totals
from migrate.plan.planfile.matching import matched
from migrate.plan.planfile.overruling import Overruling, planned_sites
from migrate.plan.planfile.proposing import gone, joined, proposed, raised, warned
from migrate.plan.route import Router
from migrate.program.calls.callsite import CallSite, Client
from migrate.program.inventory import Inventory
from migrate.program.linking.code import SourceTexts
from migrate.settings import Settings
from migrate.sources.place import Place

_ELSEWHERE = ("azure", "other")


class Planning:
    """The calls of one scan and what is to be written down about each."""

    def __init__(
        self,
        inventory: Inventory,
        settings: Settings,
        catalog: Catalog,
        old: PlanFile | None,
        at_gateway: Callable[[Client], bool],
    ) -> None:
        """``at_gateway`` knows the clients that go through the gateway already: their calls are OpenAI's."""
        self._inventory = inventory
        self._settings = settings
        self._catalog = catalog
        self._old = old.call if old is not None else ()
        self._lives = lives_of(catalog, settings)
        self.router = Router(catalog, settings)
        asking = [one for one in planned_sites(inventory.call_sites) if one.place.path in inventory.selected]
        self.sites = [
            site
            for site in asking
            if site.target not in _ELSEWHERE or (site.clients and all(map(at_gateway, site.clients)))
        ]
        self._elsewhere = len(asking) - len(self.sites)
        self._code = SourceTexts(lambda path: inventory.sources[path].text).code
        self._matched = matched(self._old, self.sites, self._code)

    def entries(
        self, assessments: Mapping[str, Assessment], costing: Costing
    ) -> tuple[dict[str, Entry], tuple[CostLine, ...]]:
        """The entry of every call, by its id, with what people wrote before; and what all that costs."""
        found: dict[str, Entry] = {}
        costs: list[CostLine] = []
        for site in self.sites:
            found[site.id], lines = self._entry(site, assessments.get(site.id), costing)
            costs += lines
        return found, tuple(costs)

    def _entry(
        self, site: CallSite, assessment: Assessment | None, costing: Costing
    ) -> tuple[Entry, tuple[CostLine, ...]]:
        most = self._catalog.costs.ask_from
        entry = proposed(site, self.router.decide(site, assessment), assessment, self._code)
        lines = cost_lines(costing, site, entry)
        old = self._matched.get(site.id)
        if old is None:
            return costed(entry, lines, most, fresh=True), lines
        models = self._catalog.models
        entry = warned(raised(joined(old, entry, models), self._catalog), models, self._lives)
        lines = cost_lines(costing, site, entry)
        return costed(entry, lines, most, fresh=False), lines

    def overruling(self, file: Path, entries: Mapping[str, Entry]) -> Overruling:
        """These entries as a run would follow them. Raises PlanError."""
        return Overruling(file, entries, self.sites, self._catalog, self._lives)

    def decisions(self, plan: Overruling, assessments: Mapping[str, Assessment]) -> dict[str, Decision]:
        """What becomes of the calls that have an entry, as ``plan`` says."""
        router = Router(self._catalog, self._settings, plan)
        return {site.id: router.decide(site, assessments.get(site.id)) for site in self.sites}

    def whole(self, told: Mapping[str, Entry], totals: Totals, usage: str) -> PlanFile:
        """The plan file of the entries ``told``, and of those that are gone, which are marked."""
        by_old = {old.id: told[site] for site, old in self._matched.items()}
        kept = [by_old.get(one.id) or self._unmatched(one) for one in self._old]
        fresh = [told[site.id] for site in self.sites if site.id not in self._matched]
        counts = Counter(one.decision for one in told.values())
        models = self._catalog.models
        return PlanFile(
            schema=SCHEMA,
            version=__version__,
            date=self._settings.today,
            catalog=max(model.checked for model in models),
            settings=self._chosen(usage),
            totals=replace(
                totals,
                calls=len(told),
                accept=counts["accept"],
                keep=counts["keep"],
                ask=counts["ask"],
                vanished=sum(1 for old, one in zip(self._old, kept, strict=True) if one == gone(old)),
                elsewhere=self._elsewhere,
            ),
            call=(*kept, *fresh),
        )

    def told(
        self, entries: Mapping[str, Entry], findings: Iterable[Finding], waiting: Collection[str]
    ) -> dict[str, Entry]:
        """``entries`` with what ``findings`` say of their calls; ``waiting`` are those whose prompts ask for
        reasoning that the call does not do: a person chooses between the two."""
        told = _told(entries, findings, self._reading())
        return {call: _choosing(entry, call in waiting) for call, entry in told.items()}

    def _reading(self) -> dict[Place, list[str]]:
        """The calls that take their model from a place."""
        found: dict[Place, list[str]] = {}
        for site in self.sites:
            for origin in site.model.origins:
                found.setdefault(origin.place, []).append(site.id)
        return found

    def _unmatched(self, old: Entry) -> Entry:
        """An entry without a call: gone, unless its file was not asked about."""
        seen = old.path in self._inventory.selected or not (self._inventory.root / old.path).is_file()
        return gone(old) if seen else old

    def _chosen(self, usage: str) -> Chosen:
        return Chosen(
            gateway=self._settings.gateway,
            strong=self.router.strong.id,
            fast=self.router.fast.id,
            horizon=self._lives.horizon,
            policy=self._settings.policy,
            usage=usage,
        )


def _told(
    entries: Mapping[str, Entry], findings: Iterable[Finding], reading: Mapping[Place, Sequence[str]]
) -> dict[str, Entry]:
    """``entries`` with the parameters that change, and the values that are shared with other decisions, told
    to all that take their model from there: ``reading``."""
    parameters: dict[str, list[str]] = {}
    prompts: dict[str, list[str]] = {}
    shared: dict[str, list[str]] = {}
    by_stage = {"params": parameters, "prompts": prompts}
    for one in findings:
        into = shared if one.rule == "shared-origin" else by_stage.get(one.stage)
        if into is None or one.note:
            continue
        said = f"{one.message}; {one.cure}" if one.safety == "manual" else one.cure
        if into is prompts:
            said = f"{one.place.path}:{one.place.span.line}: {one.message}; {one.cure}"
        for call in reading.get(one.place, ()) if into is shared else one.calls:
            into.setdefault(call, []).append(said)
    return {
        call: replace(
            entry,
            parameters=_once(parameters.get(call, ())),
            prompts=_once(prompts.get(call, ())),
            attention=_once([*entry.attention, *shared.get(call, ())]),
        )
        for call, entry in entries.items()
    }


def _choosing(entry: Entry, waiting: bool) -> Entry:
    """``entry`` with a choice about its prompts where there is one; what a person chose stays."""
    chosen = entry.prompt_choice if entry.prompt_choice != "ask" else ""
    return replace(entry, prompt_choice=chosen or ("ask" if waiting else ""))


def _once(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said))
