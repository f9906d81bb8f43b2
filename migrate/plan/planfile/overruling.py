"""A plan file against the code as it is: which calls it speaks of, and the Decision that each is given by it.

Raises PlanError where it speaks of other code, of models that cannot be meant, or against itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from migrate.catalog import Catalog
from migrate.catalog.lives import Lives
from migrate.catalog.models import Model
from migrate.errors import PlanError
from migrate.plan.decision import Decision, Route, Stay
from migrate.plan.effort import effort_of
from migrate.plan.planfile.entry import Entry, PlanFile
from migrate.plan.planfile.matching import matched
from migrate.plan.planfile.reading import at
from migrate.program.callsite import CallSite
from migrate.program.literals.surrounding import MOST_CHOICES
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
        self._lives = lives
        self._routing = catalog.routing
        for site in sites:
            if site.id in entries:
                self._check(site, entries[site.id])

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
            if target is None or name is None or (target.id == name.bare and not effort):
                stays.append(_stay(usual, old) or Stay(old, "", f"{self._file.name} leaves it"))
                continue
            rule, reason = (before.rule, before.reason) if before else (_RULE, f"{self._file.name} moves it")
            carried = self._routing.effort(name.model, stated if isinstance(stated, str) else None, target)
            wanted = effort or carried
            chosen = wanted != carried or target.id == name.model.id
            routes.append(Route(old, name.model, target, wanted, rule, reason, planned=True, chosen=chosen))
        return replace(usual, routes=tuple(routes), stays=tuple(stays))

    def _kept(self, usual: Decision, entry: Entry) -> Decision:
        why = f": {entry.note}" if entry.note else ""
        cure = f"decide otherwise at call {entry.id} where it has to move after all"
        kept = [
            Stay(one.old, one.rule, f"{one.reason}; {self._file.name} keeps it{why}", cure, note=True)
            for one in usual.routes
        ]
        stays = [replace(one, note=True) for one in usual.stays]
        return replace(usual, routes=(), stays=(*stays, *kept))

    def _asked(self, usual: Decision, cure: str) -> Decision:
        asked = [Stay(one.old, one.rule, one.reason, cure) for one in usual.routes]
        return replace(usual, routes=(), stays=(*usual.stays, *asked))

    def _check(self, site: CallSite, entry: Entry) -> None:
        """Raises PlanError where ``entry`` cannot be followed for ``site``."""
        now = current(site)
        if not entry.was or not now:
            return
        # What was applied already names the new models.
        allowed = {*entry.was, *(self._bare(entry.aim(old)[0]) for old in entry.was)}
        strange = [one for one in now if one not in allowed and self._bare(one) not in allowed]
        if strange:
            raise PlanError(
                f"{at(self._file, entry, 'current')}: it says {' and '.join(entry.was)}, but"
                f" {site.place} now uses {' and '.join(strange)}; run `repoint plan`, then look at it again"
            )
        if entry.decision != "accept":
            return
        for old in entry.was:
            self._check_aim(entry, old)

    def _bare(self, name: str) -> str:
        parsed = self._models.parse(name)
        return parsed.bare if parsed is not None else name

    def _check_aim(self, entry: Entry, old: str) -> None:
        model, effort = entry.aim(old)
        if model == old:
            return
        target = self._models.get(model)
        if target is None:
            raise PlanError(f"{at(self._file, entry, 'model')}: unknown model {model!r}; {self._near(model)}")
        before = self._models.get(old)
        if before is not None and before.kind != target.kind:
            raise PlanError(
                f"{at(self._file, entry, 'model')}: {model} answers other requests ({target.kind}) than {old}"
                f" ({before.kind}); name a model of that kind"
            )
        if self._lives.of(target.shutdown) == "retired":
            raise PlanError(
                f"{at(self._file, entry, 'model')}: {model} was shut down on {target.shutdown}; name one that"
                " lives"
            )
        self._check_effort(entry, target, effort)

    def _check_effort(self, entry: Entry, target: Model, effort: str) -> None:
        if effort and effort not in target.efforts:
            takes = f"takes {', '.join(target.efforts)}" if target.efforts else "takes none: leave it out"
            raise PlanError(f"{at(self._file, entry, 'effort')}: {effort!r}, but {target.id} {takes}")

    def _near(self, model: str) -> str:
        from migrate.catalog.documents import nearest

        near = nearest(model, [one.id for one in self._models])
        own = 'declare your own models in a file named by rules = ["..."] under [tool.repoint]'
        return f"did you mean {near!r}? Or {own}" if near else own


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
    if plan.call and not any((root / entry.path).exists() for entry in plan.call):
        raise PlanError(
            f"{file}: none of its {len(plan.call)} calls stands in a file under {root}; run repoint on the"
            " folder that it was written for, or write it anew with `repoint plan`"
        )
    asking = planned_sites(sites)
    return Overruling(file, matched(plan.call, asking, code), asking, catalog, lives)


def planned_sites(sites: Sequence[CallSite]) -> list[CallSite]:
    """The calls that ask for a model, wherever they go: those that a plan can speak of."""
    return [site for site in sites if site.model_parameter and site.asks and site.kind != "constructor"]


def current(site: CallSite) -> tuple[str, ...]:
    """The models of a call that a plan decides about; none where it is one out of many."""
    models = tuple(value for value in site.model.values if isinstance(value, str) and value)
    return models if len(models) <= MOST_CHOICES else ()


def _stay(usual: Decision, old: str) -> Stay | None:
    return next((one for one in usual.stays if one.old == old), None)
