"""Which files of a program can read what a call answers: those that hold the call or the prompt, that use the
prompt, and what each of them imports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from migrate.facts.expressions import Imported
from migrate.facts.imports import imports
from migrate.facts.records import FileFacts
from migrate.program.linking.program import Program

_MOST = 60


class Neighbours:
    """Answers for the files of one program, as far as it was loaded when the first question was asked; what
    those import is loaded too."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._imports: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _loaded(self) -> frozenset[str]:
        return frozenset(self._program.loaded())

    @cached_property
    def _importers(self) -> dict[str, list[str]]:
        """The loaded files that import a file, by its path."""
        found: dict[str, list[str]] = {}
        for path in sorted(self._loaded):
            for one in self._imported(path):
                found.setdefault(one, []).append(path)
        return found

    def facts(self, path: str) -> FileFacts | None:
        """The facts of a file that was loaded, or that one of them imports."""
        return self._program.load(path) if path in self._loaded or path in self._importers else None

    def around(self, paths: Sequence[str]) -> tuple[str, ...]:
        """``paths``, then the loaded files that import them, then what all of those import."""
        users = [one for path in paths for one in self._importers.get(path, ())]
        near = tuple(dict.fromkeys((*paths, *users)))[:_MOST]
        further = [one for path in near for one in self._imported(path)]
        return tuple(dict.fromkeys((*near, *further)))[:_MOST]

    def _imported(self, path: str) -> tuple[str, ...]:
        """The files of the program that a file imports."""
        if path not in self._imports:
            facts = self._program.load(path) if path in self._loaded else None
            self._imports[path] = tuple(dict.fromkeys(self._named(path, facts))) if facts is not None else ()
        return self._imports[path]

    def _named(self, path: str, facts: FileFacts) -> Iterator[str]:
        for one in imports(facts):
            yield from self._files(path, one)

    def _files(self, path: str, node: Imported) -> Iterator[str]:
        """The module that a statement names, and the one that the name itself may be."""
        modules = self._program.modules
        names = [node.module]
        if node.name is not None:
            names.insert(0, f"{node.module}.{node.name}".lstrip("."))
        for name in names:
            found = modules.named(name, node.level, path)
            if found is not None and found != path:
                yield found
