"""The linked files: facts by path, modules by name, calls and stores by what they name. Files are
loaded when a question leads to them, and only then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from migrate.facts.expressions import Attribute, Defined, Expression, Imported, Name
from migrate.facts.records import FileFacts, Scope
from migrate.program.flow import Flow
from migrate.program.modules import ModuleIndex
from migrate.program.values import Definition
from migrate.sources.place import Span

_MOST_FILES_FOR_A_NAME = 200


class Loader(Protocol):
    """Where facts come from."""

    def paths(self) -> tuple[str, ...]:
        """Every Python file of the program, loaded or not."""

    def facts(self, path: str) -> FileFacts | None:
        """The facts of one file; None where it cannot be read (its outcome is the loader's business)."""

    def mentioning(self, name: str, definer: str) -> tuple[str, ...]:
        """Files that hold the identifier ``name`` and may see what ``definer`` defines."""

    def together(self, one: str, other: str) -> bool:
        """Whether some file imports both, directly or not, or one of them imports the other."""


class Program:
    """All loaded files and their indexes. Grows as questions are asked; never shrinks."""

    def __init__(self, loader: Loader, vendor_names: frozenset[str]) -> None:
        self._loader = loader
        self.modules = ModuleIndex(loader.paths(), vendor_names)
        self._facts: dict[str, FileFacts | None] = {}
        self._flows: dict[str, Flow] = {}
        self._calls: dict[str, list[tuple[str, int]]] = {}
        self._own_calls: dict[tuple[str, str], list[int]] = {}
        self._stores: dict[str, list[tuple[str, int]]] = {}
        self._item_stores: dict[str, list[int]] = {}
        self._displays: dict[str, dict[Span, set[str]]] = {}
        self._heirs: dict[str, list[tuple[str, int]]] = {}
        self._aliases: dict[str, set[str]] = {}
        self._values: set[str] = set()
        self._searched: set[tuple[str, str]] = set()

    def load(self, path: str) -> FileFacts | None:
        """The facts of ``path``, indexed on first use."""
        if path not in self._facts:
            facts = self._loader.facts(path)
            self._facts[path] = facts
            if facts is not None:
                self._index(path, facts)
        return self._facts[path]

    def facts(self, path: str) -> FileFacts:
        """The facts of a file that is known to be loaded."""
        facts = self.load(path)
        assert facts is not None, path
        return facts

    def loaded(self) -> tuple[str, ...]:
        return tuple(path for path, facts in self._facts.items() if facts is not None)

    def flow(self, path: str) -> Flow:
        if path not in self._flows:
            self._flows[path] = Flow(self.facts(path))
        return self._flows[path]

    def scope(self, path: str, index: int) -> Scope:
        return self.facts(path).scopes[index]

    def is_class(self, definition: Definition) -> bool:
        return self.scope(definition.path, definition.scope).kind == "class"

    def calls_named(self, name: str, definer: str) -> tuple[tuple[str, int], ...]:
        """(path, call index) of every call whose function ends in ``name``, a name that ``definer``
        defines, in all files that may see it."""
        self._pull(name, definer)
        names = (name, *sorted(self._aliases.get(name, ())))
        return tuple(call for one in names for call in self._calls.get(one, ()))

    def calls_named_in(self, path: str, name: str) -> Sequence[int]:
        """The same in one loaded file."""
        return self._own_calls.get((path, name), ())

    def item_stores(self, path: str) -> Sequence[int]:
        """Store indexes of assignments to ``[key]`` in one loaded file."""
        return self._item_stores.get(path, ())

    def is_variable(self, name: str) -> bool:
        """Whether a loaded file binds ``name`` to, or stores under it, anything but a function it defines."""
        return name in self._values or name in self._stores

    def assigned_names(self, path: str, display: Span) -> frozenset[str]:
        """The names and attributes that the list or dict display at a span is assigned to."""
        if path not in self._displays:
            self._displays[path] = _displays(self.facts(path))
        return frozenset(self._displays[path].get(display, ()))

    def together(self, one: str, other: str) -> bool:
        """Whether two files can be part of one process: some file imports both, or one of them the other."""
        return self._loader.together(one, other)

    def stores_of(self, attribute: str) -> tuple[tuple[str, int], ...]:
        """(path, store index) of assignments to ``.attribute`` in loaded files."""
        return tuple(self._stores.get(attribute, ()))

    def extending(self, name: str) -> tuple[tuple[str, int], ...]:
        """(path, scope index) of every class in a loaded file with a base whose name ends in ``name``,
        or in another name for it."""
        names = (name, *sorted(self._aliases.get(name, ())))
        return tuple(dict.fromkeys(one for base in names for one in self._heirs.get(base, ())))

    def _pull(self, name: str, definer: str) -> None:
        if (name, definer) in self._searched:
            return
        self._searched.add((name, definer))
        found = self._loader.mentioning(name, definer)
        for path in found[:_MOST_FILES_FOR_A_NAME]:
            self.load(path)

    def _index(self, path: str, facts: FileFacts) -> None:
        for index, call in enumerate(facts.calls):
            name = last_name(call.function)
            self._calls.setdefault(name, []).append((path, index))
            self._own_calls.setdefault((path, name), []).append(index)
        for index, store in enumerate(facts.stores):
            if store.attribute is None:
                self._item_stores.setdefault(path, []).append(index)
            else:
                self._stores.setdefault(store.attribute, []).append((path, index))
        self._values.update(_variables(facts))
        for bound, expression in _bound_values(facts):
            original = _original_name(expression)
            if original and original != bound:
                self._aliases.setdefault(original, set()).add(bound)
        for index, scope in enumerate(facts.scopes):
            for base in scope.bases:
                self._heirs.setdefault(last_name(base), []).append((path, index))


def _displays(facts: FileFacts) -> dict[Span, set[str]]:
    """The names that each display of a file is assigned to."""
    found: dict[Span, set[str]] = {}
    for name, value in _bound_values(facts):
        found.setdefault(value.span, set()).add(name)
    for store in facts.stores:
        if store.attribute is not None:
            found.setdefault(store.value.span, set()).add(store.attribute)
    return found


def _variables(facts: FileFacts) -> Iterator[str]:
    """The names that are bound to something other than a function definition."""
    functions = {
        index
        for index, scope in enumerate(facts.scopes)
        if scope.kind == "function" and scope.name != "<lambda>"
    }
    for scope in facts.scopes:
        for name, bindings in scope.bindings.items():
            values = (one.value for one in bindings)
            if not all(isinstance(one, Defined) and one.scope in functions for one in values):
                yield name


def _bound_values(facts: FileFacts) -> Iterator[tuple[str, Expression]]:
    for scope in facts.scopes:
        for name, bindings in scope.bindings.items():
            for binding in bindings:
                if binding.value is not None:
                    yield name, binding.value


def _original_name(expression: Expression) -> str:
    """The name that an alias stands for: ``import x as y``, ``y = x``, ``y = module.x``."""
    if isinstance(expression, Imported):
        return expression.name or ""
    return last_name(expression)


def last_name(expression: Expression) -> str:
    """``create`` of ``client.chat.completions.create``; empty for what has no name."""
    if isinstance(expression, Attribute):
        return expression.name
    return expression.id if isinstance(expression, Name) else ""
