"""The code cells of a notebook as one Python text, in order: what magics and shell lines say is kept aside.

A line that is no Python becomes an expression with a comment, of the same length, so that every position
counts in both; so do all lines of a shell's cell (``%%bash``). Cells of another language are no part of it.
Edits nothing.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

import msgspec

from migrate.sources.notebooks import Cell, Notebook
from migrate.sources.place import Span

# Cell magics after which the rest of the cell is Python still.
_PYTHON_MAGICS = re.compile(r"%%(?:time|timeit|capture|prun|memit|mprun|snakeviz|python3?)\b")
# IPython also takes some words without a sign before them.
_MAGIC = re.compile(r"[ \t]*(?:[%!?].|(?:pip3?|conda|mamba|uv)[ \t]+[a-z]|[\w.]+\?\??[ \t]*$)")
_ASSIGNED = re.compile(r"[ \t]*[\w.,\[\] \t]+=[ \t]*[%!](?=\S)")
# Cell magics that give the rest of the cell to a shell: all of it is set aside.
_SHELL_MAGICS = re.compile(r"%%(?:bash|sh|shell|script[ \t]+(?:bash|sh)|!)(?![\w-])")
# What somebody has to fill in before the cell runs.
_GAP = re.compile(r"[ \t]*[\w.]{2,}[ \t]*=[ \t]*(?:#.*|<[^>\r\n]*>[ \t]*(?:#.*)?)?[\r\n]*\Z")
_MOST_GAPS = 20
_BREAK = "#%%"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_INSTALL = re.compile(r"[ \t]*[%!]?[ \t]*(?:uv[ \t]+|python3?[ \t]+-m[ \t]+)?pip3?[ \t]+install\b")


class Aside(msgspec.Struct, frozen=True):
    """A line that is no Python: ``line`` of the joined text, what is ``written``, what stands ``instead``."""

    line: int
    written: str
    instead: str


class CellStart(msgspec.Struct, frozen=True):
    """Where a cell begins: ``line`` of the joined text, and the cell's ``number`` among all cells."""

    line: int
    number: int


class Joined(msgspec.Struct, frozen=True):
    """The Python text of a notebook. ``left`` are the numbers of cells that are not in it because they are
    no Python that can be parsed; ``mark`` is the line between two cells."""

    text: str
    cells: tuple[Cell, ...]
    starts: tuple[CellStart, ...]
    asides: tuple[Aside, ...]
    mark: str
    left: tuple[int, ...] = ()

    def installs(self) -> Iterator[tuple[Span, str]]:
        """(span in the joined text, line) of every ``%pip install`` and ``!pip install``, of those of shell
        cells, and of the lines that one goes on with."""
        goes_on = 0
        for one in self.asides:
            if _INSTALL.match(one.written) or one.line == goes_on:
                yield Span(one.line, 1, one.line, len(one.written) + 1), one.written
                goes_on = one.line + 1 if one.written.endswith("\\") else 0


def joined(notebook: Notebook) -> Joined:
    """All Python cells of ``notebook`` that parse, each followed by a line that marks its end."""
    mark = _mark(notebook)
    parts: list[str] = []
    cells: list[Cell] = []
    starts: list[CellStart] = []
    asides: list[Aside] = []
    left: list[int] = []
    line = 1
    for cell in notebook.cells:
        if not cell.python or _foreign(cell.source) or not cell.source.strip():
            continue
        lines = _as_python(split_lines(cell.source)) if not _is_shell(cell.source) else _hidden(cell.source)
        if lines is None:
            left.append(cell.number)
            continue
        asides += _asides(cell.source, lines, line)
        text = "".join(lines)
        text += "" if text.endswith(("\n", "\r")) else "\n"
        cells.append(cell)
        starts.append(CellStart(line, cell.number))
        parts += (text, mark, "\n")
        line += len(split_lines(text)) + 1
    return Joined("".join(parts), tuple(cells), tuple(starts), tuple(asides), mark, tuple(left))


def split_lines(text: str) -> list[str]:
    """The lines of ``text`` as Python's parser counts them, each with its end."""
    return _LINE.findall(text)


def _as_python(lines: list[str]) -> list[str] | None:
    """``lines`` with as few of them changed as it takes to make Python of them; None where nothing does."""
    found = list(lines)
    for _ in range(len(lines) + 1):
        wrong = _wrong_line(found)
        if wrong == 0:
            return found
        if wrong > len(found) or not _set_aside(found, wrong - 1):
            break
    # The parser may stop at a later line than the one that is no Python.
    for index in range(len(found)):
        _set_aside(found, index)
    return found if _wrong_line(found) == 0 else _filled_in(found)


def _filled_in(lines: list[str]) -> list[str] | None:
    """``lines`` with assignments that have no value yet (``KEY = # yours here``) set aside: what else such a
    cell says counts. None where that does not make Python of it."""
    found = list(lines)
    for _ in range(_MOST_GAPS):
        wrong = _wrong_line(found)
        if wrong == 0:
            return found
        if wrong > len(found) or not _GAP.match(found[wrong - 1]):
            return None
        line = found[wrong - 1]
        start = len(line) - len(line.lstrip(" \t"))
        found[wrong - 1] = f"{line[:start]}0#{line[start + 2 :]}"
    return found if _wrong_line(found) == 0 else None


def _wrong_line(lines: list[str]) -> int:
    """The line, from 1, at which the parser gives up; 0 where it does not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse("".join(lines))
        except SyntaxError as error:
            return error.lineno or 1
        except (ValueError, RecursionError, MemoryError):
            return len(lines) + 1
    return 0


def _is_shell(source: str) -> bool:
    return _SHELL_MAGICS.match(source.lstrip()) is not None


def _hidden(source: str) -> list[str]:
    """The lines of a cell for a shell, every one as a comment of its length."""
    return [f"#{line[1:]}" if line.strip("\r\n") else line for line in split_lines(source)]


def _set_aside(lines: list[str], index: int) -> bool:
    """Makes Python of a line, and of those that continue it; whether it was a magic or shell line."""
    line = lines[index]
    lines[index] = _plain(line)
    changed = lines[index] != line
    while changed and line.rstrip("\r\n").endswith("\\") and index + 1 < len(lines):
        index += 1
        line = lines[index]
        lines[index] = f"#{line[1:]}" if line.strip() else line
    return changed


def _plain(line: str) -> str:
    """``line`` as Python: a magic or shell line becomes ``0`` and a comment of the same length."""
    assigned = _ASSIGNED.match(line)
    if assigned is not None:
        return f"{line[: assigned.end() - 1]}0#{line[assigned.end() + 1 :]}"
    if not _MAGIC.match(line.rstrip("\r\n")):
        return line
    start = len(line) - len(line.lstrip(" \t"))
    return f"{line[:start]}0#{line[start + 2 :]}"


def _foreign(source: str) -> bool:
    """Whether a cell magic hands the cell to something that is not this kernel's Python."""
    first = source.lstrip()
    return first.startswith("%%") and not _PYTHON_MAGICS.match(first) and not _is_shell(source)


def _asides(source: str, lines: list[str], line: int) -> Iterator[Aside]:
    for index, (written, instead) in enumerate(zip(split_lines(source), lines, strict=True)):
        if written != instead:
            yield Aside(line + index, written.rstrip("\r\n"), instead.rstrip("\r\n"))


def _mark(notebook: Notebook) -> str:
    """A comment that no cell holds."""
    mark = _BREAK
    while any(mark in cell.source for cell in notebook.cells):
        mark += "%"
    return mark
