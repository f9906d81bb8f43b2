"""Whether an entry of a plan file can be followed for its call as the code is now; PlanError says why not."""

from __future__ import annotations

from pathlib import Path

from migrate.catalog import UNKNOWN, Catalog
from migrate.catalog.lives import Lives
from migrate.catalog.models import OWN_MODELS, Model
from migrate.errors import PlanError
from migrate.plan.effort import effort_of
from migrate.plan.planfile.entry import Entry
from migrate.plan.planfile.reading import at
from migrate.program.calls.callsite import CallSite
from migrate.program.literals.surrounding import MOST_CHOICES


def current(site: CallSite) -> tuple[str, ...]:
    """The models of a call that a plan decides about; none where it is one out of many."""
    models = tuple(value for value in site.model.values if isinstance(value, str) and value)
    return models if len(models) <= MOST_CHOICES else ()


class Checks:
    """Holds the entries of ``file`` against their calls."""

    def __init__(self, file: Path, catalog: Catalog, lives: Lives) -> None:
        self._file = file
        self._models = catalog.models
        self._routing = catalog.routing
        self._lives = lives

    def check(self, site: CallSite, entry: Entry) -> None:
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
            if entry.prompt_choice == "raise" and not self._reasons(site):
                raise PlanError(
                    f'{at(self._file, entry, "prompt-choice")}: "raise" changes the effort, but decision is'
                    f' "{entry.decision}"; write "accept" there, or "keep" here'
                )
            return
        for old in entry.was:
            self._check_aim(entry, old)

    def _reasons(self, site: CallSite) -> bool:
        """Whether the request does so as it is, or may."""
        stated = effort_of(site)
        if stated is UNKNOWN:
            return True
        effort = stated if isinstance(stated, str) else None
        found = [self._models.get(one) for one in current(site)]
        return all(
            one and one.reasons and self._routing.raised_from(effort, one) == (effort or one.default_effort)
            for one in found
        )

    def _bare(self, name: str) -> str:
        parsed = self._models.parse(name)
        return parsed.bare if parsed is not None else name

    def _check_aim(self, entry: Entry, old: str) -> None:
        model, effort = entry.aim(old)
        target = self._models.get(model)
        if entry.prompt_choice == "raise" and target is not None and not target.reasons:
            raise PlanError(
                f'{at(self._file, entry, "prompt-choice")}: "raise", but {model} does not reason; name a'
                ' model that does, or write "keep"'
            )
        if model == old:
            return
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
        return f"did you mean {near!r}? Or {OWN_MODELS}" if near else OWN_MODELS
