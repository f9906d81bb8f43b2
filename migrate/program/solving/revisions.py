"""Answers that have to be worked out again, in the order in which they were first given. Works out none."""

from __future__ import annotations

import heapq

from migrate.program.solving.pending import Pending


class Revisions:
    """``add`` takes an answer that has become stale, ``next`` gives the first of those ``waiting`` that still
    is."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, Pending]] = []
        self._left: list[Pending] = []

    def add(self, one: Pending) -> None:
        if one.answered:  # else it is worked out when it is asked for
            heapq.heappush(self.waiting, (one.order, one))

    def next(self) -> Pending | None:
        while self.waiting:
            _, one = heapq.heappop(self.waiting)
            if one.stale and one.depth < 0 and not one.final:
                return one
        return None

    def inform(self, one: Pending) -> None:
        """Those who read the answer of ``one`` are to be worked out again."""
        for reader in one.inform():
            self.add(reader)

    def leave(self, one: Pending) -> None:
        """A question is left before it has an answer."""
        one.stale = True
        self._left.append(one)

    def settle(self) -> None:
        """Before the end: what was made from questions that were left, and not asked again, is doubtful."""
        left, self._left = self._left, []
        for one in left:
            self.add(one)
            if not one.answered:
                self.inform(one)

    def clear(self) -> None:
        self.waiting.clear()
        self._left.clear()
