"""Other names for functions: what reaches a function through one of them; see suspects.py."""

from __future__ import annotations

from migrate.facts.expressions import CallReference, Defined, Expression, Imported, last_name
from migrate.program.suspects.spreading import Spreading, given_back, result_of
from migrate.program.suspects.suspicion import Suspicion

EACH = "*"
POSITIONS = (0, 1, 2, 3)


class Aliases:
    """Those of one file, joined to a Spreading; other names of what is among ``running`` are added to it."""

    def __init__(self, here: Suspicion, spreading: Spreading, running: set[str]) -> None:
        self._here = here
        self._join = spreading.join
        self._running = running

    def add(self, value: Expression | None, name: str) -> None:
        """``name`` is another name for a function, or the name of a lambda."""
        original = last_name(value) if value is not None else ""
        if isinstance(value, Imported):
            original = value.name or ""
        if isinstance(value, Defined):
            original = self._here.facts.scopes[value.scope].name
        if isinstance(value, CallReference):
            made = last_name(self._here.facts.calls[value.index].function)
            self._join(given_back(made), result_of(name))
            if made in self._running:
                self._running.add(name)
        if original in self._running:
            self._running.add(name)
        if original and name and original != name:
            self.join_calls(name, original)
            self._join(result_of(original), result_of(name))

    def join_calls(self, name: str, original: str) -> None:
        """What ``name`` is called with, ``original`` is."""
        for one in (*POSITIONS, EACH):
            self._join((name, one), (original, one))
