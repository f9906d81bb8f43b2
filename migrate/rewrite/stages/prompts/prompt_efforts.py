"""Whether a call reasons as its code stands: what may be taken out of its prompts depends on that alone."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.promptwords import prompt_words
from migrate.plan.decision import Decision
from migrate.plan.landing import landings
from migrate.program.calls.callsite import CallSite

State: TypeAlias = Literal["reasons", "quiet", "unknown"]


class Readiness(msgspec.Struct, frozen=True):
    """``reasons``: every request does. ``quiet``: some do not. ``words`` say it to a person."""

    state: State
    words: str


class Efforts:
    """Answers for the calls of one run."""

    def __init__(self, catalog: Catalog) -> None:
        self._models = catalog.models
        self._reasoning = prompt_words(catalog.folder).reasoning_efforts

    def of(self, site: CallSite, decision: Decision | None, *, moved: bool = False) -> Readiness:
        """What ``site`` does, whose model this run, or a later one, may move as ``decision`` says; ``moved``:
        what it does after that."""
        if decision is None or not site.model.complete or not site.model.values:
            return Readiness("unknown", "which model is asked is not known")
        gone = [route.old for route in decision.routes] if moved else ()
        found = landings(site, decision, gone, self._models)
        if len({one.model.id for one in found}) < len(decision.routes) + len(decision.stays):
            return Readiness("unknown", "not every model that it may ask is known")
        quiet = [
            f"{one.model.id} with effort {effort or one.model.default_effort or 'none'}"
            if one.model.efforts
            else f"{one.model.id}, which does not reason"
            for one in found
            for effort in one.efforts
            if (effort or one.model.default_effort) not in self._reasoning
        ]
        if quiet and any(len(one.efforts) > 1 for one in found):
            return Readiness("unknown", "its effort is not visible")
        if quiet:
            return Readiness("quiet", f"it asks {' or '.join(dict.fromkeys(quiet))}")
        return Readiness("reasons", "every request reasons unasked")
