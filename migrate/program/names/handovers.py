"""Which calls pass a name on as a value, and which names hold what a call gave. Knows nothing of values."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.facts.expressions import CallReference, Expression, last_name
from migrate.facts.records import FileFacts


class Handovers:
    """An index of loaded files; ``add`` takes one more."""

    def __init__(self) -> None:
        self._passing: dict[str, list[tuple[str, int]]] = {}
        self._holders: dict[str, set[tuple[str, str]]] = {}

    def add(self, path: str, facts: FileFacts) -> None:
        for index, call in enumerate(facts.calls):
            for name in {last_name(one.value) for one in call.arguments} - {""}:
                self._passing.setdefault(name, []).append((path, index))
        for scope in facts.scopes:
            seen_in = path if scope.kind == "function" else ""
            for name, bindings in scope.bindings.items():
                for binding in bindings:
                    self._hold(facts, (name, seen_in), binding.value)
        for store in facts.stores:
            self._hold(facts, (store.attribute or "", ""), store.value)

    def passing(self, name: str) -> Sequence[tuple[str, int]]:
        """(path, call index) of the calls that pass something that ends in ``name``."""
        return self._passing.get(name, ())

    def holders(self, name: str) -> Sequence[tuple[str, str]]:
        """The names and attributes that hold what a call of ``name`` gave, and for a name inside a function
        its file: no other knows it."""
        return sorted(self._holders.get(name, ()))

    def _hold(self, facts: FileFacts, holder: tuple[str, str], value: Expression | None) -> None:
        if holder[0] and isinstance(value, CallReference):
            called = last_name(facts.calls[value.index].function)
            self._holders.setdefault(called, set()).add(holder)
