"""Questions that need each other's answers. One that is met again while it is open gives what is known of its
answer so far; when that turns out to be more, those who read it are worked out again, and only they. What
lies too deep is put first, from the top; what takes too long ends in "unknown", but for what is close by."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from migrate.program.solving.budget import NEARBY, TOO_FAR, too_far
from migrate.program.solving.combining import NOTHING, union, unknown
from migrate.program.solving.computing import EVERYWHERE, SPENT, Computing, Key
from migrate.program.solving.pending import ALONE, Pending, TooDeepError
from migrate.program.solving.values import Value

_DEEPEST = 60 if sys.platform == "win32" else 400  # questions inside each other; Windows has a small stack
_FRAMES = 25  # of the interpreter that one question takes at most


class Solving(Computing):
    """Puts the questions from outside, and those inside them."""

    def __init__(self) -> None:
        super().__init__()
        self._base = 0

    def _answer(self, key: Key, compute: Callable[[], Any], nothing: Any, joins: bool = False) -> Any:
        """The answer to a question that has none for good."""
        if self._path and key in self._unknown and self._farthest == EVERYWHERE:
            return unknown(TOO_FAR)
        one = self._pending.get(key)
        if one is None:
            one = self._pending[key] = Pending(key, compute, self.viewpoint, nothing)
            one.joins = joins
        if not self._path:
            return self._asked(one)
        if one.depth >= 0:
            self._lowest = min(self._lowest, one.depth)
        elif one.answered and not one.stale:
            self._lowest = min(self._lowest, one.outermost(self._interruptions))
        elif self._budget.is_spent or len(self._path) > self._farthest:
            self._lowest = SPENT
            if not one.answered:
                return unknown(TOO_FAR) if nothing is NOTHING else nothing
            one.readers.add(self._path[-1])
            return too_far(one.value)
        elif len(self._path) - self._base > _DEEPEST:
            raise TooDeepError(one)
        else:
            self._compute(one)
        if not one.final:
            one.readers.add(self._path[-1])
        return one.value

    def _asked(self, one: Pending) -> Any:
        """The answer to a question from outside, and where that is too far, what is found close by."""
        self._unknown.discard(one.key)
        value = self._from_the_top(one)
        if self._budget.is_spent:
            return self._without_lost(one)
        if not self._unknown or self._budget.is_brief or TOO_FAR not in getattr(value, "unknown", ()):
            return value
        value = self._known[one.key] = _joined(value, self._nearby(one).get(one.key, NOTHING))
        return value

    def _without_lost(self, one: Pending) -> Any:
        """The answer to a question that took too long: what it was lost in is given up, but for what is found
        close by, and it is put again. Little hangs on a brief one: it is not looked after."""
        lost = self._give_up()
        found = {} if self._budget.is_brief else self._nearby(one)
        for key in {**found, **lost}:
            if key not in self._known:
                self._known[key] = too_far(_joined(lost.get(key, NOTHING), found.get(key, NOTHING)))
        here = self._known.pop(one.key, NOTHING)
        self._budget.refill()
        value = self._from_the_top(self._pending.setdefault(one.key, one.anew()))
        if self._budget.is_spent:
            self._known.update((key, too_far(left)) for key, left in self._give_up().items())
        if here != NOTHING:
            value = self._known[one.key] = _joined(value, here)
        return value

    def _give_up(self) -> dict[Key, Value]:
        """What is known of the questions that are given up; those of which nothing is are kept apart."""
        self._unknown.update(met.key for met in self._lost if not met.value.options)
        return {met.key: met.value for met in self._lost if met.value.options}

    def _nearby(self, one: Pending) -> dict[Key, Value]:
        """What a question, and those that it leads to, can be by the answers that are close by."""
        met: dict[Key, Any] = {}
        try:
            for search, self._farthest in NEARBY.items():
                self._budget.look_nearby(search)
                met.clear()
                self._from_the_top(self._pending.setdefault(one.key, one.anew()), met)
                if not self._budget.is_spent:
                    break
        finally:
            self._farthest = EVERYWHERE
        return {key: value for key, value in met.items() if isinstance(value, Value) and value.options}

    def _from_the_top(self, one: Pending, met: dict[Key, Any] | None = None) -> Any:
        """The answer to a question from outside, which notes in ``met`` what it leads to. Questions that lie
        too deep are put one after the other; the ones around them stay open meanwhile, as if they stood
        inside each other."""
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, 1_000 + _DEEPEST * _FRAMES))
        heads = [one]
        try:
            while heads:
                self._base = len(heads) - 1
                try:
                    self._compute(heads[-1])
                except TooDeepError as deeper:
                    self._enter(heads[-1])
                    heads.append(deeper.question)
                    continue
                heads.pop()
                if heads:
                    self._leave()
            if met is not None:
                met.update((key, other.value) for key, other in self._pending.items())
        finally:
            sys.setrecursionlimit(limit)
            self._forget()
        return one.value

    def _forget(self) -> None:
        self._base, self._lowest = 0, ALONE
        self._pending.clear()
        self._order.clear()
        self._path.clear()
        self._revisions.clear()


def _joined(value: Any, more: Any) -> Any:
    """What is known of a value from two searches; answers of other kinds are those of the first."""
    return union([value, more]) if isinstance(value, Value) and isinstance(more, Value) else value
