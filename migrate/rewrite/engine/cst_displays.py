"""A dict, list or tuple display as a Row, and back. It changes nothing in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import libcst as cst

from migrate.rewrite.engine.cst_gaps import NOTHING, Gap, chain
from migrate.rewrite.engine.cst_row import Item, Row

ElementT = TypeVar("ElementT", cst.BaseDictElement, cst.BaseElement)
OpenT = TypeVar("OpenT", cst.LeftCurlyBrace, cst.LeftSquareBracket, cst.LeftParen)
CloseT = TypeVar("CloseT", cst.RightCurlyBrace, cst.RightSquareBracket, cst.RightParen)


def row_of(elements: Sequence[ElementT], brackets: tuple[OpenT, CloseT], module: cst.Module) -> Row[ElementT]:
    """The elements between two brackets."""
    items: list[Item[ElementT]] = []
    for element in elements:
        bare = element.with_changes(comma=cst.MaybeSentinel.DEFAULT)
        if isinstance(element.comma, cst.Comma):
            items.append(Item(bare, element.comma.whitespace_before, True, element.comma.whitespace_after))
        else:
            items.append(Item(bare))
    opening, closing = brackets[0].whitespace_after, brackets[1].whitespace_before
    if not items:
        return Row(chain(opening, closing), items, module.default_indent)
    # libcst keeps the space before the closing bracket with the bracket; a Row keeps it with the last item.
    if items[-1].comma:
        items[-1].after = chain(items[-1].after, closing)
    else:
        items[-1].before = closing
    return Row(opening, items, module.default_indent)


def display_of(row: Row[ElementT], opening: OpenT, closing: CloseT) -> tuple[list[ElementT], OpenT, CloseT]:
    """The elements of a row, and the brackets around them."""
    elements: list[ElementT] = []
    for item in row.items[:-1]:
        elements.append(item.node.with_changes(comma=cst.Comma(item.before, item.after)))
    gap: Gap = NOTHING
    for item in row.items[-1:]:
        comma = cst.Comma(item.before, NOTHING) if item.comma else cst.MaybeSentinel.DEFAULT
        elements.append(item.node.with_changes(comma=comma))
        gap = item.tail
    return (
        elements,
        opening.with_changes(whitespace_after=row.opening),
        closing.with_changes(whitespace_before=gap),
    )
