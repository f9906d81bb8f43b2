"""The source text behind a Place, for what is shown to people. Reads through the loader, keeps little."""

from __future__ import annotations

from collections.abc import Callable

from migrate.sources.lines import Lines
from migrate.sources.place import Place

_KEPT = 64


class SourceTexts:
    """Cuts code out of source files; the last few files are kept."""

    def __init__(self, text_of: Callable[[str], str | None]) -> None:
        self._text_of = text_of
        self._lines: dict[str, Lines] = {}

    def code(self, place: Place) -> str:
        """The code at ``place`` as it is written; empty where the file cannot be read any more."""
        lines = self._lines_of(place.path)
        return "" if lines is None else lines.slice(place.span)

    def line(self, place: Place) -> str:
        """The whole line on which ``place`` starts, without its end; empty as above."""
        lines = self._lines_of(place.path)
        return "" if lines is None else lines.line(place.span.line)

    def _lines_of(self, path: str) -> Lines | None:
        lines = self._lines.get(path)
        if lines is None:
            text = self._text_of(path)
            if text is None:
                return None
            if len(self._lines) >= _KEPT:
                del self._lines[next(iter(self._lines))]
            lines = self._lines[path] = Lines(text)
        return lines
