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
_FROM_NOT_ASCII = re.compile(r"[^\x00-\x7f][^\r\n]*")
_NOWHERE: frozenset[int] = frozenset()
# Millions of Spans are kept: each number is one object in all of them.
_NUMBERS = list(range(10_000))


class Lines:
    """The lines of one text as Python's parser counts them: ``\\n``, ``\\r\\n`` and ``\\r`` end a line.

    A text that ends with a line end has one more, empty, line: the place where a line can be added.
    """

    __slots__ = ("_marks", "_starts", "_wide", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._wide = _NOWHERE if text.isascii() else self._wide_lines()
        self._marks: dict[int, tuple[list[int], list[int]]] = {}

    def __len__(self) -> int:
        """Number of lines, the empty one after a final line end included."""
        return len(self._starts)

    def of(self, node: Positioned) -> Span:
        """Where a node of ``ast.parse(text)`` stands."""
        line, end_line = node.lineno, node.end_lineno
        assert end_line is not None, "a node made by ast.parse has an end"
        assert node.end_col_offset is not None
        if line in self._wide or end_line in self._wide:
            return self.span(line, node.col_offset, end_line, node.end_col_offset)
        return Span(_shared(line), node.col_offset + 1, _shared(end_line), node.end_col_offset + 1)

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """A Span from the numbers of ``ast``: lines from 1, columns in UTF-8 bytes from 0."""
        start, end = self.column(line, column), self.column(end_line, end_column)
        return Span(_shared(line), start, _shared(end_line), end)

    def column(self, line: int, byte_column: int) -> int:
        """The column in characters, from 1, of a UTF-8 byte column counted from 0."""
        if line not in self._wide:
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

    def _wide_lines(self) -> frozenset[int]:
        """The numbers of the lines that are not all ASCII."""
        return frozenset(self.position(match.start())[0] for match in _FROM_NOT_ASCII.finditer(self.text))

    def _marks_of(self, line: int) -> tuple[list[int], list[int]]:
        """For one line: where its characters beyond ASCII end, in bytes, and the bytes beyond one a
        character up to there. Kept a line, so that a long line of data stays cheap."""
        marks = self._marks.get(line)
        if marks is None:
            marks = self._marks[line] = _marks(self._with_end(line))
        return marks


def _shared(number: int) -> int:
    return _NUMBERS[number] if number < len(_NUMBERS) else number


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
