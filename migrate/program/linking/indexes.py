"""What stands where in the loaded files: calls, stores, heirs and other names, found by what they name.
Filled file by file; answers that depend on several files are kept until the next file comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from migrate.facts.expressions import Constant, Expression, Imported, Name, Scalar, class_name, last_name
from migrate.facts.records import FileFacts
from migrate.sources.place import Span

Numbered: TypeAlias = tuple[str, int]
"""The path of a file and the index of one of its calls, stores or scopes."""
Homes: TypeAlias = tuple[int | None, ...]

_RECEIVERS = frozenset({"self", "cls"})


class Indexes:
    """Of the files added so far; ``order`` counts them, ``packages`` holds the first names of the modules
    that each imports by their whole names."""

    def __init__(self) -> None:
        self.order: dict[str, int] = {}
        self.own_calls: dict[tuple[str, str], list[int]] = {}
        self.stores: dict[str, list[Numbered]] = {}
        self.own_stores: dict[tuple[str, str], list[int]] = {}
        self.outside_stores: dict[str, list[Numbered]] = {}
        self.item_stores: dict[str, list[int]] = {}
        self.keyed_stores: dict[Scalar, list[Numbered]] = {}
        self.homes: dict[str, Homes] = {}
        self.packages: dict[str, frozenset[str]] = {}
        self._calls: dict[str, list[Numbered]] = {}
        self._heirs: dict[str, list[Numbered]] = {}
        self._aliases: dict[str, set[str]] = {}
        self._called: dict[str, tuple[Numbered, ...]] = {}

    def add(self, path: str, facts: FileFacts) -> None:
        self.order[path] = len(self.order)
        self._called.clear()
        self.homes[path] = _homes(facts)
        self._add_calls(path, facts)
        self._add_stores(path, facts)
        packages: set[str] = set()
        for bound, expression in bound_values(facts):
            if type(expression) is Imported and not expression.level:
                packages.add(expression.module.partition(".")[0])
            original = _original_name(expression)
            if original and original != bound:
                self._aliases.setdefault(original, set()).add(bound)
        self.packages[path] = frozenset(packages)
        for index, scope in enumerate(facts.scopes):
            for base in scope.bases:
                self._heirs.setdefault(class_name(base), []).append((path, index))

    def calls(self, name: str) -> tuple[Numbered, ...]:
        """Every call whose function ends in ``name``, or in another name for it."""
        if name not in self._called:
            names = self.names(name)
            self._called[name] = tuple(call for one in names for call in self._calls.get(one, ()))
        return self._called[name]

    def calls_ending(self, name: str) -> Sequence[Numbered]:
        """Every call whose function ends in exactly ``name``."""
        return self._calls.get(name, ())

    def heirs(self, name: str) -> tuple[Numbered, ...]:
        """Every class with a base whose name ends in ``name``, or in another name for it."""
        return tuple(dict.fromkeys(one for base in self.names(name) for one in self._heirs.get(base, ())))

    def names(self, name: str) -> tuple[str, ...]:
        """``name`` and its aliases: ``y`` for ``import x as y``, ``y = x``, ``y = module.x``."""
        return (name, *sorted(self._aliases.get(name, ())))

    def _add_calls(self, path: str, facts: FileFacts) -> None:
        for index, call in enumerate(facts.calls):
            name = class_name(call.function)
            self._calls.setdefault(name, []).append((path, index))
            self.own_calls.setdefault((path, name), []).append(index)

    def _add_stores(self, path: str, facts: FileFacts) -> None:
        for index, store in enumerate(facts.stores):
            name = store.attribute
            if name is None:
                self.item_stores.setdefault(path, []).append(index)
                if isinstance(store.key, Constant):
                    self.keyed_stores.setdefault(store.key.value, []).append((path, index))
                continue
            self.stores.setdefault(name, []).append((path, index))
            self.own_stores.setdefault((path, name), []).append(index)
            # ``self = cls()`` in a class method is no receiver: it is what the method makes.
            made = isinstance(store.base, Name) and store.base.id in facts.scopes[store.scope].bindings
            if made or not (isinstance(store.base, Name) and store.base.id in _RECEIVERS):
                self.outside_stores.setdefault(name, []).append((path, index))


def _homes(facts: FileFacts) -> Homes:
    """For each scope, the class in whose method it stands, however deep."""
    found: list[int | None] = []
    for scope in facts.scopes:
        parent = scope.parent
        in_class = parent >= 0 and facts.scopes[parent].kind == "class"
        above = found[parent] if parent >= 0 else None
        found.append(parent if scope.kind == "function" and in_class else above)
    return tuple(found)


def displays(facts: FileFacts) -> dict[Span, set[str]]:
    """The names that each display of a file is assigned to."""
    found: dict[Span, set[str]] = {}
    for name, value in bound_values(facts):
        found.setdefault(value.span, set()).add(name)
    for store in facts.stores:
        if store.attribute is not None:
            found.setdefault(store.value.span, set()).add(store.attribute)
    return found


def bound_values(facts: FileFacts) -> Iterator[tuple[str, Expression]]:
    for scope in facts.scopes:
        for name, bindings in scope.bindings.items():
            for binding in bindings:
                if binding.value is not None:
                    yield name, binding.value


def _original_name(expression: Expression) -> str:
    """The name that an alias stands for: ``import x as y``, ``y = x``, ``y = module.x``."""
    if type(expression) is Imported:
        return expression.name or ""
    return last_name(expression)
