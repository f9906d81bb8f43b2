"""Which calls pass a name on as a value, and which names hold what a call gave, or promise a class. Knows
nothing of values.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from migrate.facts.expressions import CallReference, Expression, Name, Operation, Subscript, last_name
from migrate.facts.records import Call, FileFacts

_BUILTINS = frozenset(vars(builtins))


class Handovers:
    """An index of loaded files; ``add`` takes one more."""

    def __init__(self) -> None:
        self._passing: dict[str, list[tuple[str, int]]] = {}
        self._holders: dict[str, set[tuple[str, str]]] = {}
        self._promised: dict[str, set[str]] = {}

    def add(self, path: str, facts: FileFacts) -> None:
        foreign = _unbound_builtins(facts)
        for index, call in enumerate(facts.calls):
            for name in _handed(call, foreign):
                self._passing.setdefault(name, []).append((path, index))
        for scope in facts.scopes:
            seen_in = path if scope.kind == "function" else ""
            for parameter in scope.parameters:
                self._promise(parameter.name, parameter.annotation)
            for name, bindings in scope.bindings.items():
                for binding in bindings:
                    self._promise(name, binding.annotation)
                    self._hold(facts, (name, seen_in), binding.value)
        for store in facts.stores:
            self._promise(store.attribute or "", store.annotation)
            self._hold(facts, (store.attribute or "", ""), store.value)

    def passing(self, name: str) -> Sequence[tuple[str, int]]:
        """(path, call index) of the calls that pass something that ends in ``name``."""
        return self._passing.get(name, ())

    def holders(self, name: str) -> Sequence[tuple[str, str]]:
        """The names and attributes that hold what a call of ``name`` gave, and for a name inside a function
        its file: no other knows it."""
        return sorted(self._holders.get(name, ()))

    def objects(self, title: str) -> Sequence[str]:
        """The names that hold what a class called ``title`` makes, or say in an annotation that they do."""
        return sorted({name for name, _ in self.holders(title)} | self._promised.get(title, set()))

    def _promise(self, name: str, annotation: Expression | None) -> None:
        """Notes the classes of ``name: T``, ``name: T | None`` and ``name: Optional[T]``."""
        if annotation is None or not name:
            return
        if type(annotation) is Operation:
            self._promise(name, annotation.left)
            self._promise(name, annotation.right)
        elif type(annotation) is Subscript:
            self._promise(name, annotation.index)
        elif title := last_name(annotation):
            self._promised.setdefault(title, set()).add(name)

    def _hold(self, facts: FileFacts, holder: tuple[str, str], value: Expression | None) -> None:
        if type(value) is CallReference and holder[0]:
            called = last_name(facts.calls[value.index].function)
            self._holders.setdefault(called, set()).add(holder)


def _handed(call: Call, foreign: frozenset[str]) -> set[str]:
    """The last names of what a call passes on, but for builtins: no function of the program is one."""
    found: set[str] = set()
    for one in call.arguments:
        name = last_name(one.value)
        if name and (name not in foreign or type(one.value) is not Name):
            found.add(name)
    return found


def _unbound_builtins(facts: FileFacts) -> frozenset[str]:
    """The builtins that a file gives no other meaning to."""
    if facts.star_imports:
        return frozenset()
    bound = {name for scope in facts.scopes for name in scope.bindings}
    taken = {one.name for scope in facts.scopes for one in scope.parameters}
    return _BUILTINS - bound - taken
