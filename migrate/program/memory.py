"""Answers to questions, each computed once. Questions that need each other are asked again until their
answers stand still; what is too deep or takes too long ends in "unknown".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeAlias, TypeVar

from migrate.program.combining import NOTHING, same, unknown
from migrate.program.values import Value

Key: TypeAlias = Hashable

T = TypeVar("T")

TOO_FAR = "it is too far from where it is written"
_FOR_GOOD = -1
_DEEPEST = 60
_ALONE = 1 << 30  # "depends on no open question"
_CUT = -1  # "depends on a question that was given up"
_MOST_ROUNDS = 6
_MOST_STEPS = 20_000
_FEWEST_STEPS = 500


class Memory:
    """Remembers Values by key. An open question that is met again gives what it gave in the last round."""

    def __init__(self) -> None:
        self._known: dict[Key, Value] = {}
        self._provisional: dict[Key, tuple[Value, int]] = {}
        self._given_up: dict[Key, tuple[Value, int]] = {}
        self._kept: dict[Key, tuple[Any, int, int, int]] = {}
        self._taken_back = 0
        self._waiting: list[Key] = []
        self._open: dict[Key, int] = {}
        self._rounds: dict[Key, Value] = {}
        self._lowest = _ALONE
        self._moves = 0
        self._steps = 0
        self._allowance = _MOST_STEPS

    def refill(self) -> None:
        """Grants a full budget of steps: a new question from outside begins. Every question that used
        up its budget halves what the later ones get, so that the whole stays bounded."""
        if self._steps > self._allowance:
            self._allowance = max(self._allowance // 2, _FEWEST_STEPS)
        self._steps = 0

    def guarded(self, key: Key, compute: Callable[[], Value]) -> Value:
        """``compute()``, or what it gave before."""
        if key in self._known:
            return self._known[key]
        if key in self._open:
            self._lowest = min(self._lowest, self._open[key])
            return self._rounds.setdefault(key, NOTHING)
        if key in self._provisional:
            value, lowest = self._provisional[key]
            self._lowest = min(self._lowest, lowest)
            return value
        depth = len(self._open)
        if key in self._given_up and depth >= self._given_up[key][1]:
            self._lowest = _CUT
            return self._given_up[key][0]
        self._steps += 1
        if depth > _DEEPEST or self._steps > self._allowance:
            self._lowest = _CUT
            return unknown(TOO_FAR)
        return self._compute(key, compute)

    def kept(self, key: Key, generation: int, compute: Callable[[], T]) -> T:
        """``compute()``, which asks questions, or what it gave before in the same ``generation``: for good
        where no open question has a say in it, and else until the next provisional answer is taken back."""
        found = self._kept.get(key)
        if found is not None and found[3] == generation and found[1] in (_FOR_GOOD, self._taken_back):
            self._lowest = min(self._lowest, found[2])
            result: T = found[0]
            return result
        result, lowest = self._watched(compute)
        until = _FOR_GOOD if lowest == _ALONE else self._taken_back
        self._kept[key] = (result, until, lowest, generation)
        return result

    def standing(self, compute: Callable[[], T]) -> tuple[T, bool]:
        """``compute()``, which asks questions, and whether no open question has a say in it."""
        result, lowest = self._watched(compute)
        return result, lowest == _ALONE

    def _watched(self, compute: Callable[[], T]) -> tuple[T, int]:
        """``compute()``, and the outermost open question that it depends on."""
        outer, self._lowest = self._lowest, _ALONE
        try:
            result = compute()
        finally:
            lowest, self._lowest = self._lowest, min(outer, self._lowest)
        return result, lowest

    def _compute(self, key: Key, compute: Callable[[], Value]) -> Value:
        """One answer; a question that others below it came back to is asked until nothing moves."""
        depth, mark = len(self._open), len(self._waiting)
        for _ in range(_MOST_ROUNDS):
            moves = self._moves
            value, lowest = self._once(key, compute, depth)
            if lowest < depth or lowest == _ALONE or self._moves == moves:
                break
            self._close(mark)
        else:
            value = Value(
                value.options, (*value.unknown, "it is built up step by step, without a visible end")
            )
        if 0 <= lowest < depth or (lowest == _CUT and depth):
            self._provisional[key] = (value, lowest)
            self._waiting.append(key)
            if lowest == _CUT:
                self._given_up[key] = (value, depth)
            self._lowest = min(self._lowest, lowest)
        else:
            for one, waited in self._close(mark, depth == 0):
                self._known[one] = waited
            self._known[key] = value
            if not depth:
                self._rounds.clear()
        return value

    def _once(self, key: Key, compute: Callable[[], Value], depth: int) -> tuple[Value, int]:
        """One round: the answer, and the outermost open question that it depends on."""
        outer, self._lowest = self._lowest, _ALONE
        self._open[key] = depth
        try:
            value = compute()
        finally:
            del self._open[key]
            lowest, self._lowest = self._lowest, outer
        if key in self._rounds and not same(self._rounds[key], value):
            self._rounds[key] = value
            self._moves += 1
        return value, lowest

    def _close(self, mark: int, everything: bool = False) -> list[tuple[Key, Value]]:
        """Takes back the provisional answers given since ``mark``: those that waited for the question that
        is being closed. Those that were given up wait on, so that they are not tried again and again
        before the outermost question is answered."""
        inside = self._waiting[mark:]
        if not inside:
            return []
        self._taken_back += 1
        found = [(one, *self._provisional.pop(one)) for one in inside]
        given_up = [row for row in found if row[2] == _CUT and not everything]
        self._provisional.update((one, (value, lowest)) for one, value, lowest in given_up)
        self._waiting[mark:] = [row[0] for row in given_up]
        return [(one, value) for one, value, lowest in found if lowest != _CUT]
