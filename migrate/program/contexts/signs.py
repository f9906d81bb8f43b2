"""Collects what other packages have to do with a function: decorators, base classes, types, what it is handed
to. Judges nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import dotted
from migrate.program.contexts.records import Sign, SignKind
from migrate.program.contexts.symbols import definition_of, symbol_of, written
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.facts.expressions import Expression
    from migrate.facts.records import Call, Scope
    from migrate.program.linking.program import Program


class Signs:
    """Answers for the loaded files of one program; what was found for a function is kept."""

    def __init__(self, program: Program, known: Container[str]) -> None:
        """``known`` are the files that count."""
        self._program = program
        self._known = known
        self._signs: dict[tuple[str, int], tuple[Sign, ...]] = {}

    def of(self, path: str, index: int) -> tuple[Sign, ...]:
        """The signs at a scope and at those around it."""
        key = (path, index)
        if key not in self._signs:
            self._signs[key] = tuple(self._found_signs(path, index))
        return self._signs[key]

    def _found_signs(self, path: str, index: int) -> Iterator[Sign]:
        scopes = self._program.facts(path).scopes
        while index > 0:
            scope = scopes[index]
            for one in scope.decorators:
                yield from self._sign("decorator", path, scope.parent, one)
            for one in scope.bases:
                yield from self._sign("class", path, scope.parent, one)
            for parameter in scope.parameters:
                if parameter.annotation is not None:
                    yield from self._sign("annotation", path, scope.parent, parameter.annotation)
            if scope.kind == "function":
                yield from self._handed(path, index, scope)
            index = scope.parent

    def _handed(self, path: str, index: int, scope: Scope) -> Iterator[Sign]:
        """The calls that are given the function: ``CommandHandler("ask", ask)``, ``on("ask", self.ask)``."""
        for where, number in tuple(self._program.handovers.passing(scope.name)):
            call = self._program.facts(where).calls[number]
            if where in self._known and any(
                self._is_given(one.value, where, call, path, index) for one in call.arguments
            ):
                yield from self._sign("handed", where, call.scope, call.function)

    def _is_given(self, value: Expression, where: str, call: Call, path: str, index: int) -> bool:
        if definition_of(self._program, where, call.scope, value) == (path, index):
            return True
        name = self._program.scope(path, index).name
        return where == path and dotted(value) in (f"self.{name}", f"cls.{name}")

    def _sign(self, kind: SignKind, path: str, scope: int, expression: Expression) -> Iterator[Sign]:
        symbol = symbol_of(self._program, path, max(scope, 0), expression)
        name = symbol or written(self._program, path, expression)
        if name:
            yield Sign(kind, name, Place(path, expression.span), bool(symbol))
