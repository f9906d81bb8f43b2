"""Answers to questions, each computed once and found again by key; solving.py works them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from migrate.program.functions.lookup import Lookup
from migrate.program.solving.combining import NOTHING
from migrate.program.solving.computing import EVERYWHERE, Key
from migrate.program.solving.pending import ALONE
from migrate.program.solving.solving import Solving
from migrate.program.solving.values import Definition, Value

T = TypeVar("T")


class Memory(Solving):
    """Remembers answers by key. ``viewpoint`` is the class whose instance ``self`` is in a method."""

    def __init__(self) -> None:
        super().__init__()
        self._generations: dict[Key, int] = {}

    def refill(self, brief: bool = False) -> None:
        """Grants a budget of steps, if a new question from outside begins."""
        if not self._path:
            self._budget.refill(brief)

    def restore(self) -> None:
        """Questions of another kind begin, whatever those before have used up."""
        self._budget.restore()

    def seen_from(self, here: Definition | None, compute: Callable[[], T]) -> T:
        """``compute()`` where ``self`` in a method is an instance of class ``here``; None for any."""
        outer, self.viewpoint = self.viewpoint, here
        try:
            return compute()
        finally:
            self.viewpoint = outer

    def looking_up(self, lookup: Lookup | None, compute: Callable[[], T]) -> T:
        """``compute()`` for one call of a function; None for any."""
        outer, self.lookup_at_hand = self.lookup_at_hand, lookup
        try:
            return compute()
        finally:
            self.lookup_at_hand = outer

    def guarded(self, key: Key, compute: Callable[[], Value], joins: bool = False) -> Value:
        """``compute()``, which ``joins`` texts where that is said, or what it gave before."""
        known: Value | None = self._known.get(key)
        if known is not None and (self._farthest == EVERYWHERE or known.options or not known.unknown):
            return known
        result: Value = self._answer(key, compute, NOTHING, joins)
        return result

    def kept(self, key: Key, generation: int, compute: Callable[[], T], nothing: T) -> T:
        """``compute()``, which asks questions, or what it gave before in the same ``generation``; ``nothing``
        where it is met again before it is known."""
        if self._generations.get(key) != generation:
            self._generations[key] = generation
            self._known.pop(key, None)
            if key in self._pending:
                self._pending[key].stale = True
        elif key in self._known:
            known: T = self._known[key]
            return known
        result: T = self._answer(key, compute, nothing)
        return result

    def standing(self, compute: Callable[[], T]) -> tuple[T, bool]:
        """``compute()``, which asks questions, and whether no open question has a say in it."""
        outer, self._lowest = self._lowest, ALONE
        try:
            result = compute()
        finally:
            lowest, self._lowest = self._lowest, min(outer, self._lowest)
        return result, lowest == ALONE
