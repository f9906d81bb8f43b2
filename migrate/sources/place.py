"""Where something stands in a file. Every other part points at source through these records."""

from __future__ import annotations

from functools import total_ordering

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """A stretch of one file's text.

    Lines and columns count from 1, columns in characters (not bytes); the end is exclusive,
    as SARIF counts: ``x = 1`` has ``1`` at Span(1, 5, 1, 6).
    """

    line: int
    column: int
    end_line: int
    end_column: int

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span, or is the same."""
        return (self.line, self.column) <= (other.line, other.column) and (
            other.end_line,
            other.end_column,
        ) <= (self.end_line, self.end_column)


@total_ordering
class Place(msgspec.Struct, frozen=True, gc=False):
    """A span in a named file; ``path`` is relative to the scanned root, with ``/``. With ``cell``, the number
    of a notebook's cell counted from 1, lines count in that cell."""

    path: str
    span: Span
    cell: int | None = None

    def __lt__(self, other: Place) -> bool:
        return (self.path, self.span, self.cell or 0) < (other.path, other.span, other.cell or 0)

    @property
    def line(self) -> str:
        """The place without its column: ``app.py:3``, ``notes.ipynb:cell 2:3``."""
        return str(self).rpartition(":")[0]

    def __str__(self) -> str:
        path = self.path if self.cell is None else f"{self.path}:cell {self.cell}"
        return f"{path}:{self.span.line}:{self.span.column}"
