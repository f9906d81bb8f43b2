"""An answer on its way: what is known of it so far, who has read that, and how to work it out again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from migrate.program.solving.combining import same
from migrate.program.solving.values import Definition, Value

ALONE = 1 << 30  # "depends on no open question"
_OUTERMOST = 0


class Pending:
    """``lowest`` is the place of the outermost open question that the answer depends on, as it stood after
    ``interruptions`` of the questions around; ``order`` counts answers as they are first given."""

    __slots__ = (
        *("key", "compute", "viewpoint", "nothing", "value", "lowest", "interruptions", "order"),
        *("readers", "depth", "answered", "stale", "final", "changes", "floor", "joins"),
    )

    def __init__(
        self, key: Hashable, compute: Callable[[], Any], viewpoint: Definition | None, nothing: Any
    ) -> None:
        self.key = key
        self.compute = compute
        self.viewpoint = viewpoint
        self.nothing = nothing
        self.value = nothing
        self.lowest = ALONE
        self.floor = ALONE  # while it is open: ``lowest`` is no higher
        self.interruptions = 0
        self.order = -1
        self.readers: set[Pending] = set()
        self.depth = -1  # among the open questions; -1: it is not open
        self.answered = False
        self.stale = False
        self.final = False
        self.changes = 0
        self.joins = False  # it puts texts together

    def anew(self) -> Pending:
        """The same question, as if nothing had been found yet."""
        again = Pending(self.key, self.compute, self.viewpoint, self.nothing)
        again.joins = self.joins
        return again

    def __lt__(self, other: Pending) -> bool:
        return self.order < other.order

    def outermost(self, interruptions: int) -> int:
        """``lowest`` by now: the questions around one that was put first were left and stand elsewhere."""
        if self.interruptions == interruptions or self.lowest == ALONE:
            return self.lowest
        return min(self.lowest, _OUTERMOST)

    def take(self, value: Any, lowest: int, interruptions: int) -> bool:
        """Notes an answer; whether those who read the one before have to know."""
        changed = bool(self.readers) and not _alike(self.value, value)
        lowest = min(lowest, self.floor)
        lower = self.answered and lowest < self.outermost(interruptions)
        self.value, self.lowest, self.interruptions = value, lowest, interruptions
        self.answered = True
        if lower and not changed:
            self._sink(lowest)
        return changed

    def stands(self, depth: int, interruptions: int) -> bool:
        """Whether the answer is for good, now that no question from ``depth`` on is open any more."""
        if not self.stale and self.outermost(interruptions) >= depth:
            self.final = True
            self.readers.clear()
        return self.final

    def _sink(self, lowest: int) -> None:
        """What was made from this answer depends on an open question further out than was thought."""
        queue = [self]
        for one in queue:
            for reader in one.readers:
                if reader.depth >= 0:
                    reader.floor = min(reader.floor, lowest)
                elif not reader.final and reader.lowest > lowest:
                    reader.lowest = lowest
                    queue.append(reader)

    def inform(self) -> list[Pending]:
        """Makes the answers of all readers stale; those of them that are not open now."""
        readers = [one for one in self.readers if not one.final]
        self.readers.clear()
        for one in readers:
            one.stale = True
        return [one for one in readers if one.depth < 0]


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Value) and isinstance(other, Value):
        return same(one, other)
    return bool(one == other)


class TooDeepError(Exception):
    """A question that must be put first: those around it are left, and asked anew when it is answered."""

    def __init__(self, question: Pending) -> None:
        self.question = question
