"""Places in notebooks as people name them, by cell and by line in it. What stands in other files stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from migrate.findings.edits import OF_IMPORTS
from migrate.findings.finding import FileEdit, Finding
from migrate.sources.lines import Lines
from migrate.sources.notebooks import read_notebook
from migrate.sources.place import Place, Span
from migrate.sources.source import Source
from migrate.sources.spelling import spelled

_T = TypeVar("_T")


class CellPlaces:
    """Answers for the notebooks among ``sources``, whose text is that of their cells, joined."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._cells = {path: one.cells for path, one in sources.items() if one.cells}
        self._sources = sources
        paths = "|".join(map(re.escape, sorted(self._cells, key=len, reverse=True)))
        self._named = re.compile(rf"({paths}):(\d+)(?=\D|\Z)") if paths else None

    def place(self, at: Place) -> Place:
        """``at`` with its cell, and its lines counted in it."""
        cells = self._cells.get(at.path)
        if cells is None or at.cell is not None:
            return at
        first, number = _cell(cells, at.span.line)
        span = at.span
        moved = Span(span.line - first + 1, span.column, span.end_line - first + 1, span.end_column)
        return Place(at.path, moved, number)

    def joined(self, at: Place) -> Place:
        """``at``, told by cell, as it stands in the joined text."""
        first = next((line for line, number in self._cells.get(at.path, ()) if number == at.cell), 1)
        span = at.span
        moved = Span(span.line + first - 1, span.column, span.end_line + first - 1, span.end_column)
        return Place(at.path, moved) if at.cell is not None else at

    def last_line(self, path: str, cell: int) -> int | None:
        """The last line of a cell, counted in it; None where the notebook has no such cell of Python."""
        cells = self._cells.get(path, ())
        at = next((index for index, (_, number) in enumerate(cells) if number == cell), None)
        if at is None:
            return None
        after = cells[at + 1][0] if at + 1 < len(cells) else len(Lines(self._sources[path].text))
        return after - cells[at][0] - 1  # a mark stands between two cells

    def text(self, words: str) -> str:
        """``words`` with the places that they name told by cell."""
        if self._named is None:
            return words
        return self._named.sub(self._renamed, words)

    def finding(self, one: Finding) -> Finding:
        """``one``, told by cell; its edits count in the joined text still, and know their cells."""
        if self._named is None:
            return one
        return msgspec.structs.replace(
            one,
            place=self.place(one.place),
            message=self.text(one.message),
            cure=self.text(one.cure),
            edits=tuple(map(self._edit, one.edits)),
        )

    def _edit(self, one: FileEdit) -> FileEdit:
        cells = self._cells.get(one.path)
        if cells is None or isinstance(one.edit, OF_IMPORTS):
            return one
        first, number = _cell(cells, one.edit.span.line)
        return msgspec.structs.replace(one, cell=number, first=first)

    def record(self, one: _T) -> _T:
        """Any record with every place in it told by cell."""
        return one if self._named is None else self._told(one)

    def _told(self, one: _T) -> _T:
        if isinstance(one, Place):
            return self.place(one)  # type: ignore[return-value]
        if isinstance(one, tuple):
            return tuple(map(self._told, one))  # type: ignore[return-value]
        if isinstance(one, msgspec.Struct) and not isinstance(one, Span):
            fields = {name: getattr(one, name) for name in one.__struct_fields__}
            told = {name: self._told(value) for name, value in fields.items()}
            changed = {name: value for name, value in told.items() if value is not fields[name]}
            return msgspec.structs.replace(one, **changed) if changed else one
        return one

    def _renamed(self, match: re.Match[str]) -> str:
        first, number = _cell(self._cells[match[1]], int(match[2]))
        return f"{match[1]}:cell {number}:{int(match[2]) - first + 1}"


def on_disk(one: Finding, file: Source | None) -> Finding:
    """``one`` with its place counted in the notebook's own lines, as other programs count: those of ``file``,
    the JSON."""
    at = one.place
    if at.cell is None or file is None:
        return one
    cell = next((cell for cell in read_notebook(file.text).cells if cell.number == at.cell), None)
    where = spelled(file.text, cell) if cell is not None else None
    if cell is None or where is None:
        return one
    start, end = Lines(cell.source).offsets(at.span)
    first, last = where[min(start, len(where) - 1)][0], where[min(max(end - 1, start), len(where) - 1)][1]
    return msgspec.structs.replace(one, place=Place(at.path, Lines(file.text).between(first, last)))


def _cell(cells: tuple[tuple[int, int], ...], line: int) -> tuple[int, int]:
    """(first line, number) of the cell that a line of the joined text belongs to."""
    return cells[max(0, bisect_right(cells, (line, 1 << 30)) - 1)]
