"""Which names may stand for something of a package that reaches a model: asked before any value is followed.
It knows names only, wherever they stand, and errs towards yes: where ``x = OpenAI()`` stands, every ``x`` and
``.x`` is suspect, and so is whatever is assigned, returned or passed from one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Choice,
    Defined,
    Element,
    Entered,
    Expression,
    Imported,
    Mapping,
    Name,
    Operation,
    Repeated,
    Sequence,
    Subscript,
    last_name,
)
from migrate.facts.records import Call, FileFacts, Scope

_ALWAYS = ""
_RESULT = "()"
_PARAMETERS = "(*)"
_UNTOLD = frozenset({"import_module", "__import__", "super"})
_FILLING = frozenset({"append", "add", "insert", "extend", "update", "setdefault", "put", "register"})


class Suspects:
    """Of the files added so far. ``packages`` are those that reach a model, ``through`` methods that give
    back what they are called on; ``inside`` says of a module and the file that imports it whether it is one
    of the program's own, which may bear the name of a package."""

    def __init__(
        self, packages: frozenset[str], through: frozenset[str], inside: Callable[[str, str], bool]
    ) -> None:
        self._packages = packages
        self._inside = inside
        self._path = ""
        self._through = through | {"get", "pop", "items", "values", "copy", "__enter__", "__aenter__"}
        self._suspect = {_ALWAYS}
        self._leads: dict[str, set[str]] = {}
        self._starred: set[int] = set()

    def may_be(self, facts: FileFacts, expression: Expression) -> bool:
        """Whether an expression may stand for something of one of the packages."""
        return not self._suspect.isdisjoint(self._sources(facts, expression))

    def named(self, name: str) -> bool:
        """Whether a variable, attribute or class of that name may."""
        return name in self._suspect

    def add(self, path: str, facts: FileFacts) -> None:
        self._path = path
        if any(not level and self._reaches(module) for module, level in facts.star_imports):
            self._starred.add(id(facts))
        for scope in facts.scopes:
            self._add_scope(facts, scope)
        for store in facts.stores:
            target = store.attribute or last_name(store.base)
            self._lead(facts, (store.value, store.annotation), target)
            self._alias(facts, store.value, target)
        for call in facts.calls:
            self._add_call(facts, call)

    def _add_scope(self, facts: FileFacts, scope: Scope) -> None:
        for name, bindings in scope.bindings.items():
            for one in bindings:
                self._lead(facts, (one.value, one.annotation), name)
                self._alias(facts, one.value, name)
            if scope.kind == "class":
                self._join(f"{scope.name}{_PARAMETERS}", name)
        owner = facts.scopes[scope.parent] if scope.parent >= 0 else scope
        for parameter in scope.parameters:
            self._lead(facts, (parameter.default, parameter.annotation), parameter.name)
            self._join(f"{scope.name}{_PARAMETERS}", parameter.name)
            if owner.kind == "class" and scope.name in ("__init__", "__new__"):
                self._join(f"{owner.name}{_PARAMETERS}", parameter.name)
        self._lead(facts, scope.bases, scope.name)
        for _, value in (*scope.returns, *scope.yields):
            self._lead(facts, (value,), f"{scope.name}{_RESULT}")

    def _alias(self, facts: FileFacts, value: Expression | None, name: str) -> None:
        """``name`` is another name for a function, or the name of a lambda."""
        original = last_name(value) if value is not None else ""
        if isinstance(value, Imported):
            original = value.name or ""
        if isinstance(value, Defined):
            original = facts.scopes[value.scope].name
        if original and original != name:
            self._join(f"{name}{_PARAMETERS}", f"{original}{_PARAMETERS}")
            self._join(f"{original}{_RESULT}", f"{name}{_RESULT}")

    def _add_call(self, facts: FileFacts, call: Call) -> None:
        called = last_name(call.function)
        first = last_name(call.arguments[0].value) if call.arguments else ""
        for position, one in enumerate(call.arguments):
            for source in self._sources(facts, one.value):
                if one.name is not None:
                    self._join(source, one.name)
                else:
                    self._join(source, f"{called}{_PARAMETERS}")
                if position and first:  # ``partial(first, ...)`` and its like
                    self._join(source, f"{first}{_PARAMETERS}")
                if called in _FILLING and isinstance(call.function, Attribute):
                    self._join(source, last_name(call.function.base))

    def _lead(self, facts: FileFacts, values: Iterable[Expression | None], name: str) -> None:
        for value in values:
            if value is not None:
                for source in self._sources(facts, value):
                    self._join(source, name)

    def _join(self, source: str, target: str) -> None:
        """What makes ``source`` suspect makes ``target`` so."""
        if not target or source == target:
            return
        if source not in self._suspect:
            self._leads.setdefault(source, set()).add(target)
            return
        queue = [target]
        for one in queue:
            if one not in self._suspect:
                self._suspect.add(one)
                queue += self._leads.pop(one, ())

    def _sources(self, facts: FileFacts, expression: Expression) -> Iterator[str]:
        """The names whose being suspect makes the expression so."""
        waiting = [expression]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Name):
                yield one.id
                if id(facts) in self._starred and one.id not in facts.scopes[0].bindings:
                    yield _ALWAYS
            elif isinstance(one, Attribute):
                yield one.name
                yield f"{one.name}{_RESULT}"  # of a property
                waiting.append(one.base)
            elif isinstance(one, CallReference):
                call = facts.calls[one.index]
                yield self._result(call)
                waiting += self._given_back(call)
            elif isinstance(one, Imported):
                reaches = not one.level and self._reaches(one.module)
                yield _ALWAYS if reaches else one.name or one.module.rpartition(".")[2]
            else:
                waiting += _parts(one)

    def _reaches(self, module: str) -> bool:
        package = module.partition(".")[0]
        return package in self._packages and not self._inside(module, self._path)

    def _result(self, call: Call) -> str:
        called = last_name(call.function)
        return _ALWAYS if called in _UNTOLD else f"{called}{_RESULT}"

    def _given_back(self, call: Call) -> list[Expression]:
        """The parts of a call that what it gives may be or hold."""
        function = call.function
        called = last_name(function)
        if called.lstrip("_")[:1].isupper():
            return [function]
        kept = [one.value for one in call.arguments]
        if not called:
            kept.append(function)
        if isinstance(function, Attribute) and called in self._through:
            kept.append(function.base)
        return kept


def _parts(one: Expression) -> tuple[Expression, ...]:
    if isinstance(one, Subscript):
        return (one.base, one.index)
    if isinstance(one, (Element, Entered)):
        return (one.of,)
    if isinstance(one, Choice):
        return one.options
    if isinstance(one, Sequence):
        return one.items
    if isinstance(one, Mapping):
        return tuple(value for _, value in one.entries)
    if isinstance(one, Operation):
        return (one.left, one.right)
    return (one.item,) if isinstance(one, Repeated) else ()
