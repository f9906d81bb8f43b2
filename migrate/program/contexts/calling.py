"""Who calls a function, for what people are told. Where nobody has followed its calls yet, names are believed
and few files are read: this must cost little beside the scan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.program.contexts.symbols import definition_of
from migrate.program.functions import callers
from migrate.program.solving import located
from migrate.program.solving.values import Definition

if TYPE_CHECKING:
    from migrate.facts.records import Call, Scope
    from migrate.program.linking.program import Program
    from migrate.program.solving.evaluate import Evaluator

_MOST_CANDIDATES = 40
_MOST_FILES = 200  # that are read to find callers


class Calling:
    """Answers for one program; the callers of a function are kept. ``known`` are the files that count: those
    that the scan has read, and those that were read for callers. What others read later changes no answer."""

    def __init__(self, program: Program, evaluator: Evaluator) -> None:
        self._program = program
        self._evaluator = evaluator
        self._callers: dict[tuple[str, int], list[tuple[str, Call]]] = {}
        self._asked = program.asked()
        self._read = 0
        self.known = set(program.loaded())

    def of(self, path: str, scope: int) -> list[tuple[str, Call]]:
        """The calls of the function that ``scope`` is."""
        key = (path, scope)
        if key not in self._callers:
            inside = self._program.scope(path, scope)
            self._callers[key] = []
            if inside.kind == "function" and (inside.name, path) in self._asked:
                self._evaluator.refill()
                rows = callers.calls_of(self._evaluator, path, scope)
                self._callers[key] = [(at.path, call) for at, call, _ in rows if at.path in self.known]
            elif inside.kind == "function":
                self._callers[key] = list(self._by_name(path, scope, inside))
        return self._callers[key]

    def _by_name(self, path: str, scope: int, inside: Scope) -> Iterator[tuple[str, Call]]:
        """The same for a function whose calls nobody has asked about: a plain name says which function it
        is, a method is looked for in the files that were read."""
        program = self._program
        method = program.scope(path, inside.parent).kind == "class"
        if not method and inside.name != "<lambda>" and self._read < _MOST_FILES:
            found = program.calls_named(inside.name, path)
            fresh = {where for where, _ in found} - self.known
            self.known |= fresh
            self._read += len(fresh)
        rows = [row for row in program.calls_loaded(inside.name) if row[0] in self.known]
        for where, number in rows[:_MOST_CANDIDATES]:
            call = program.facts(where).calls[number]
            if method:
                asked = self._evaluator.ask(located.called(where, call)).options
                meant = any(
                    isinstance(one, Definition) and (one.path, one.scope) == (path, scope) for one in asked
                )
            else:
                meant = definition_of(program, where, call.scope, call.function) == (path, scope)
            if meant:
                yield where, call
