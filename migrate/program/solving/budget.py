"""How many steps a question may take, and what becomes of those that take more. Works no answer out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from migrate.program.solving.pending import Pending
from migrate.program.solving.values import Value

TOO_FAR = "it is too far from where it is written"

_MOST_STEPS = 25_000
_BRIEF_STEPS = 3_000
_FEWEST_STEPS = 500
_MOST_TRIALS = 3


class Budget:
    """The steps of the question at hand, which may be a ``brief`` one. Each question that takes more than it
    may halves what later ones of its kind get, so that the whole stays bounded. ``untried`` are the questions
    that were given up before they were begun."""

    def __init__(self) -> None:
        self.steps = 0
        self._most = {False: _MOST_STEPS, True: _BRIEF_STEPS}
        self._brief = False
        self._cut: frozenset[Hashable] = frozenset()
        self._tried: dict[Hashable, int] = {}
        self.untried: set[Hashable] = set()

    @property
    def is_spent(self) -> bool:
        return self.steps > self._most[self._brief]

    def refill(self, brief: bool | None = None) -> None:
        """A new question begins; without ``brief`` the same once more."""
        if self.is_spent:
            self._most[self._brief] = max(self._most[self._brief] // 2, _FEWEST_STEPS)
        self.steps, self._brief = 0, self._brief if brief is None else brief

    def restore(self) -> None:
        """Questions of another kind begin: they get as much as the first one did."""
        self._most, self.steps = {False: _MOST_STEPS, True: _BRIEF_STEPS}, 0

    def spend(self, path: Iterable[Pending], one: Pending) -> None:
        """One more step, for ``one``, which was asked on the way ``path``."""
        self.steps += 1
        if self.steps == self._most[self._brief] + 1:
            self._cut = frozenset(other.key for other in (*path, one))

    def given_up(self, pending: Iterable[Pending]) -> Iterator[Pending]:
        """Of the questions that one has met which took too long, those to be left as they are, lest each
        later one works on them as long. What was still open when it came to that is given other trials."""
        for one in pending:
            if one.key in self._cut:
                self._tried[one.key] = self._tried.get(one.key, 0) + 1
            if self._tried.get(one.key, _MOST_TRIALS) >= _MOST_TRIALS and isinstance(one.value, Value):
                if not one.answered:
                    self.untried.add(one.key)
                yield one


def too_far(answer: Any) -> Any:
    """What is known of a value when the search for more is given up; answers of other kinds stay."""
    if not isinstance(answer, Value) or TOO_FAR in answer.unknown:
        return answer
    return replace(answer, unknown=(*answer.unknown, TOO_FAR))
