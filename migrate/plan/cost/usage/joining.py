"""Rows of usage to the calls that made them: by model, endpoint, and what was sent where that is logged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from migrate.catalog.models import Models
from migrate.plan.cost.tokens import fragments
from migrate.plan.cost.usage.records import Sum, Used
from migrate.plan.planfile.checking import current
from migrate.program.calls.callsite import CallSite
from migrate.prompts.prompt import PromptText

_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$|-v\d+$")
_TELLING = 12  # characters; a shorter stretch of a prompt stands in many


class Volumes(msgspec.Struct, frozen=True):
    """What was used, by model as the code names it: of one call, of several that cannot be told apart (their
    ids, sorted), and of models that no call here asks for. ``skipped`` counts rows
    that tell no tokens, ``apart`` requests by batch, flex or priority."""

    of_call: Mapping[tuple[str, str], Sum]
    shared: Mapping[tuple[tuple[str, ...], str], Sum]
    strange: Mapping[str, Sum]
    skipped: int = 0
    apart: int = 0


def joined(
    rows: Iterable[Used],
    sites: Sequence[CallSite],
    prompts: Mapping[str, Sequence[PromptText]],
    models: Models,
) -> Volumes:
    """The volumes that ``rows`` tell. ``prompts`` are by call."""
    join = _Join(sites, prompts, models)
    of_call: dict[tuple[str, str], Sum] = {}
    shared: dict[tuple[tuple[str, ...], str], Sum] = {}
    strange: dict[str, Sum] = {}
    for row in rows:
        name, calls = join.calls(row)
        if len(calls) == 1:
            of_call[calls[0], name] = of_call.get((calls[0], name), Sum()).plus(row)
        elif calls:
            shared[calls, name] = shared.get((calls, name), Sum()).plus(row)
        else:
            strange[row.model] = strange.get(row.model, Sum()).plus(row)
    return Volumes(of_call, shared, strange)


class _Join:
    def __init__(
        self, sites: Sequence[CallSite], prompts: Mapping[str, Sequence[PromptText]], models: Models
    ) -> None:
        self._models = models
        self._sites = {site.id: site for site in sites}
        self._fixed = {call: _telling(texts) for call, texts in prompts.items()}
        self._by_model: dict[str, dict[str, str]] = {}
        for site in sites:
            for name in current(site):
                self._by_model.setdefault(self._key(name), {})[site.id] = name

    def calls(self, row: Used) -> tuple[str, tuple[str, ...]]:
        """The model as the code names it, and the calls that can have made the requests of ``row``."""
        asked = self._by_model.get(self._key(row.model)) or self._by_model.get(self._base(row.model)) or {}
        fitting = [
            call for call in asked if not row.endpoint or self._sites[call].endpoint in ("", row.endpoint)
        ]
        if row.text:
            fitting = self._sent(row.text, fitting)
        return (asked[fitting[0]] if fitting else row.model), tuple(sorted(fitting))

    def _sent(self, text: str, calls: Sequence[str]) -> list[str]:
        """Those whose fixed words are all in ``text``: the ones with the most; a call whose prompt is not
        visible only where no other fits."""
        matching = [call for call in calls if all(one in text for one in self._fixed.get(call, ()))]
        sizes = {call: sum(map(len, self._fixed.get(call, ()))) for call in matching}
        return [call for call in matching if sizes[call] == max(sizes.values())]

    def _key(self, name: str) -> str:
        parsed = self._models.parse(name)
        return parsed.bare if parsed is not None else name

    def _base(self, name: str) -> str:
        """A snapshot is what its alias was answered by, one that the catalog does not know included."""
        model = self._models.get(name)
        if model is not None:
            return model.snapshot_of or ""
        return _SNAPSHOT.sub("", self._models.bare(name))


def _telling(texts: Sequence[PromptText]) -> tuple[str, ...]:
    return tuple(part.strip() for one in texts for part in fragments(one) if len(part.strip()) >= _TELLING)
