"""The names whose being suspect makes an expression of one file so; see suspects.py."""

from __future__ import annotations

import builtins
import collections.abc
from collections.abc import Callable, Hashable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Choice,
    Constant,
    Defined,
    Element,
    Entered,
    Expression,
    Imported,
    Mapping,
    Name,
    Narrowed,
    Opaque,
    Operation,
    Repeated,
    Sequence,
    Subscript,
    Text,
    last_name,
)
from migrate.facts.records import Call, FileFacts
from migrate.program.solving.combining import is_class_name
from migrate.program.suspects.reaching import Reaching
from migrate.program.suspects.spreading import ALWAYS, given_back, result_of

_UNTOLD = frozenset({"import_module", "__import__", "super"})
_THROUGH = frozenset({"get", "pop", "items", "values", "copy", "setdefault", "__enter__", "__aenter__"})
_HANDING_ON = frozenset({"get", "pop", "setdefault", "getattr", "partial", "partialmethod"})
_BUILTINS = frozenset(vars(builtins))
_ENTERED = (result_of("__enter__"), result_of("__aenter__"))


class Suspicion:
    """One file: what each of its names and expressions owes being suspect to."""

    def __init__(
        self, path: str, facts: FileFacts, reaching: Reaching, inside: Callable[[str, str], bool]
    ) -> None:
        self.path = path
        self.facts = facts
        self._reaching = reaching
        self._inside = inside
        self._known: list[frozenset[str] | set[str]] = []
        for scope in facts.scopes:
            own = scope.bindings.keys() | {one.name for one in scope.parameters}
            self._known.append(own if scope.kind != "module" else frozenset())
        self._starred = any(not level and self._reaches(module) for module, level in facts.star_imports)
        self._handing = _HANDING_ON | reaching.handing_on | set(self._renamed())

    def _renamed(self) -> Iterator[str]:
        """Other names that the file gives to functions that give back what they are given."""
        for scope in self.facts.scopes:
            for name, bindings in scope.bindings.items():
                for one in bindings:
                    if isinstance(one.value, Imported) and one.value.name in self._reaching.handing_on:
                        yield name

    def key(self, name: str, scope: int) -> Hashable:
        """What a name is told apart by where it stands; those of classes, and those that the file does not
        bind, by themselves."""
        here = scope
        while here > 0:
            if name in self._known[here]:
                if self.facts.scopes[here].kind == "function":
                    return (self.path, here, name)
                if here == scope:
                    return name
            here = self.facts.scopes[here].parent
        return (self.path, 0, name) if name in self.facts.scopes[0].bindings else name

    def target(self, expression: Expression, scope: int) -> Hashable:
        """The key of a name or attribute that something is put into; empty for anything else."""
        if isinstance(expression, Name):
            return self.key(expression.id, scope)
        return last_name(expression)

    def called(self, expression: Expression) -> str:
        """The last name of what an expression calls, or is."""
        if isinstance(expression, CallReference):
            return last_name(self.facts.calls[expression.index].function)
        return last_name(expression)

    def taker(self, name: str, scope: int) -> str:
        """The function around a scope that has a parameter of that name; empty where there is none."""
        while scope > 0:
            here = self.facts.scopes[scope]
            if name in self._known[scope] and here.kind == "function":
                return here.name if any(one.name == name for one in here.parameters) else ""
            scope = here.parent
        return ""

    def class_around(self, scope: int) -> str:
        """The name of the class in whose method a scope stands."""
        while scope > 0 and self.facts.scopes[scope].kind != "class":
            scope = self.facts.scopes[scope].parent
        return self.facts.scopes[scope].name if scope > 0 else ""

    def sources(
        self, expression: Expression, scope: int, note: bool = False
    ) -> collections.abc.Sequence[Hashable]:
        """The keys of which one has to be suspect for the expression to be, or what the annotation that it
        is, a ``note``, promises."""
        # Asked of every argument and binding of the program: the exact type tells faster than isinstance.
        if type(expression) is Constant:
            return ()
        if type(expression) is Name:
            return self._named(expression.id, scope)
        found: list[Hashable] = []
        waiting = [expression]
        while waiting:
            one = waiting.pop()
            if type(one) is Name:
                found += self._named(one.id, scope)
            elif type(one) is Attribute:
                found += (one.name, result_of(one.name))  # of a property
                if one.name in self._reaching.parts:
                    waiting.append(one.base)
            elif type(one) is CallReference:
                self._of_call(self.facts.calls[one.index], found, waiting)
            elif type(one) is Imported:
                found += self._imported(one)
            elif type(one) is Subscript:
                waiting += (one.base, one.index) if note else (one.base,)
            else:
                waiting += _PARTS[type(one)](one)
                if type(one) is Entered:
                    found += _ENTERED
        return found

    def _named(self, name: str, scope: int) -> list[Hashable]:
        key = self.key(name, scope)
        if key == name and self._starred:
            return [ALWAYS]
        foreign = key == name and name in _BUILTINS and not self.facts.star_imports
        return [] if foreign else [key]

    def _imported(self, one: Imported) -> list[Hashable]:
        if not one.level and self._reaches(one.module):
            whole = f"{one.module}.{one.name}" if one.name else one.module
            return [ALWAYS] if whole in self._reaching.symbols else []
        return [one.name] if one.name else []

    def _reaches(self, module: str) -> bool:
        package = module.partition(".")[0]
        return package in self._reaching.packages and not self._inside(module, self.path)

    def _of_call(self, call: Call, found: list[Hashable], waiting: list[Expression]) -> None:
        """What the result of a call owes being suspect to."""
        function = call.function
        called = last_name(function)
        if called in _UNTOLD:
            found.append(ALWAYS)
        elif called:
            found.append(result_of(called))
        if not called or is_class_name(called) or called in self._reaching.makers:
            waiting.append(function)
        if not called or called in self._handing:
            waiting += [one.value for one in call.arguments]
            found += [result_of(last_name(one.value)) for one in call.arguments]  # of a factory
        if isinstance(function, Attribute) and (called in _THROUGH or called in self._reaching.through):
            waiting.append(function.base)
        if isinstance(function, CallReference):
            found.append(given_back(last_name(self.facts.calls[function.index].function)))
        if called == "getattr" and len(call.arguments) > 1 and isinstance(call.arguments[1].value, Constant):
            found.append(call.arguments[1].value.value)


_PARTS: dict[type[Expression], Callable[[Any], Iterable[Expression]]] = {
    Constant: lambda _: (),
    Defined: lambda _: (),
    Opaque: lambda _: (),
    Text: lambda _: (),
    Choice: attrgetter("options"),
    Sequence: attrgetter("items"),
    Mapping: lambda one: [value for _, value in one.entries],
    Operation: lambda one: (one.left, one.right),
    Repeated: lambda one: (one.item,),
    Element: lambda one: (one.of,),
    Entered: lambda one: (one.of,),
    Narrowed: lambda one: (one.of,),
}
