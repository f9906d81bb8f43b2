"""Where a program and its files set an environment variable. It says nothing of what they set it to."""

from __future__ import annotations

from migrate.facts.expressions import Constant
from migrate.program.linking.program import Program
from migrate.program.linking.repository import Repository
from migrate.sources.place import Place


class Assigned:
    """Asks the files of ``repository`` that set variables, and the loaded code of ``program``."""

    def __init__(self, program: Program, repository: Repository) -> None:
        self._program = program
        self._repository = repository

    def places(self, name: str) -> tuple[Place, ...]:
        """Every place where ``name`` is set, code first."""
        found = [
            Place(path, store.span)
            for path in self._program.loaded()
            for store in self._program.facts(path).stores
            if isinstance(store.key, Constant) and store.key.value == name
        ]
        return (*found, *(Place(path, one.span) for path, one in self._repository.setting(name)))
