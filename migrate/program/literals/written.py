"""Model ids in files that are not Python: what each is there for, by the kind of file and what is around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename
from typing import Protocol

from migrate.catalog.configuration import Configuration
from migrate.facts.documents.every import documents
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import Format, format_of
from migrate.program.literals.entries import Entries
from migrate.program.literals.records import LiteralRole, ModelLiteral
from migrate.program.literals.spotting import Spotter
from migrate.program.solving.values import Role
from migrate.sources.assignments import assignments
from migrate.sources.commented import Comments
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

# What gives a value its name: ``model: gpt-4``, ``"model": "gpt-4"``, ``default = "gpt-4"``, ``a ? "gpt-4"``.
_NAMED = re.compile(r"""[\w-]["']?[ \t]*(?:=|:|:=|\?)[ \t]*\\?["']?\Z""")
_NEAR = 200
"""How many characters before an id its name is looked for in."""


class Reaching(Protocol):
    """Who takes a model id from where it is written."""

    def calls(self, place: Place) -> tuple[str, ...]:
        """The ids of the calls that do."""

    def role(self, place: Place) -> Role | None:
        """The role in which a call sees it; None where no call does."""


class WrittenIds:
    """Finds the model ids of one text after another."""

    def __init__(self, spotter: Spotter, entries: Entries, known: Configuration) -> None:
        self._spotter = spotter
        self._entries = entries
        self._known = known

    def of(self, path: str, text: str, reached: Reaching) -> Iterator[ModelLiteral]:
        """Every id in the file ``path``; ``reached`` knows the calls that take one from a place."""
        whole = self._by_file(path)
        lines = Lines(text)
        taken = bytearray(len(text))
        # The same value can be seen as a variable and as an entry: the one that a call takes comes first.
        values = sorted(self._values(path, text), key=lambda one: not reached.calls(Place(path, one[0])))
        for span, value, role in values:
            if self._spotter.is_id(value):
                if _take(taken, *lines.offsets(span)):
                    place = Place(path, span)
                    yield ModelLiteral(
                        place, value, reached.role(place) or whole or role, reached.calls(place)
                    )
            elif any(True for _ in self._spotter.within(value)):
                yield from self._part(path, lines, span, whole or role, taken)
        around = _Around(path, lines)
        for start, end in self._spotter.within(text):
            if _take(taken, start, end):
                place = Place(path, lines.between(start, end))
                role = reached.role(place) or whole or around.role(start)
                yield ModelLiteral(place, text[start:end], role, reached.calls(place))

    def _part(
        self, path: str, lines: Lines, span: Span, role: LiteralRole, taken: bytearray
    ) -> Iterator[ModelLiteral]:
        """The ids in a longer text at ``span``."""
        first = lines.offset(span.line, span.column)
        for start, end in self._spotter.within(lines.slice(span)):
            if _take(taken, first + start, first + end):
                at = lines.between(first + start, first + end)
                yield ModelLiteral(Place(path, at), lines.slice(at), role)

    def _values(self, path: str, text: str) -> Iterator[tuple[Span, str, LiteralRole]]:
        """(span, text, role) of what the file's format or the variables that it sets make a value. What an
        alias of YAML stands for is seen once."""
        # A constant of JavaScript is no variable of the environment.
        for one in assignments(path, text) if kind_of(path) != "javascript" else ():
            if self._spotter.is_id(one.value):
                yield one.span, one.value, "env-file"
        form: Format | None = format_of(path) if kind_of(path) == "configuration" else None
        if form is None:
            return
        try:
            read = documents(text, form)
        except DocumentError:
            return
        seen: set[Span] = set()
        for document in read:
            for row in self._entries.of(document):
                if row[0] not in seen:
                    seen.add(row[0])
                    yield row

    def _by_file(self, path: str) -> LiteralRole | None:
        """The role of all ids of a file that, by its name or folder, chooses nothing."""
        name = basename(path).lower()
        if kind_of(path) == "prose" or name.startswith(tuple(self._known.prose_names)):
            return "documentation"
        folders = {folder.lower() for folder in path.split("/")[:-1]}
        return "test-data" if folders & self._known.sample_folders else None


class _Around:
    """Roles of ids in a text of no known structure, asked for from the first to the last."""

    def __init__(self, path: str, lines: Lines) -> None:
        self._kind = kind_of(path)
        self._lines = lines
        self._comments = Comments(lines)

    def role(self, start: int) -> LiteralRole:
        """The role of the id that begins at offset ``start``."""
        if self._comments.hold(start):
            return "documentation"
        _, column = self._lines.position(start)
        before = self._lines.text[max(start - column + 1, start - _NEAR) : start]
        if self._kind in ("shell", "deployment", "configuration") and _NAMED.search(before):
            return "argument" if self._kind == "shell" else "config-file"
        return "other"


def _take(taken: bytearray, start: int, end: int) -> bool:
    """Marks a stretch of the text as told; False where some of it is."""
    if taken.find(1, start, end) >= 0:
        return False
    taken[start:end] = b"\x01" * (end - start)
    return True
