"""Which edits stand at which node of an ``ast`` tree, by exact position. Changes nothing."""

from __future__ import annotations

import ast
import bisect
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from migrate.findings.edits import OF_IMPORTS, Edit, ReplaceText
from migrate.rewrite.engine.source import TextOffsets
from migrate.sources.place import Span

Key: TypeAlias = "tuple[int, int, int, int]"


def key_of(node: ast.expr | ast.stmt) -> Key:
    return (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)


class EditPlaces:
    """The edits of one file, imports aside, by the positions that ``ast`` gives to what they change."""

    def __init__(self, lines: TextOffsets, edits: Sequence[Edit]) -> None:
        self._lines = lines
        self._edits: dict[Key, list[Edit]] = {}
        for edit in edits:
            if not isinstance(edit, OF_IMPORTS):
                lines.offsets(edit.span)
                self._edits.setdefault(self.key(edit.span), []).append(edit)
        self._starts = sorted(key[:2] for key in self._edits)

    def all(self) -> Iterator[Edit]:
        for edits in self._edits.values():
            yield from edits

    def at(self, node: ast.expr | ast.stmt) -> Sequence[Edit]:
        """The edits whose span is exactly this node's."""
        return self._edits.get(key_of(node), ())

    def key(self, span: Span) -> Key:
        column = self._lines.byte_column
        start, end = (span.line, span.column), (span.end_line, span.end_column)
        return (span.line, column(*start), span.end_line, column(*end))

    def touches(self, node: ast.stmt) -> bool:
        """Whether any edit starts on the lines of this statement of the original."""
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        at = bisect.bisect_left(self._starts, (first, 0))
        return at < len(self._starts) and self._starts[at][0] <= (node.end_lineno or node.lineno)

    def texts_in(self, node: ast.expr) -> list[ReplaceText]:
        """The ReplaceText edits of this literal, whether they name all of it or one part."""
        end = (node.end_lineno or 0, node.end_col_offset or 0)
        at = bisect.bisect_left(self._starts, (node.lineno, node.col_offset))
        found: list[ReplaceText] = []
        if at == len(self._starts) or self._starts[at] >= end:
            return found
        for key, edits in self._edits.items():
            if (node.lineno, node.col_offset) <= key[:2] and key[2:] <= end:
                found.extend(edit for edit in edits if isinstance(edit, ReplaceText))
        return found
