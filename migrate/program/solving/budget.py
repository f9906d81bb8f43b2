"""How many steps a question may take, and what becomes of those that take more. Works no answer out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from migrate.program.solving.pending import Pending
from migrate.program.solving.values import Value

TOO_FAR = "it is too far from where it is written"

Search: TypeAlias = Literal["full", "brief", "around", "nearest"]
"""How far an answer is looked for: a ``brief`` search is of a question that little hangs on, the last two are
of one that took too long, among what is close by."""


class _Limits(msgspec.Struct, frozen=True):
    """Of one search: the ``steps`` it may take, of which so many ``entangled``, and to what part of them
    those shrink which the searches after it get."""

    steps: int
    entangled: int
    fewest: float


_LIMITS: dict[Search, _Limits] = {
    "full": _Limits(25_000, 5_000, 1 / 50),
    "brief": _Limits(3_000, 1_000, 1 / 50),
    "around": _Limits(750, 750, 2 / 5),
    "nearest": _Limits(750, 750, 1),
}
# How many questions may stand inside each other: the second search where the first takes too many steps.
NEARBY: dict[Search, int] = {"around": 14, "nearest": 7}
_FEW = 5
_MOST_TRIALS = 3


class Budget:
    """The steps of the search at hand. A step is entangled where answers stand open because they need each
    other: there more steps tell little more, and few are given. Each search that takes more than it may
    halves what later ones of its kind get, so that the whole stays bounded."""

    def __init__(self) -> None:
        self.steps = 0
        self.is_spent = False
        self.is_brief = False
        self._entangled = 0
        self._most_steps = self._most_entangled = 0.0
        self._search: Search = "full"
        self._share: dict[Search, float] = dict.fromkeys(_LIMITS, 1.0)
        self._cut: frozenset[Hashable] = frozenset()
        self._tried: dict[Hashable, int] = {}
        self._begin(self._search)

    def refill(self, brief: bool | None = None) -> None:
        """A new question begins, which may be a ``brief`` one; without that the same once more."""
        self.is_brief = self.is_brief if brief is None else brief
        self._begin("brief" if self.is_brief else "full")

    def look_nearby(self, search: Search) -> None:
        """The same question once more, among what is close by."""
        self._begin(search)

    def restore(self) -> None:
        """Questions of another kind begin: they get as much as the first one did."""
        self._share, self.is_spent = dict.fromkeys(_LIMITS, 1.0), False
        self._begin(self._search)

    def _begin(self, search: Search) -> None:
        if self.is_spent:
            shrunk = self._share[self._search] / 2
            self._share[self._search] = max(shrunk, _LIMITS[self._search].fewest)
        self._search = search
        limits, share = _LIMITS[search], self._share[search]
        self._most_steps, self._most_entangled = limits.steps * share, limits.entangled * share
        self.steps, self._entangled, self.is_spent = 0, 0, False

    def spend(self, path: Iterable[Pending], one: Pending, standing_open: int) -> None:
        """One more step, for ``one``, which was asked on the way ``path``; so many answers stand open."""
        self.steps += 1
        self._entangled += standing_open > _FEW
        within = self.steps <= self._most_steps and self._entangled <= self._most_entangled
        if within or self.is_spent:
            return
        self.is_spent = True
        if self._search not in NEARBY:
            self._cut = frozenset(other.key for other in (*path, one))

    def given_up(self, pending: Iterable[Pending]) -> Iterator[Pending]:
        """Of the questions that one has met which took too long, those to be left with what is known of them,
        lest each later one works on them as long. What was still open when it came to that is given other
        trials."""
        for one in pending:
            if one.key in self._cut:
                self._tried[one.key] = self._tried.get(one.key, 0) + 1
            tried = self._tried.get(one.key, _MOST_TRIALS) >= _MOST_TRIALS
            if tried and isinstance(one.value, Value):
                yield one


def too_far(answer: Any) -> Any:
    """What is known of a value when the search for more is given up; answers of other kinds stay."""
    if not isinstance(answer, Value) or TOO_FAR in answer.unknown:
        return answer
    return replace(answer, unknown=(*answer.unknown, TOO_FAR))
