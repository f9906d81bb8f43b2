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
from migrate.program.values import Role
from migrate.sources.assignments import assignments
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

_COMMENT = re.compile(r"(?:^|[ \t])(?:#|//)|^[ \t]*;")
# What gives a value its name: ``model: gpt-4``, ``"model": "gpt-4"``, ``default = "gpt-4"``.
_NAMED = re.compile(r"""[\w-]["']?[ \t]*(?:=|:|:=)[ \t]*\\?["']?\Z""")


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
        done: list[Span] = []
        lines = Lines(text)
        # The same value can be seen as a variable and as an entry: the one that a call takes comes first.
        values = sorted(self._values(path, text), key=lambda one: not reached.calls(Place(path, one[0])))
        for span, value, role in values:
            if self._spotter.is_id(value):
                if not any(one.covers(span) or span.covers(one) for one in done):
                    done.append(span)
                    place = Place(path, span)
                    yield ModelLiteral(
                        place, value, reached.role(place) or whole or role, reached.calls(place)
                    )
            elif any(True for _ in self._spotter.within(value)):
                yield from self._part(path, lines, span, whole or role, done)
        for start, end in self._spotter.within(text):
            span = lines.between(start, end)
            if not any(one.covers(span) for one in done):
                place = Place(path, span)
                role = reached.role(place) or whole or self._around(path, lines, span)
                yield ModelLiteral(place, text[start:end], role, reached.calls(place))

    def _part(
        self, path: str, lines: Lines, span: Span, role: LiteralRole, done: list[Span]
    ) -> Iterator[ModelLiteral]:
        """The ids in a longer text at ``span``."""
        first = lines.offset(span.line, span.column)
        for start, end in self._spotter.within(lines.slice(span)):
            at = lines.between(first + start, first + end)
            if not any(one.covers(at) for one in done):
                done.append(at)
                yield ModelLiteral(Place(path, at), lines.slice(at), role)

    def _values(self, path: str, text: str) -> Iterator[tuple[Span, str, LiteralRole]]:
        """(span, text, role) of what the file's format or the variables that it sets make a value."""
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
        for document in read:
            yield from self._entries.of(document)

    def _by_file(self, path: str) -> LiteralRole | None:
        """The role of all ids of a file that, by its name or folder, chooses nothing."""
        name = basename(path).lower()
        if kind_of(path) == "prose" or name.startswith(tuple(self._known.prose_names)):
            return "documentation"
        folders = {folder.lower() for folder in path.split("/")[:-1]}
        return "test-data" if folders & self._known.sample_folders else None

    def _around(self, path: str, lines: Lines, span: Span) -> LiteralRole:
        """The role of an id in a text of no known structure."""
        before = lines.line(span.line)[: span.column - 1]
        if _COMMENT.search(before):
            return "documentation"
        if kind_of(path) in ("shell", "deployment", "configuration") and _NAMED.search(before):
            return "argument" if kind_of(path) == "shell" else "config-file"
        return "other"
