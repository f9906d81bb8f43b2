"""What of a file makes what else suspect: assignments, parameters, results and calls; see suspects.py."""

from __future__ import annotations

import builtins
from collections.abc import Hashable, Iterator, Sequence

from migrate.facts.expressions import (
    Attribute,
    Constant,
    Defined,
    Expression,
    Name,
    Opaque,
    Text,
    last_name,
)
from migrate.facts.records import Argument, Call, Scope
from migrate.program.functions.decorating import UNALTERING
from migrate.program.suspects.aliases import EACH, POSITIONS, Aliases
from migrate.program.suspects.spreading import (
    Spreading,
    exported,
    given_back,
    handed_to,
    keyword,
    receiver_of,
    result_of,
    stored,
)
from migrate.program.suspects.suspicion import Suspicion
from migrate.sources.testfiles import is_test

_CONSTRUCTORS = ("__init__", "__new__")
_OF_DICTS = frozenset(dir(dict)) | frozenset(dir(str))
_RUN_NOTHING = frozenset(vars(builtins)) - {"map", "filter"} | {"cast"}
_FILLING = frozenset({"append", "add", "insert", "extend", "update", "setdefault", "put", "register", "set"})


_SILENT = frozenset({type(None), Constant, Text, Opaque})  # most there is; it stands for nothing else


class Leads:
    """Those of one file, joined to a Spreading; other names of what is among ``running`` are added to it."""

    def __init__(self, here: Suspicion, spreading: Spreading, running: set[str]) -> None:
        self._here = here
        self._aliases = Aliases(here, spreading, running)
        self._join = spreading.join
        self._join_object = spreading.join_object
        self._join_all = spreading.join_all

    def add(self) -> None:
        facts = self._here.facts
        for index, scope in enumerate(facts.scopes):
            self._add_bindings(index, scope)
            if scope.kind == "class":
                self._add_class(scope)
            elif scope.kind == "function":
                self._add_function(index, scope)
        for store in facts.stores:
            target = store.attribute or self._here.target(store.base, store.scope)
            if store.annotation is not None:
                self._lead(store.scope, store.annotation, target, True)
            if type(store.value) in _SILENT:
                continue
            self._lead(store.scope, store.value, target)
            self._aliases.add(store.value, store.attribute or "")
            if isinstance(store.base, Name):  # it may be a module
                self._lead(store.scope, store.value, stored(store.attribute or ""))
                if self._here.may_be_module(store.base, store.scope):
                    self._lead(store.scope, store.value, exported(store.attribute or ""))
            if isinstance(store.key, Constant):
                self._lead(store.scope, store.value, store.key.value)
        for call in facts.calls:
            self._add_call(call)

    def _add_bindings(self, index: int, scope: Scope) -> None:
        for name, bindings in scope.bindings.items():
            key = self._here.key(name, index)
            if not index:
                self._join(key, exported(name))
                self._join(stored(name), key)
            for one in bindings:
                if type(one.value) not in _SILENT:
                    self._lead(one.scope, one.value, key)
                    self._aliases.add(one.value, name)
                if one.annotation is not None:
                    self._lead(one.scope, one.annotation, key, True)

    def _add_class(self, scope: Scope) -> None:
        """What makes a class suspect makes its instances so, and ``self`` in what it extends."""
        key = self._here.key(scope.name, scope.parent)
        for base in scope.bases:
            self._lead(scope.parent, base, key)
        self._join(key, scope.name)
        for name in filter(None, map(last_name, scope.bases)):
            self._join_object(key, receiver_of(name))
            self._join(receiver_of(scope.name), receiver_of(name))
            self._aliases.join_calls(scope.name, name)
        fields = [name for name, rows in scope.bindings.items() if not isinstance(rows[0].value, Defined)]
        for position, name in enumerate(fields):
            self._join_parameter(scope.name, (position,), name)

    def _add_function(self, index: int, scope: Scope) -> None:
        owner = self._here.facts.scopes[scope.parent]
        decorators = [self._here.called(one) for one in scope.decorators]
        method = owner.kind == "class" and "staticmethod" not in decorators
        names = [scope.name, *([owner.name] if method and scope.name in _CONSTRUCTORS else [])]
        for place, parameter in enumerate(scope.parameters):
            target = self._here.key(parameter.name, index)
            if type(parameter.default) not in _SILENT:
                self._lead(scope.parent, parameter.default, target)
            if parameter.annotation is not None:
                self._lead(scope.parent, parameter.annotation, target, True)
            if method and not place:
                self._join_object(self._here.key(owner.name, owner.parent), target)
                self._join(receiver_of(owner.name), target)
                continue
            self._join(keyword(parameter.name), target)
            for name in names:
                self._join_parameter(name, (place - method,), target, parameter.kind in ("*", "**"))
            for one in decorators:
                self._join(handed_to(one), target)
            if is_test(self._here.path):  # pytest passes what a fixture of that name gives
                self._join(result_of(parameter.name), target)
        for _, value in (*scope.returns, *scope.yields):
            self._lead(index, value, result_of(scope.name))
            if isinstance(value, (Name, Defined)):
                inner = value.id if isinstance(value, Name) else self._here.facts.scopes[value.scope].name
                self._join(result_of(inner), given_back(scope.name))
        for one in decorators:
            self._join(given_back(one), result_of(scope.name))
            if owner.kind == "class" and one not in UNALTERING:  # it may be a property
                self._join(result_of(scope.name), scope.name)
        self._lead(scope.parent, scope.annotation, result_of(scope.name), True)

    def _join_parameter(
        self, function: str, positions: Sequence[int], target: Hashable, several: bool = False
    ) -> None:
        self._join((function, EACH), target)
        for one in POSITIONS if several else positions:
            self._join((function, one), target)

    def _add_call(self, call: Call) -> None:
        called = last_name(call.function)
        if called == "cls":
            called = self._here.class_around(call.scope) or called
        first = last_name(call.arguments[0].value) if call.arguments else ""
        unbound = first in ("self", "cls") and isinstance(call.arguments[0].value, Name)
        if called in _RUN_NOTHING or (first and self._here.is_plain(call.arguments[0].value, call.scope)):
            first = ""
        stars = False
        for position, one in enumerate(call.arguments, -1 if unbound else 0):
            stars = stars or one.stars > 0
            if type(one.value) in _SILENT:
                continue
            handed = last_name(one.value)
            if handed:
                self._join(handed_to(called), (handed, EACH))
            sources = self._here.sources(one.value, call.scope)
            if any(sources):
                for target in self._taking(call, (called, first), one, EACH if stars else position):
                    self._join_all(sources, target)

    def _taking(
        self, call: Call, names: tuple[str, str], one: Argument, position: int | str
    ) -> Iterator[Hashable]:
        """What an argument of a call makes suspect, if it is."""
        called, first = names
        if one.name is not None:
            yield keyword(one.name)
            yield one.name  # a field
        elif called not in _OF_DICTS or isinstance(call.function, Name):
            yield (called, position if position in POSITIONS else EACH)
        if first and position != 0:  # ``partial(first, ...)`` and its like
            yield (first, EACH)
        if isinstance(call.function, Name) and (taker := self._here.taker(called, call.scope)):
            yield handed_to(taker)
        if called in _FILLING and isinstance(call.function, Attribute):
            yield self._here.target(call.function.base, call.scope)

    def _lead(self, scope: int, value: Expression | None, target: Hashable, note: bool = False) -> None:
        if value is not None:
            self._join_all(self._here.sources(value, scope, note), target)
