"""Functions that look up what they are told: ``def setting(name, default): return os.getenv(name, default)``.
A call of one gives what it asks for itself, and not what all calls do. All else is followed whoever calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import (
    CallReference,
    Choice,
    Expression,
    Name,
    Operation,
    Subscript,
    Text,
)
from migrate.facts.records import Argument, Call, Parameter
from migrate.program.functions import defaults, passed_values
from migrate.program.functions.lookup import Lookup
from migrate.program.solving.combining import NOTHING, crossing
from migrate.program.solving.values import Definition, Environment, LiteralOption, Located, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_DEEPEST = 4  # lookups inside each other
_MOST_NAMES = 4  # local names between a parameter and what is returned


class Lookups:
    """Keeps one Lookup a call, and which functions look something up."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Lookup] = {}
        self._functions: dict[tuple[str, int], bool] = {}
        self._implied: dict[tuple[object, ...], Call] = {}

    def result(self, evaluator: Evaluator, called: Definition, at: Located, call: Call) -> Value:
        """What ``call``, which runs ``called`` and stands at ``at``, gives."""
        found = evaluator.looking_up(None, lambda: evaluator.result(called, at))
        plain = all(isinstance(one, (LiteralOption, Environment)) for one in found.options)
        if len(found.options) < 2 or not plain or not self._looks_up(evaluator, called):
            return found
        value = self._told(evaluator, called, at, call)
        return value if value.options or value.unknown else found

    def implied(self, evaluator: Evaluator, called: Definition, key: Located) -> Value:
        """What ``called`` gives where Python itself passes it ``key``, as ``__getitem__`` for ``x[key]``."""
        if not self._looks_up(evaluator, called):
            return evaluator.result(called, key)
        return self._told(evaluator, called, key, self._implied_call(called, (key,)))

    def during(
        self, evaluator: Evaluator, called: Definition, passed: tuple[Located, ...], asked: Located
    ) -> Value:
        """What ``asked``, inside ``called``, is where Python itself passes it ``passed``."""
        call = self._implied_call(called, passed)
        lookup = self._of(evaluator, called, passed[0], call, None)
        return evaluator.looking_up(lookup, lambda: evaluator.evaluate(asked))

    def seen_by(
        self, evaluator: Evaluator, row: tuple[str, int, Located, Call, int], outer: Lookup | None
    ) -> Lookup:
        """The one call of a function (path, scope, where it stands, the call, filled parameters), seen from
        the call ``outer`` of the function around it."""
        path, scope, _, _, filled = row
        return self._keep(evaluator, (path, scope, filled), row, outer)

    def _implied_call(self, called: Definition, passed: tuple[Located, ...]) -> Call:
        """The one call of ``called`` with ``passed`` that nobody wrote, because Python itself makes it."""
        row = (called, *((one.path, id(one.expression)) for one in passed))
        if row not in self._implied:
            given = tuple(Argument(one.expression.span, None, 0, one.expression) for one in passed)
            at = passed[0]
            self._implied[row] = Call(at.expression.span, at.expression, given, at.scope, at.block, False)
        return self._implied[row]

    def _told(self, evaluator: Evaluator, called: Definition, at: Located, call: Call) -> Value:
        """What ``called`` gives this one call; nothing where it is too deep in others."""
        outer = evaluator.lookup_at_hand
        if outer is not None and (outer.depth >= _DEEPEST or outer.runs(called)):
            return NOTHING
        lookup = self._of(evaluator, called, at, call, outer)
        receiver = called.receiver
        here = Definition(receiver.path, receiver.scope) if receiver is not None else None
        return evaluator.looking_up(
            lookup, lambda: evaluator.seen_from(here, lambda: evaluator.returned(called.path, called.scope))
        )

    def _of(
        self, evaluator: Evaluator, called: Definition, at: Located, call: Call, outer: Lookup | None
    ) -> Lookup:
        row = (called.path, called.scope, at, call, int(called.receiver is not None))
        return self._keep(evaluator, (called,), row, outer)

    def _keep(
        self,
        evaluator: Evaluator,
        called: tuple[object, ...],
        row: tuple[str, int, Located, Call, int],
        outer: Lookup | None,
    ) -> Lookup:
        """The one Lookup of ``row`` for what ``called`` names, with its receiver where that matters."""
        path, scope, at, call, filled = row
        key = (*called, at.path, id(call), outer, evaluator.viewpoint)
        if key not in self._kept:
            depth = 1 if outer is None else outer.depth + 1
            self._kept[key] = Lookup(path, scope, at, call, filled, evaluator.viewpoint, outer, depth)
        return self._kept[key]

    def _looks_up(self, evaluator: Evaluator, called: Definition) -> bool:
        """Whether what a function returns is taken from its parameters, or looked up by them."""
        key = (called.path, called.scope)
        if key not in self._functions:
            scope = evaluator.program.scope(*key)
            given = {one.name for one in scope.parameters[int(called.receiver is not None) :]}
            plain = scope.kind == "function" and not scope.yields and bool(given)
            names = (name for _, one in scope.returns for name in _names(evaluator, key, one, _MOST_NAMES))
            self._functions[key] = plain and not given.isdisjoint(names)
        return self._functions[key]


def _names(evaluator: Evaluator, key: tuple[str, int], node: Expression, left: int) -> Iterator[str]:
    """The names that the value of ``node`` is taken from or looked up by, local ones followed."""
    if isinstance(node, Name):
        yield node.id
        for one in evaluator.program.scope(*key).bindings.get(node.id, ()) if left else ():
            if one.value is not None and one.scope == key[1]:
                yield from _names(evaluator, key, one.value, left - 1)
    for part in _parts(evaluator, key[0], node):
        yield from _names(evaluator, key, part, left)


def _parts(evaluator: Evaluator, path: str, node: Expression) -> tuple[Expression, ...]:
    if isinstance(node, Choice):
        return node.options
    if isinstance(node, Text):
        return node.parts
    if isinstance(node, Operation):
        return (node.left, node.right)
    if isinstance(node, Subscript):
        return (node.base, node.index)
    if isinstance(node, CallReference):
        return tuple(one.value for one in evaluator.program.facts(path).calls[node.index].arguments)
    return ()


def given(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value | None:
    """What the call at hand passes for parameter ``wanted``, or leaves to its default; None where that call
    is none of this function, or does not say."""
    lookup = evaluator.lookup_at_hand
    if lookup is None or (lookup.path, lookup.scope) != (path, index) or wanted.kind in ("*", "**"):
        return None
    key = ("given", id(wanted), lookup)
    found = evaluator.guarded(key, lambda: _passed(evaluator, lookup, wanted))
    return found if found.options or found.unknown else None


def _passed(evaluator: Evaluator, lookup: Lookup, wanted: Parameter) -> Value:
    scope = evaluator.program.scope(lookup.path, lookup.scope)
    row = (lookup.at, lookup.call, scope, wanted, lookup.filled)
    value = evaluator.looking_up(
        lookup.outer,
        lambda: evaluator.seen_from(lookup.viewpoint, lambda: passed_values.passed_by(evaluator, *row)),
    )
    if value is not None:
        return crossing(value, Place(lookup.path, wanted.span), "argument")
    if wanted.default is None:
        return NOTHING
    return defaults.own(evaluator, lookup.path, lookup.scope, wanted)
