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
        lines = self._lines.get(place.path)
        if lines is None:
            text = self._text_of(place.path)
            if text is None:
                return ""
            if len(self._lines) >= _KEPT:
                del self._lines[next(iter(self._lines))]
            lines = self._lines[place.path] = Lines(text)
        return lines.slice(place.span)
