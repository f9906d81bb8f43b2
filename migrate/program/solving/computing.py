"""Works one answer out, and again for as long as what it stands on changes. Asks no question from outside."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from typing import Any, TypeAlias

from migrate.program.functions.lookup import Lookup
from migrate.program.solving.budget import Budget, too_far
from migrate.program.solving.pending import ALONE, Pending, TooDeepError
from migrate.program.solving.revisions import Revisions
from migrate.program.solving.values import Definition, Value

Key: TypeAlias = Hashable

STEP_BY_STEP = "it is built up step by step, without a visible end"
EVERYWHERE = sys.maxsize
SPENT = -1  # "depends on what was not worked out"
_MOST_CHANGES = 5
_MOST_JOINTS = 2  # changes of a text that is put together: of each new piece it makes a new text


class Computing:
    """The questions between one from outside and its answer, and every answer that stands for good. One that
    is worked out again is put from its ``viewpoint``; its key names ``lookup_at_hand`` if that matters. Those
    that stand more than ``_farthest`` inside each other are not begun; ``_lost`` is what a question from
    outside that took too long has given up, ``_unknown`` are questions of which such ones
    found nothing."""

    def __init__(self) -> None:
        self.viewpoint: Definition | None = None
        self.lookup_at_hand: Lookup | None = None
        self._known: dict[Key, Any] = {}
        self._unknown: set[Key] = set()
        self._pending: dict[Key, Pending] = {}
        self._order: list[Pending] = []
        self._path: list[Pending] = []
        self._revisions = Revisions()
        self._given = 0
        self._interruptions = 0
        self._lowest = ALONE
        self._budget = Budget()
        self._farthest = EVERYWHERE
        self._lost: list[Pending] = []

    def _enter(self, one: Pending) -> None:
        one.depth = len(self._path)
        self._path.append(one)

    def _leave(self) -> None:
        self._path.pop().depth = -1

    def _compute(self, one: Pending) -> None:
        """One answer, computed until it stands on what the questions that it asks give now."""
        depth = len(self._path)
        mark = len(self._order) if depth else 0
        again = True
        while again:
            self._once(one)
            if self._revisions.waiting:
                self._spread(one)
            if not depth and not one.stale:
                self._revisions.settle()
                self._spread(one)
            again = one.stale and not self._budget.is_spent
        one.lowest = min(one.lowest, one.floor)
        if one.order < 0:
            self._given += 1
            one.order = self._given
        if self._budget.is_spent:
            one.lowest = SPENT
        if depth and len(self._order) == mark and one.stands(depth, self._interruptions):
            self._keep(one)  # no other waits for it: most answers
            return
        self._order.append(one)
        if depth and one.lowest < depth:
            self._lowest = min(self._lowest, one.lowest)
        elif depth:
            self._close(mark, depth)
        else:
            self._end(one)

    def _end(self, one: Pending) -> None:
        """Closes the question from outside; one that took too long says so."""
        if self._farthest < EVERYWHERE:
            return  # no answer of this search stands for good
        if self._budget.is_spent:
            one.value = too_far(one.value)
            self._lost = list(self._budget.given_up(self._pending.values()))
        else:
            one.lowest = ALONE
            self._close(0, 0)

    def _once(self, one: Pending) -> None:
        """One computation; it notes the outermost open question that the answer depends on."""
        self._budget.spend(self._path, one, len(self._order))
        outer, self._lowest = self._lowest, ALONE
        from_here = self.viewpoint, self.lookup_at_hand
        self.viewpoint, self.lookup_at_hand = one.viewpoint, None
        self._enter(one)
        one.stale, one.floor = False, ALONE
        try:
            value = one.compute()
        except TooDeepError:
            self._interruptions += 1
            self._revisions.leave(one)
            raise
        finally:
            self._leave()
            lowest, self._lowest = self._lowest, outer
            self.viewpoint, self.lookup_at_hand = from_here
        if one.take(value, lowest, self._interruptions):
            self._inform(one)

    def _inform(self, one: Pending) -> None:
        """Tells those who read the answer that it is another one now; one that changes without end stays."""
        one.changes += 1
        if one.changes > (_MOST_JOINTS if one.joins else _MOST_CHANGES):
            if isinstance(one.value, Value):
                one.value = Value(one.value.options, (*one.value.unknown, STEP_BY_STEP))
            final = one.value
            one.compute = lambda: final
        self._revisions.inform(one)

    def _spread(self, open_one: Pending) -> None:
        """Works out again what was made from answers that have changed, in the order in which it was first
        given; ``open_one`` counts as open meanwhile."""
        self._enter(open_one)
        try:
            while not self._budget.is_spent and (one := self._revisions.next()):
                self._once(one)
                if one.stale:
                    self._revisions.add(one)
        finally:
            self._leave()

    def _close(self, mark: int, depth: int) -> None:
        """The answers given since ``mark`` that wait for no question further out than ``depth`` stand."""
        found = self._order[mark:]
        self._order[mark:] = [one for one in found if not one.stands(depth, self._interruptions)]
        for one in found:
            if one.final:
                self._keep(one)

    def _keep(self, one: Pending) -> None:
        if one.key in self._pending:
            self._known[one.key] = self._pending.pop(one.key).value
