"""What the catalog knows of a called option: a client class, a method of the SDK, or nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.sdk import Sdk, SdkMethod
from migrate.catalog.sdk_legacy import LegacyMethod
from migrate.facts.expressions import Attribute, Expression, Name
from migrate.facts.records import Call
from migrate.program.classes.classes import ancestry, external_base
from migrate.program.solving.combining import is_class_name
from migrate.program.solving.values import (
    Applied,
    Definition,
    External,
    LiteralOption,
    Located,
    Made,
    Member,
    Option,
    Value,
)
from migrate.program.suspects.reaching import OF_BUILTINS

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


class Match(msgspec.Struct, frozen=True):
    """What a called option turned out to be. ``method`` is None for a client class, ``made`` for what is
    called on the module; ``partial`` holds the arguments that were passed early."""

    symbol: str
    method: SdkMethod | LegacyMethod | None
    made: Made | None
    partial: Applied | None = None
    constructor: str = ""


class Matcher:
    """Compares called options with the catalog."""

    def __init__(self, evaluator: Evaluator, sdk: Sdk) -> None:
        self._evaluator = evaluator
        self._sdk = sdk
        self._classes = frozenset(symbol.rpartition(".")[2] for symbol in sdk.clients)
        self._ends = frozenset(".".join(path.split(".")[-2:]) for path in (*sdk.legacy, *sdk.methods))
        legacy = [path for path, method in sdk.legacy.items() if method.model]
        modern = [path for path, method in sdk.methods.items() if method.model]
        self._requests = frozenset(path.rpartition(".")[2] for path in (*legacy, *modern))
        self._last = frozenset(end.rpartition(".")[2] for end in self._ends)
        self._own = self._requests | self._last | sdk.copies  # though builtins have some of them too
        self.names = self._requests | self._last | self._classes

    def possible(self, at: Located, call: Call | None = None) -> bool:
        """Whether a ``call`` of ``at``, any where that is not given, is worth evaluating: the cheap question
        first."""
        function = at.expression
        suspects = self._evaluator.program.suspects
        if isinstance(function, Name) and function.id in self._requests:
            return suspects.may_be(at.path, at.scope, function)
        if not isinstance(function, Attribute):
            return suspects.may_call(at.path, at.scope, function)
        if function.name in OF_BUILTINS and function.name not in self._own:
            return False
        if function.name in self._classes or suspects.called(function.name):
            return True
        if self._ends_known(function) or self.is_wrapped(function):
            return True
        asks = function.name in self._requests and (call is None or _can_ask(function.name, call))
        return asks and suspects.may_hold(at.path, at.scope, function.base)

    def is_wrapped(self, function: Attribute) -> bool:
        """Whether a method is called through a wrapper of the SDK: ``with_raw_response.create``."""
        base = function.base
        return isinstance(base, Attribute) and base.name in self._sdk.wrappers

    def shaped(self, function: Expression) -> bool:
        """Whether a call of ``function`` is written like one of the SDK's, whoever it is called on."""
        if not isinstance(function, Attribute):
            return isinstance(function, Name) and is_class_name(function.id)
        return function.name in self._classes or self._ends_known(function)

    def looks_known(self, at: Located) -> bool:
        """Whether ``at`` is written like a client class or a method of the SDK, and may be one."""
        return self.shaped(at.expression) and self.possible(at)

    def _ends_known(self, function: Attribute) -> bool:
        """Whether the last two names are those of a method of the SDK: ``completions.create``."""
        if function.name not in self._last:
            return False
        base = function.base
        while isinstance(base, Attribute) and base.name in self._sdk.wrappers:
            base = base.base
        return isinstance(base, Attribute) and f"{base.name}.{function.name}" in self._ends

    def match(self, option: Option) -> Match | None:
        """What the catalog knows of a called option; None where it is nothing of the SDK."""
        if isinstance(option, Applied):
            inner = self.match(option.function)
            return msgspec.structs.replace(inner, partial=option) if inner else None
        if isinstance(option, External):
            return self._match_symbol(option.symbol)
        if isinstance(option, Definition):
            return self._match_subclass(option)
        if isinstance(option, Member) and option.owner.symbol in self._sdk.clients:
            method = self._sdk.method(option.path)
            if method is not None:
                return Match(f"{option.owner.symbol}.{option.path}", method, option.owner)
        return None

    def _match_symbol(self, symbol: str) -> Match | None:
        if symbol in self._sdk.clients:
            return Match(symbol, None, None)
        if symbol in self._sdk.legacy:
            return Match(symbol, self._sdk.legacy[symbol], None)
        module, _, path = symbol.partition(".")
        if module in self._sdk.modules and path.partition(".")[0] in self._sdk.module_client_paths:
            method = self._sdk.method(path)
            return Match(symbol, method, None) if method is not None else None
        return None

    def _match_subclass(self, option: Definition) -> Match | None:
        if not self._evaluator.program.is_class(option):
            return None
        base = external_base(self._evaluator, option.path, option.scope)
        if base is None:
            return None
        family = ancestry(self._evaluator, option.path, option.scope)
        own = (self._evaluator.program.scope(one.path, one.scope) for one in family)
        constructor = next((f"{one.qualname}.__init__" for one in own if "__init__" in one.bindings), "")
        return Match(base, None, None, None, constructor)


def _can_ask(name: str, call: Call) -> bool:
    """Whether a call passes what a request needs: anything, and more than ``kwargs.update(others)`` where a
    method of a builtin bears the same name."""
    if name not in OF_BUILTINS:
        return bool(call.arguments)
    return any(one.stars or one.name is not None for one in call.arguments)


def may_ask_another(called: Value, matches: list[Match]) -> bool:
    """Whether the same method of another vendor's client can be called instead."""
    paths = {match.method.path for match in matches if isinstance(match.method, SdkMethod)}
    asked = {match.made.symbol for match in matches if match.made is not None}
    members = [one for one in called.options if isinstance(one, Member)]
    return any(one.path in paths and one.owner.symbol not in asked for one in members)


def mixed(called: Value, matches: list[Match]) -> str:
    """Why a call is no request alone; empty where all that it can run is of one kind."""
    nothing = sum(isinstance(one, LiteralOption) and one.value is None for one in called.options)
    kinds = {match.method.kind if match.method is not None else "" for match in matches}
    if len(matches) + nothing < len(called.options) or len(kinds) > 1:
        return "other functions are called here too"
    return ""
