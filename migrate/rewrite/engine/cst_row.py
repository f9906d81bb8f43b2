"""The items between two brackets, with every gap between them, and how one is added or removed.

A call's arguments and a dict's entries are both turned into a Row, so layout is decided in one place.
It knows nothing of what an item means.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Generic, TypeVar

import libcst as cst

from migrate.rewrite.engine.cst_gaps import (
    NOTHING,
    SPACE,
    Gap,
    chain,
    join,
    join_closing,
    own_line,
    split_before,
    without_comments,
)

NodeT = TypeVar("NodeT", bound=cst.CSTNode)


@dataclasses.dataclass
class Item(Generic[NodeT]):
    """``node``, the gap ``before`` its comma, whether there is a ``comma``, and the gap ``after`` it.

    Without a comma (only the last item can be) everything up to the bracket stands in ``before``.
    """

    node: NodeT
    before: Gap = NOTHING
    comma: bool = False
    after: Gap = NOTHING

    @property
    def tail(self) -> Gap:
        """The gap between this item (and its comma) and the next token."""
        return self.after if self.comma else self.before


@dataclasses.dataclass
class Row(Generic[NodeT]):
    """``opening`` is the gap behind the opening bracket; it is all there is where no item is."""

    opening: Gap
    items: list[Item[NodeT]]
    default_indent: str

    def lead(self, index: int) -> Gap:
        """The gap before item ``index``."""
        return self.items[index - 1].tail if index else self.opening

    def append(self, node: NodeT) -> None:
        """Adds the last item, on its own line where the last one has its own; comma style is kept."""
        if not self.items:
            self._add_only(node)
            return
        last = self.items[-1]
        between, rest = self._divided(last.tail)
        if last.comma:
            new = Item(node, comma=True, after=rest)
        else:
            new = Item(node, rest)
            last.before = NOTHING
        last.comma, last.after = True, between
        self.items.append(new)

    def _divided(self, tail: Gap) -> tuple[Gap, Gap]:
        """``tail``, behind the last item, as the gaps before and behind one more item."""
        like = self.lead(len(self.items) - 1)
        if not isinstance(like, cst.ParenthesizedWhitespace):
            if not isinstance(tail, cst.ParenthesizedWhitespace) or tail.first_line.comment is None:
                return SPACE, tail
            # The comment stays with its line, so the new item gets one of its own.
            like = self._any_line_start(tail)
        return own_line(tail, like), without_comments(tail)

    def _any_line_start(self, tail: cst.ParenthesizedWhitespace) -> cst.ParenthesizedWhitespace:
        for index in range(len(self.items) - 1, -1, -1):
            lead = self.lead(index)
            if isinstance(lead, cst.ParenthesizedWhitespace):
                return lead
        return tail.with_changes(last_line=cst.SimpleWhitespace(tail.last_line.value + self.default_indent))

    def _add_only(self, node: NodeT) -> None:
        gap = self.opening
        if not isinstance(gap, cst.ParenthesizedWhitespace):
            self.opening = NOTHING
            self.items.append(Item(node))
            return
        indent, column = gap.indent, gap.last_line.value + self.default_indent
        for line in gap.empty_lines:
            if line.comment is not None:  # the comment shows where items of this call stand
                indent, column = line.indent, line.whitespace.value
        self.opening = gap.with_changes(indent=indent, last_line=cst.SimpleWhitespace(column))
        self.items.append(Item(node, comma=True, after=without_comments(gap)))

    def insert(self, index: int, node: NodeT) -> None:
        """Adds an item before the existing item ``index``, on its own line where that one has its own."""
        lead = self.lead(index)
        after: Gap = SPACE
        if isinstance(lead, cst.ParenthesizedWhitespace):
            before, after = split_before(lead)
            self._set_lead(index, before)
        self.items.insert(index, Item(node, comma=True, after=after))

    def remove_all(self, indexes: Iterable[int]) -> None:
        """Takes out the items that stood at ``indexes`` before the call."""
        for index in sorted(indexes, reverse=True):
            self.remove(index)

    def remove(self, index: int) -> None:
        """Takes an item out, with its line and its trailing comment; other comments stay."""
        item, before = self.items[index], self.lead(index)
        after = chain(_own_lines_only(item.before), item.after) if item.comma else item.before
        del self.items[index]
        if index < len(self.items):
            self._set_lead(index, join(before, after, first=index == 0))
        elif not self.items:
            self.opening = join_closing(before, after, only=True)
        else:
            last = self.items[-1]
            if item.comma:
                last.after = join_closing(before, after, only=False)
            else:
                last.comma, last.after = False, NOTHING
                last.before = join_closing(chain(last.before, before), after, only=False)

    def _set_lead(self, index: int, gap: Gap) -> None:
        if index:
            self.items[index - 1].after = gap
        else:
            self.opening = gap


def _own_lines_only(gap: Gap) -> Gap:
    """A gap between an item that goes and its comma: comments on their own lines survive it."""
    if isinstance(gap, cst.ParenthesizedWhitespace) and any(line.comment for line in gap.empty_lines):
        return gap.with_changes(first_line=cst.TrailingWhitespace(newline=gap.first_line.newline))
    return NOTHING
