"""A plan file against the code as it is: which calls it speaks of, and the Decision that each is given by it.

Raises PlanError where it speaks of other code, of models that cannot be meant, or against itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from migrate.catalog import Catalog
from migrate.catalog.lives import Lives
from migrate.errors import PlanError
from migrate.plan.decision import Decision, Route, Stay
from migrate.plan.effort import effort_of
from migrate.plan.planfile.checking import Checks
from migrate.plan.planfile.entry import Entry, PlanFile
from migrate.plan.planfile.matching import matched
from migrate.program.calls.callsite import CallSite
from migrate.sources.place import Place

_RULE = "unplanned-model"


class Overruling:
    """The plan of ``file``, ready to be asked call by call."""

    def __init__(
        self,
        file: Path,
        entries: Mapping[str, Entry],
        sites: Sequence[CallSite],
        catalog: Catalog,
        lives: Lives,
    ) -> None:
        """``entries`` are by the id that their call has now. Raises PlanError."""
        self._file = file
        self._entries = entries
        self._models = catalog.models
        self._routing = catalog.routing
        checks = Checks(file, catalog, lives)
        for site in sites:
            if site.id in entries:
                checks.check(site, entries[site.id])

    def decision(self, site: CallSite, usual: Decision) -> Decision:
        """``usual`` as the plan overrules it. A call that the plan does not know is reported, not edited."""
        entry = self._entries.get(site.id)
        if entry is None:
            return self._asked(usual, f"{self._file.name} does not know this call: run `repoint plan`")
        if entry.decision == "keep":
            return self._kept(usual, entry)
        if entry.decision == "ask":
            return self._asked(usual, f'{self._file.name} has it as "ask": decide at call {entry.id}')
        if not entry.was:
            return usual
        return self._accepted(site, usual, entry)

    def _accepted(self, site: CallSite, usual: Decision, entry: Entry) -> Decision:
        """The models and efforts that the entry names, also for what would not have moved by itself."""
        stated = effort_of(site)
        routes: list[Route] = []
        stays: list[Stay] = []
        known = {one.old: one for one in usual.routes}
        for old in (*known, *(one.old for one in usual.stays)):
            model, effort = entry.aim(old) if old in entry.was else (old, "")
            target, name = self._models.get(model), self._models.parse(old)
            before = known.get(old)
            raised = entry.prompt_choice == "raise"
            if target is None or name is None or (target.id == name.bare and not effort and not raised):
                stays.append(_stay(usual, old) or Stay(old, "", f"{self._file.name} leaves it"))
                continue
            rule, reason = (before.rule, before.reason) if before else (_RULE, f"{self._file.name} moves it")
            carried = self._routing.effort(name.model, stated if isinstance(stated, str) else None, target)
            wanted = effort or carried
            if raised:
                wanted = self._routing.raised_from(wanted, target)
            chosen = wanted != carried or target.id == name.model.id
            routes.append(Route(old, name.model, target, wanted, rule, reason, planned=True, chosen=chosen))
        return replace(usual, routes=tuple(routes), stays=tuple(stays), prompts=entry.prompt_choice)

    def _kept(self, usual: Decision, entry: Entry) -> Decision:
        why = f": {entry.note}" if entry.note else ""
        cure = f"decide otherwise at call {entry.id} where it has to move after all"
        kept = [
            Stay(one.old, one.rule, f"{one.reason}; {self._file.name} keeps it{why}", cure, note=True)
            for one in usual.routes
        ]
        stays = [replace(one, note=True) for one in usual.stays]
        return replace(usual, routes=(), stays=(*stays, *kept), prompts=entry.prompt_choice)

    def _asked(self, usual: Decision, cure: str) -> Decision:
        asked = [Stay(one.old, one.rule, one.reason, cure) for one in usual.routes]
        return replace(usual, routes=(), stays=(*usual.stays, *asked))


def overruling(
    file: Path,
    plan: PlanFile,
    sites: Sequence[CallSite],
    code: Callable[[Place], str],
    about: tuple[Catalog, Path, Lives],
) -> Overruling:
    """The plan of ``file`` for these calls; ``about`` holds the catalog, the scanned root, and how long
    models live. Raises PlanError."""
    catalog, root, lives = about
    asking = planned_sites(sites)
    found = matched(plan.call, asking, code)
    if plan.call and not found and not any((root / entry.path).exists() for entry in plan.call):
        raise PlanError(
            f"{file}: none of its {len(plan.call)} calls stands in a file under {root}; run repoint on the"
            " folder that it was written for, or write it anew with `repoint plan`"
        )
    return Overruling(file, found, asking, catalog, lives)


def planned_sites(sites: Sequence[CallSite]) -> list[CallSite]:
    """The calls that ask for a model, wherever they go: those that a plan can speak of."""
    return [site for site in sites if site.model_parameter and site.asks and site.kind != "constructor"]


def _stay(usual: Decision, old: str) -> Stay | None:
    return next((one for one in usual.stays if one.old == old), None)
