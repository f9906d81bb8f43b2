"""The configuration files that questions have led to: each read once, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from migrate.facts.documents.reading import Format
from migrate.facts.expressions import Expression
from migrate.program.solving.values import Role
from migrate.sources.assignments import Assignment
from migrate.sources.kinds import kind_of
from migrate.sources.source import Source


class DocumentLoader(Protocol):
    """Where configuration files come from."""

    def document(self, path: str, form: Format) -> Expression | str | None:
        """The value of a configuration file; in words why it cannot be read, None where there is none."""

    def setting(self, name: str) -> Iterable[tuple[str, Assignment]]:
        """(path, assignment) wherever a file of the repository sets variable ``name``; ignored ones do not
        count."""

    def text_file(self, path: str) -> Source | None:
        """A file that is read as it is; None where it cannot be used."""


class Documents:
    """Values of configuration files by path and format."""

    def __init__(self, loader: DocumentLoader) -> None:
        self.loader = loader
        self._values: dict[tuple[str, str], Expression | str | None] = {}
        self._readers: dict[str, dict[str, None]] = {}

    def value(self, path: str, form: Format, reader: str) -> Expression | str | None:
        """The value of file ``path``, which file ``reader`` reads, or in words why it is not known; None
        where there is no such file."""
        if (path, form) not in self._values:
            self._values[path, form] = self.loader.document(path, form)
        found = self._values[path, form]
        if found is not None:
            self._readers.setdefault(path, {})[reader] = None
        return found

    def holds(self, path: str) -> bool:
        """Whether ``path`` is a configuration file that was read."""
        return path in self._readers

    def readers(self, path: str) -> tuple[str, ...]:
        """The files of the program that read configuration file ``path``, as far as questions have led."""
        return tuple(self._readers.get(path, ()))

    def role(self, path: str) -> Role | None:
        """The role of a literal in file ``path``; None where that is no configuration file."""
        if path not in self._readers:
            return None
        return "env-file" if kind_of(path) == "environment" else "config-file"
