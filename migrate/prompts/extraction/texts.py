"""The files that prompts stand in: their text and lines, and what in them spells what.

It reads files below the scanned root and follows no link out of it.
"""

from __future__ import annotations

from collections.abc import Callable

from migrate.facts.documents.reading import format_of
from migrate.program.linking.program import Program
from migrate.program.solving.values import FileOption
from migrate.prompts.extraction.documents import parts_of, plain
from migrate.prompts.extraction.parts import Draft
from migrate.prompts.prompt import FileFormat, StringLiteral
from migrate.sources.lines import Lines
from migrate.sources.place import Place
from migrate.sources.source import Source

_FORMATS: dict[str, FileFormat] = {"json": "json", "yaml": "yaml", "toml": "toml"}


class Texts:
    """Reads each file once; what is not Python is kept by the loader of the program."""

    def __init__(self, program: Program, source: Callable[[str], Source | None]) -> None:
        self._program = program
        self._source = source
        self._lines: dict[str, Lines] = {}

    def lines(self, path: str) -> Lines:
        """The lines of a file that something was read from."""
        if path not in self._lines:
            source = self._source(path) or self._read(path)
            self._lines[path] = Lines(source.text if source is not None else "")
        return self._lines[path]

    def has(self, path: str) -> bool:
        """Whether there is such a file, and it can be read."""
        return self._source(path) is not None or self._read(path) is not None

    def file(self, option: FileOption, reader: str) -> Draft | None:
        """The text of a file that file ``reader`` reads; None for configuration and what is not there."""
        for path in candidates(option, reader):
            if path and format_of(path) is None and not path.endswith(".py") and self._read(path) is not None:
                return self._whole(path)
        return None

    def document(self, place: Place, value: str) -> Draft | None:
        """``value``, which stands at ``place``, with what spells it there; None where that is in no
        configuration file."""
        if not self._program.documents.holds(place.path):
            return None
        form = _FORMATS.get(format_of(place.path) or "")
        if form is None or not self.has(place.path):
            return None
        lines = self.lines(place.path)
        literal = StringLiteral(place, format=form)
        return parts_of(literal, value, lines.text, lines.offsets(place.span))

    def _whole(self, path: str) -> Draft:
        lines = self.lines(path)
        literal = StringLiteral(Place(path, lines.between(0, len(lines.text))), format="text")
        return plain(literal, lines.text, 0, len(lines.text))

    def _read(self, path: str) -> Source | None:
        return self._program.documents.loader.text_file(path)


def candidates(option: FileOption, reader: str) -> list[str]:
    """Where a file can be: every folder between the reading file and the root, the nearest first."""
    if option.anchored:
        return [option.path]
    parts = reader.split("/")[:-1]
    folders = ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]
    return [f"{folder}/{option.path}" if folder else option.path for folder in folders]
