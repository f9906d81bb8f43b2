"""Positions in a text: from what ``ast`` says to Spans, and from Spans to offsets. Pure arithmetic."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from migrate.sources.place import Span

if TYPE_CHECKING:
    import ast
    from typing import TypeAlias

    Positioned: TypeAlias = (
        ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias | ast.excepthandler | ast.pattern
    )

# str.splitlines also splits on form feeds, \x1c, \u2028 and others, which Python's parser does not.
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Lines:
    """The lines of one text as Python's parser counts them: ``\\n``, ``\\r\\n`` and ``\\r`` end a line.

    A text that ends with a line end has one more, empty, line: the place where a line can be added.
    """

    __slots__ = ("_ascii", "_marks", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._ascii = text.isascii()
        self._marks: dict[int, tuple[list[int], list[int]]] = {}

    def __len__(self) -> int:
        """Number of lines, the empty one after a final line end included."""
        return len(self._starts)

    def of(self, node: Positioned) -> Span:
        """Where a node of ``ast.parse(text)`` stands."""
        assert node.end_lineno is not None, "a node made by ast.parse has an end"
        assert node.end_col_offset is not None
        return self.span(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """A Span from the numbers of ``ast``: lines from 1, columns in UTF-8 bytes from 0."""
        if self._ascii:
            return Span(line, column + 1, end_line, end_column + 1)
        return Span(line, self.column(line, column), end_line, self.column(end_line, end_column))

    def column(self, line: int, byte_column: int) -> int:
        """The column in characters, from 1, of a UTF-8 byte column counted from 0."""
        if self._ascii:
            return byte_column + 1
        ends, surplus = self._marks_of(line)
        return byte_column - surplus[bisect_right(ends, byte_column)] + 1

    def offset(self, line: int, column: int) -> int:
        """Offset in ``text`` of a line and column counted in characters from 1."""
        return self._starts[line - 1] + column - 1

    def offsets(self, span: Span) -> tuple[int, int]:
        """(start, end) of a span as offsets in ``text``."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def slice(self, span: Span) -> str:
        """The text at a span."""
        start, end = self.offsets(span)
        return self.text[start:end]

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column) of an offset in ``text``, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def between(self, start: int, end: int) -> Span:
        """The Span of ``text[start:end]``."""
        return Span(*self.position(start), *self.position(end))

    def line(self, number: int) -> str:
        """The text of one line, counted from 1, without its line end."""
        return self._with_end(number).rstrip("\r\n")

    def _with_end(self, number: int) -> str:
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end]

    def _marks_of(self, line: int) -> tuple[list[int], list[int]]:
        """For one line: where its characters beyond ASCII end, in bytes, and the bytes beyond one a
        character up to there. Kept a line, so that a long line of data stays cheap."""
        marks = self._marks.get(line)
        if marks is None:
            marks = self._marks[line] = _marks(self._with_end(line))
        return marks


@lru_cache(maxsize=256)
def _width(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


def _marks(line: str) -> tuple[list[int], list[int]]:
    ends: list[int] = []
    surplus = [0]
    for match in _NOT_ASCII.finditer(line):
        width = _width(match.group())
        ends.append(match.start() + surplus[-1] + width)
        surplus.append(surplus[-1] + width - 1)
    return ends, surplus
