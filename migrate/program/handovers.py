"""Which calls pass a name on as a value, and which names hold what a call gave. Knows nothing of values."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.facts.expressions import Attribute, CallReference, Expression, Name
from migrate.facts.records import FileFacts


class Handovers:
    """An index of loaded files; ``add`` takes one more."""

    def __init__(self) -> None:
        self._passing: dict[str, list[tuple[str, int]]] = {}
        self._holders: dict[str, set[str]] = {}

    def add(self, path: str, facts: FileFacts) -> None:
        for index, call in enumerate(facts.calls):
            for name in {_last(one.value) for one in call.arguments} - {""}:
                self._passing.setdefault(name, []).append((path, index))
        for scope in facts.scopes:
            for name, bindings in scope.bindings.items():
                for binding in bindings:
                    self._hold(facts, name, binding.value)
        for store in facts.stores:
            self._hold(facts, store.attribute or "", store.value)

    def passing(self, name: str) -> Sequence[tuple[str, int]]:
        """(path, call index) of the calls that pass something that ends in ``name``."""
        return self._passing.get(name, ())

    def holders(self, name: str) -> Sequence[str]:
        """The names and attributes that hold what a call of ``name`` gave."""
        return sorted(self._holders.get(name, ()))

    def _hold(self, facts: FileFacts, holder: str, value: Expression | None) -> None:
        if holder and isinstance(value, CallReference):
            called = _last(facts.calls[value.index].function)
            self._holders.setdefault(called, set()).add(holder)


def _last(expression: Expression) -> str:
    if isinstance(expression, Attribute):
        return expression.name
    return expression.id if isinstance(expression, Name) else ""
