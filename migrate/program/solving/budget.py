"""How many steps a question may take, and what becomes of those that take more. Works no answer out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from migrate.program.solving.pending import Pending
from migrate.program.solving.values import Value

TOO_FAR = "it is too far from where it is written"

_STEPS = {False: 25_000, True: 3_000}  # by whether a question is a brief one
_ENTANGLED = {False: 2_000, True: 1_000}
_NEARBY = 750
_FEW = 5
_FEWEST = 1 / 50
_MOST_TRIALS = 3


class Budget:
    """The steps of the question at hand, which may be a ``brief`` one. A step is entangled where answers
    stand open because they need each other: there more steps tell little more, and few are given. Each
    question that takes more than it may halves what later ones of its kind get, so that the whole stays
    bounded."""

    def __init__(self) -> None:
        self.steps = 0
        self.is_spent = False
        self._entangled = 0
        self._share = {False: 1.0, True: 1.0}
        self.is_brief = False
        self._nearby = False
        self._cut: frozenset[Hashable] = frozenset()
        self._tried: dict[Hashable, int] = {}

    def refill(self, brief: bool | None = None) -> None:
        """A new question begins; without ``brief`` the same once more."""
        if self.is_spent and not self._nearby:
            self._share[self.is_brief] = max(self._share[self.is_brief] / 2, _FEWEST)
        self.is_brief = self.is_brief if brief is None else brief
        self._begin()

    def look_nearby(self) -> None:
        """The same question once more, among what is close by."""
        self.refill()
        self._nearby = True

    def restore(self) -> None:
        """Questions of another kind begin: they get as much as the first one did."""
        self._share = {False: 1.0, True: 1.0}
        self._begin()

    def _begin(self) -> None:
        self.steps, self._entangled, self.is_spent, self._nearby = 0, 0, False, False

    def spend(self, path: Iterable[Pending], one: Pending, standing_open: int) -> None:
        """One more step, for ``one``, which was asked on the way ``path``; so many answers stand open."""
        self.steps += 1
        self._entangled += standing_open > _FEW
        if self.is_spent or not self._is_over():
            return
        self.is_spent = True
        if not self._nearby:
            self._cut = frozenset(other.key for other in (*path, one))

    def _is_over(self) -> bool:
        if self._nearby:
            return self.steps > _NEARBY
        brief, share = self.is_brief, self._share[self.is_brief]
        return self.steps > _STEPS[brief] * share or self._entangled > _ENTANGLED[brief] * share

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
