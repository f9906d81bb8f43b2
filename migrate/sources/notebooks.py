"""Jupyter notebooks (nbformat 3 and 4) as text: where the source of each code cell stands in the JSON.

Runs nothing, changes nothing, and reads outputs only to pass over them.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

import msgspec

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)
_CELL_KEYS = ("source", "input")
_PYTHON = ("python", "ipython")


class NotebookError(Exception):
    """Why a text is no notebook that can be read."""


class Piece(msgspec.Struct, frozen=True):
    """One JSON string of a cell's source: its characters between the quotes are ``text[start:end]``, and
    spell ``value``."""

    start: int
    end: int
    value: str


class Cell(msgspec.Struct, frozen=True):
    """One code cell. ``number`` counts all cells from 1; ``start`` and ``end`` enclose the JSON value of its
    source, one string or a list of them."""

    number: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    python: bool = True

    @property
    def source(self) -> str:
        return "".join(piece.value for piece in self.pieces)


class Notebook(msgspec.Struct, frozen=True):
    """The code cells of a notebook in order; ``language`` is the kernel's, empty where it is not said."""

    cells: tuple[Cell, ...]
    language: str

    @property
    def is_python(self) -> bool:
        return self.language.lower().startswith(_PYTHON) or not self.language


def read_notebook(text: str) -> Notebook:
    """The code cells of the notebook ``text``. Raises NotebookError."""
    reader = _Reader(text)
    try:
        reader.whole()
    except (ValueError, IndexError, RecursionError):
        raise NotebookError("it is not valid JSON") from None
    if not reader.seen:
        raise NotebookError("it has no cells: it is not a Jupyter notebook")
    return Notebook(tuple(reader.cells), _language(reader.metadata))


class _Reader:
    """Walks the JSON down to the cells; ``at`` is the offset of what comes next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0
        self.cells: list[Cell] = []
        self.count = 0
        self.seen = False
        self.metadata: Any = None

    def whole(self) -> None:
        self._skip()
        for key in self._members():
            if key == "cells":
                self._each(self._cell)
            elif key == "worksheets":
                self._each(self._worksheet)
            elif key == "metadata":
                self.metadata = self._value()
            else:
                self._value()
        if self.at != len(self._text):
            raise ValueError("text follows the value")

    def _worksheet(self) -> None:
        for key in self._members():
            if key == "cells":
                self._each(self._cell)
            else:
                self._value()

    def _cell(self) -> None:
        self.count += 1
        kind, language = "", "python"
        found: tuple[int, int, tuple[Piece, ...]] | None = None
        for key in self._members():
            if key in _CELL_KEYS:
                start = self.at
                found = (start, 0, self._pieces())
                found = (start, self._end, found[2])
            else:
                value = self._value()
                kind = str(value) if key == "cell_type" else kind
                language = str(value) if key == "language" else language
        if kind == "code" and found is not None:
            self.cells.append(Cell(self.count, *found, python=language.lower().startswith(_PYTHON)))

    def _pieces(self) -> tuple[Piece, ...]:
        if self._text[self.at] != "[":
            return (self._piece(),)
        found: list[Piece] = []
        self._each(lambda: found.append(self._piece()))
        return tuple(found)

    def _piece(self) -> Piece:
        if self._text[self.at] != '"':
            raise ValueError("a source that is no text")
        start = self.at + 1
        value, end = scanstring(self._text, start, False)
        self._to(end)
        return Piece(start, end - 1, value)

    def _each(self, read: Any) -> None:
        """Calls ``read`` for every item of the list that starts here."""
        self.seen = True
        self._take("[")
        if self._text[self.at] == "]":
            self._to(self.at + 1)
            return
        while True:
            read()
            if self._text[self.at] == "]":
                self._to(self.at + 1)
                return
            self._take(",")

    def _members(self) -> Any:
        """The keys of the object that starts here; whoever asks reads the value after each."""
        self._take("{")
        while self._text[self.at] != "}":
            key, end = scanstring(self._text, self.at + 1, False)
            self._to(end)
            self._take(":")
            yield key
            if self._text[self.at] != "}":
                self._take(",")
        self._to(self.at + 1)

    def _value(self) -> Any:
        value, end = _DECODER.raw_decode(self._text, self.at)
        self._to(end)
        return value

    def _take(self, mark: str) -> None:
        if self._text[self.at] != mark:
            raise ValueError(f"{mark} is missing")
        self._to(self.at + 1)

    def _to(self, end: int) -> None:
        self._end = end
        self.at = end
        self._skip()

    def _skip(self) -> None:
        blank = _BLANK.match(self._text, self.at)
        assert blank is not None
        self.at = blank.end()


def _language(metadata: Any) -> str:
    """What the kernel speaks, by the metadata of nbformat 4 or 3."""
    if not isinstance(metadata, dict):
        return ""
    for key, name in (("language_info", "name"), ("kernelspec", "language"), ("kernel_info", "language")):
        part = metadata.get(key)
        if isinstance(part, dict) and isinstance(part.get(name), str):
            return str(part[name])
    return ""
