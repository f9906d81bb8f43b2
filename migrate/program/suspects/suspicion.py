"""The names whose being suspect makes an expression of one file so; see suspects.py."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Hashable, Iterable, Set
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
from migrate.program.suspects.keys import IMPORTING, RECEIVERS
from migrate.program.suspects.offered import Offered
from migrate.program.suspects.reaching import Reaching
from migrate.program.suspects.spreading import (
    ALWAYS,
    CALLABLE,
    Sources,
    exported,
    given_back,
    result_of,
)

_UNTOLD = IMPORTING | {"super"}
_THROUGH = frozenset({"get", "pop", "items", "values", "copy", "setdefault", "__enter__", "__aenter__"})
_HANDING_ON = frozenset({"get", "pop", "setdefault", "getattr", "partial", "partialmethod"})
_OF_CLASSES = frozenset({"type", "Type", "Callable"})
_BUILTINS = frozenset(vars(builtins))
_ENTERED = (result_of("__enter__"), result_of("__aenter__"))


_NEVER_CALLED = frozenset({Constant, Text, Opaque})
_NOWHERE: Sources = ((), (), ())


class Suspicion(Offered):
    """One file: what each of its names and expressions owes being suspect to."""

    def __init__(
        self, path: str, facts: FileFacts, reaching: Reaching, inside: Callable[[str, str], bool]
    ) -> None:
        super().__init__(path, facts, reaching, inside)
        self._starred = any(not level and self.reaches(module) for module, level in facts.star_imports)
        self._handing = _HANDING_ON | reaching.handing_on | set(self.renamed(reaching.handing_on))

    def sources(self, expression: Expression, scope: int, note: bool = False) -> Sources:
        """What an expression owes being suspect to, or what it promises as an annotation, a ``note``."""
        # Asked of every argument and binding of the program: the exact type tells faster than isinstance.
        if type(expression) is Constant:
            return _NOWHERE
        if type(expression) is Name and not note:
            return (self._named(expression.id, scope), (), ())
        alike: list[Hashable] = []
        objects: list[Hashable] = []
        methods: list[Hashable] = []
        waiting = [(expression, objects if note else alike)]
        while waiting:
            one, keys = waiting.pop()
            if type(one) is Name:
                keys += self._named(one.id, scope)
            elif type(one) is Attribute:
                keys += (one.name, result_of(one.name))  # of a property
                if self.may_be_module(one.base, scope):
                    keys.append(exported(one.name))
                if one.name in self.reaching.parts:
                    below = methods if self._is_called(one) else objects
                    waiting.append((one.base, below if keys is alike else keys))
            elif type(one) is CallReference:
                parts = (objects, methods) if keys is alike else (keys, keys)
                self._of_call(self.facts.calls[one.index], keys, parts, waiting)
            elif type(one) is Imported:
                keys += self.imported(one)
            elif type(one) is Subscript:
                of_class = note and last_name(one.base) in _OF_CLASSES
                inner = (one.base, one.index) if note else (one.base,)
                waiting += ((part, alike if of_class else keys) for part in inner)
            else:
                waiting += ((part, keys) for part in _PARTS[type(one)](one))
                if type(one) is Entered:
                    keys += _ENTERED
        return (alike, objects, methods)

    def may_be_called(self, expression: Expression, names: Set[Hashable]) -> bool:
        """Whether an expression needs to be looked into to tell whether it is one of the ``names`` of what
        may be called, or a method of a package: most are not, by the last name in them."""
        if type(expression) is Name:
            return self._starred or expression.id in names
        if type(expression) is Attribute:
            return expression.name in names or expression.name in self.calls.names
        return type(expression) not in _NEVER_CALLED

    def _is_called(self, one: Attribute) -> bool:
        """Whether ``x.name`` is named like a method, function or class of one of the packages."""
        if one.name not in self.calls.names:
            return False
        imported = self.whole(one)
        if imported is not None:
            return imported in self.calls.symbols
        base = one.base
        while isinstance(base, Attribute) and base.name in self.reaching.through:
            base = base.base
        above = last_name(base)
        if f"{above}.{one.name}" in self.calls.ends:
            return True
        return one.name in self.calls.verbs and above not in RECEIVERS

    def _named(self, name: str, scope: int) -> list[Hashable]:
        key = self.key(name, scope)
        if key == exported(name):
            if self._starred:
                return [CALLABLE]
            if name in _BUILTINS and not self.facts.star_imports:
                return []
        return [key]

    def _of_call(
        self,
        call: Call,
        keys: list[Hashable],
        parts: tuple[list[Hashable], list[Hashable]],
        waiting: list[tuple[Expression, list[Hashable]]],
    ) -> None:
        """Adds what the result of a call owes being suspect to: to the first of the ``parts`` what it is made
        from, to the second what it is a method of."""
        objects, methods = parts
        function = call.function
        called = last_name(function)
        if called in _UNTOLD:
            keys.append(ALWAYS)
        elif called:
            keys.append(result_of(called))
        if not called or is_class_name(called) or called in self.reaching.makers:
            waiting.append((function, objects))
        if not called or called in self._handing:
            waiting += ((one.value, keys) for one in call.arguments)
            keys += (result_of(last_name(one.value)) for one in call.arguments)  # of a factory
        if isinstance(function, Attribute) and (called in _THROUGH or called in self.reaching.through):
            waiting.append((function.base, keys if called in _THROUGH else objects))
        if isinstance(function, CallReference):
            keys.append(given_back(last_name(self.facts.calls[function.index].function)))
        if called == "getattr" and len(call.arguments) > 1:
            holder, name = (one.value for one in call.arguments[:2])
            if isinstance(name, Constant):
                told = name.value in self.calls.verbs or name.value in self.calls.classes
                keys += (name.value, exported(str(name.value)))
                if told:
                    keys.append(CALLABLE)
            elif last_name(holder).lower().endswith(self.calls.holders):
                waiting.append((holder, methods))  # any of its methods


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
