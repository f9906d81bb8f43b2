"""What the catalog knows of a called option: a client class, a method of the SDK, or nothing of it.

Also the calls that only look like a request, from a receiver that nothing is known of.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.sdk import Sdk, SdkMethod
from migrate.catalog.sdk_legacy import LegacyMethod
from migrate.facts.expressions import Attribute, Expression, Name
from migrate.facts.imports import imports
from migrate.program.classes.classes import ancestry, external_base
from migrate.program.solving.budget import TOO_FAR
from migrate.program.solving.combining import is_class_name
from migrate.program.solving.values import (
    Applied,
    Definition,
    Environment,
    External,
    LiteralOption,
    Located,
    Made,
    Member,
    Option,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


# ``append``, ``get`` ...: a method of the SDK that is kept under such a name is not looked for.
_OF_BUILTINS = frozenset(
    name for kind in (str, bytes, dict, list, set, tuple, int) for name in vars(kind) if name[0] != "_"
)


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
        self._names = self._requests | {end.rpartition(".")[2] for end in self._ends} | sdk.copies
        self._shapes = frozenset(path for path, method in sdk.methods.items() if method.model and "." in path)

    def possible(self, at: Located) -> bool:
        """Whether a call of ``at`` is worth evaluating: the cheap question first."""
        function = at.expression
        suspects = self._evaluator.program.suspects
        if not isinstance(function, Attribute):
            return suspects.may_be(at.path, at.scope, function)
        if function.name in _OF_BUILTINS and function.name not in self._names:
            return False
        if function.name in self._classes or suspects.named(function.name):
            return True
        base = function.base
        if isinstance(base, Attribute):
            known = self._ends_known(function) or base.name in self._sdk.wrappers
            return known or (function.name in self._requests and suspects.may_hold(at.path, at.scope, base))
        return function.name in self._requests and suspects.may_hold(at.path, at.scope, base)

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

    def likely(self, at: Located, function: Expression) -> Match | None:
        """A call with the exact shape of a request, on a receiver of which nothing is known."""
        steps: list[str] = []
        found: Match | None = None
        here = function
        while isinstance(here, Attribute):
            if here.name not in self._sdk.wrappers:
                steps.insert(0, here.name)
            here = here.base
            path = ".".join(steps)
            method = self._sdk.method(path) if path.count(".") else None
            if method is not None:
                # The longest shape decides: ``completions.create`` below a known ``x.chat`` is known.
                unknown = self._may_be_client(at.other(here), path in self._shapes)
                found = Match(f"openai.OpenAI.{path}", method, None) if unknown else None
        return found

    def _may_be_client(self, receiver: Located, says_enough: bool) -> bool:
        """Whether the receiver is too far away, or where the call ``says_enough`` by its shape, nothing is
        known of it. What asks no model (``models.list``) says too little in a file without the SDK: clients
        of other vendors have it too."""
        known = self._evaluator.ask(receiver)
        if says_enough:
            return TOO_FAR in known.unknown or all(_is_none(one) or _is_kept(one) for one in known.options)
        if not self._imports_sdk(receiver.path):
            return False
        suspects = self._evaluator.program.suspects
        return TOO_FAR in known.unknown and suspects.may_hold(
            receiver.path, receiver.scope, receiver.expression
        )

    def _imports_sdk(self, path: str) -> bool:
        imported = imports(self._evaluator.program.facts(path))
        return any(one.module.partition(".")[0] in self._sdk.modules for one in imported)


def _is_none(option: Option) -> bool:
    return isinstance(option, Environment) or (isinstance(option, LiteralOption) and option.value is None)


def _is_kept(option: Option) -> bool:
    """Whether it is an attribute of an object of a library, which a program may have set there."""
    if not isinstance(option, Member):
        return False
    return option.owner.symbol.partition(".")[0] not in sys.stdlib_module_names  # nor a mock


def settled(called: Value) -> bool:
    """Whether it is known what is called, or at least that it is nothing that a program keeps elsewhere."""
    return not all(map(_is_kept, called.options))


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
