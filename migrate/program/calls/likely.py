"""The calls that only look like a request, on what nothing is known of, and those that run such a method."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.sdk import Sdk
from migrate.facts.expressions import Attribute, Expression, dotted
from migrate.facts.imports import imports
from migrate.facts.records import Call
from migrate.program.calls.matching import Match
from migrate.program.classes.classes import external_bases
from migrate.program.solving.budget import TOO_FAR
from migrate.program.solving.values import (
    Definition,
    Environment,
    Instance,
    LiteralOption,
    Located,
    Member,
    Option,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


_PLAIN = frozenset({"builtins", "abc", "typing"})


class Likely:
    """Matches them with the methods of the catalog by their shape."""

    def __init__(self, evaluator: Evaluator, sdk: Sdk) -> None:
        self._evaluator = evaluator
        self._sdk = sdk
        self._shapes = frozenset(path for path, method in sdk.methods.items() if method.model and "." in path)
        self._last = frozenset(path.rpartition(".")[2] for path in self._shapes)

    def match(self, at: Located, function: Expression) -> Match | None:
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

    def hands_on(self, call: Call) -> bool:
        """Whether a call may pass a method of that shape: the cheap question first."""
        for one in call.arguments:  # asked of every call: a loop tells faster than ``any``
            if type(one.value) is Attribute and one.value.name in self._last and _is_chain(one.value):
                return True
        return False

    def handed(self, at: Located, call: Call, called: Value) -> tuple[Match, Call] | None:
        """A method of that shape that a function of the program is given to run, and the call with what else
        is passed for it."""
        own = [one for one in called.options if isinstance(one, Definition)]
        if not self.hands_on(call) or len(own) != 1 or len(called.options) > 1:
            return None
        taken = self._evaluator.program.scope(own[0].path, own[0].scope).parameters
        names = [one.name for one in taken[own[0].receiver is not None :]]
        for position, one in enumerate(call.arguments):
            name = one.name or "".join(names[position : position + 1])
            match = self.match(at, one.value) if _is_chain(one.value) and not one.stars else None
            if match is not None and self._runs(own[0], name):
                passed = (two for two in call.arguments if two.name is not None and two.name not in names)
                return match, msgspec.structs.replace(call, arguments=tuple(passed))
        return None

    def _runs(self, function: Definition, parameter: str) -> bool:
        """Whether a function, or one inside of it, calls what it is given as ``parameter``."""
        facts = self._evaluator.program.facts(function.path)
        for call in facts.calls:
            scope = call.scope
            while scope > 0 and scope != function.scope:
                scope = facts.scopes[scope].parent
            if scope == function.scope and parameter and dotted(call.function) == parameter:
                return True
        return False

    def _may_be_client(self, receiver: Located, says_enough: bool) -> bool:
        """Whether the receiver is too far away, or where the call ``says_enough`` by its shape, nothing is
        known of it. What asks no model (``models.list``) says too little in a file without the SDK: clients
        of other vendors have it too."""
        known = self._evaluator.ask(receiver)
        objects = [one for one in known.options if not _is_none(one)]
        if objects and all(map(self._is_of_another, objects)):
            return False
        if says_enough:
            return TOO_FAR in known.unknown or all(_is_none(one) or _is_kept(one) for one in known.options)
        if not self._imports_sdk(receiver.path):
            return False
        suspects = self._evaluator.program.suspects
        return TOO_FAR in known.unknown and suspects.may_hold(
            receiver.path, receiver.scope, receiver.expression
        )

    def _is_of_another(self, option: Option) -> bool:
        """Whether it is an object of a class that extends one of another package, and none of the SDK."""
        if not isinstance(option, Instance):
            return False
        named = external_bases(self._evaluator, Definition(option.path, option.scope))
        packages = {symbol.partition(".")[0] for symbol in named} - _PLAIN
        return bool(packages) and packages.isdisjoint(self._sdk.modules)

    def _imports_sdk(self, path: str) -> bool:
        imported = imports(self._evaluator.program.facts(path))
        return any(one.module.partition(".")[0] in self._sdk.modules for one in imported)


def _is_chain(node: Expression) -> bool:
    """``x.completions.create``: a name of a name of something."""
    return isinstance(node, Attribute) and isinstance(node.base, Attribute)


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
