"""What decorators of the program make of a function: the function still, another one, or what it gives.

A decorator that runs the function and gives its result keeps it, whatever it does besides; what it adds to
the arguments is told by ``added``. Decorators of other packages are taken to keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from migrate.facts.expressions import CallReference, Defined, Expression, Name, dotted
from migrate.facts.records import Argument, Call, Scope
from migrate.program.classes import classes
from migrate.program.functions.mentions import mentions
from migrate.program.solving import located
from migrate.program.solving.combining import only, union
from migrate.program.solving.values import Definition, Items, Located, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

UNALTERING = frozenset({"staticmethod", "classmethod", "abstractmethod"})
"""Decorators, by their last names, that a method is called and answers with as without them."""
_KEEPING = UNALTERING | {"property", "wraps", "overload"}


class _Wrapper(msgspec.Struct, frozen=True):
    """The function ``inner`` that a decorator puts in the place of the one it is given as ``taken``."""

    path: str
    inner: int
    taken: str


def defined(evaluator: Evaluator, at: Located, node: Defined) -> Value:
    """The function or class that a definition at ``at`` binds its name to."""
    plain = only(Definition(at.path, node.scope))
    scope = evaluator.program.scope(at.path, node.scope)
    if scope.kind != "function":
        return plain
    value = plain
    for one in reversed(scope.decorators):
        for decorator in _functions(evaluator, at.path, scope, one):
            value = _applied(evaluator, decorator, value)
    return value


def _functions(evaluator: Evaluator, path: str, scope: Scope, decorator: Expression) -> list[Definition]:
    """The functions of the program that a decorator can be."""
    named = _named(evaluator, path, scope, decorator)
    return [one for one in named if not evaluator.program.is_class(one)]


def is_property(evaluator: Evaluator, path: str, scope: Scope) -> bool:
    """Whether a decorator of the program makes an attribute of a method: a class with ``__get__``."""
    named = [one for row in scope.decorators for one in _named(evaluator, path, scope, row)]
    family = [
        heir
        for one in named
        if evaluator.program.is_class(one)
        for heir in classes.ancestry(evaluator, one.path, one.scope)
    ]
    return any("__get__" in evaluator.program.scope(one.path, one.scope).bindings for one in family)


def _named(evaluator: Evaluator, path: str, scope: Scope, decorator: Expression) -> list[Definition]:
    """The functions and classes of the program that a decorator can be."""
    plain = decorator
    if isinstance(decorator, CallReference):
        plain = evaluator.program.facts(path).calls[decorator.index].function
    if dotted(plain).rpartition(".")[2] in _KEEPING:
        return []
    block = evaluator.program.scope(path, scope.parent).block
    options = evaluator.evaluate(Located(path, scope.parent, block, decorator)).options
    return [one for one in options if isinstance(one, Definition)]


def _applied(evaluator: Evaluator, decorator: Definition, value: Value) -> Value:
    """What ``decorator`` gives for the function ``value``."""
    scope = evaluator.program.scope(decorator.path, decorator.scope)
    taken = _taken(decorator, scope)
    if not taken or not scope.returns:
        return value
    found: list[Value] = []
    for block, one in scope.returns:
        at = Located(decorator.path, decorator.scope, block, one)
        inner = _inner(evaluator, at)
        if inner is not None:
            keeps = _keeps(evaluator, _Wrapper(decorator.path, inner, taken))
            found.append(value if keeps else only(Definition(decorator.path, inner)))
        elif isinstance(one, CallReference) and _calls(evaluator, at, one, taken):
            found += [evaluator.result(option, at) for option in value.options]
        elif mentions(evaluator, at, {taken}):
            found.append(value)
        else:
            other = evaluator.evaluate(at)
            found.append(other if other.options else value)
    return union(found)


def _taken(decorator: Definition, scope: Scope) -> str:
    """The parameter that takes the decorated function."""
    plain = [one for one in scope.parameters if one.kind in ("positional", "positional-only")]
    plain = plain[1:] if decorator.receiver is not None else plain
    return plain[0].name if plain else ""


def _inner(evaluator: Evaluator, at: Located) -> int | None:
    """The function defined inside the decorator that it gives back at ``at``."""
    if not isinstance(at.expression, (Name, Defined)):
        return None
    named = [one for one in evaluator.evaluate(at).options if isinstance(one, Definition)]
    own = [one.scope for one in named if one.path == at.path]
    inner = [one for one in own if evaluator.program.scope(at.path, one).parent == at.scope]
    return inner[0] if inner else None


def _keeps(evaluator: Evaluator, wrapper: _Wrapper) -> bool:
    """Whether what a wrapper gives can come from the function that it wraps."""
    scope = evaluator.program.scope(wrapper.path, wrapper.inner)
    results = [*scope.returns, *scope.yields]
    places = [Located(wrapper.path, wrapper.inner, block, one) for block, one in results]
    return not places or any(mentions(evaluator, at, {wrapper.taken}) for at in places)


def _calls(evaluator: Evaluator, at: Located, node: CallReference, name: str) -> bool:
    function = evaluator.program.facts(at.path).calls[node.index].function
    return isinstance(function, Name) and function.id == name


def added(evaluator: Evaluator, path: str, index: int) -> tuple[list[tuple[Located, Call]], int]:
    """What decorators pass to a function besides what its caller passes: calls that hold just that, and how
    many parameters they fill before."""
    scope = evaluator.program.scope(path, index)
    found: list[tuple[Located, Call]] = []
    filled = 0
    for one in scope.decorators:
        for decorator in _functions(evaluator, path, scope, one):
            for at, call in _running(evaluator, decorator):
                own = {row.name for row in evaluator.program.scope(at.path, at.scope).parameters}
                more = tuple(row for row in call.arguments if not row.stars and not _hands_on(row, own))
                more += tuple(row for one in call.arguments for row in _put_in(evaluator, at, one))
                if more:
                    found.append((at, replace(call, arguments=more)))
                    filled = max(filled, sum(row.name is None for row in more))
    return found, filled


def _put_in(evaluator: Evaluator, at: Located, argument: Argument) -> Iterator[Argument]:
    """What the wrapper itself puts into the ``**kwargs`` that it hands on."""
    where = at.other(argument.value)
    for one in evaluator.evaluate(where).options if argument.stars == 2 else ():
        for entry in evaluator.seen(one, where).entries if isinstance(one, Items) else ():
            inside = (entry.value.path, entry.value.scope) == (at.path, at.scope)
            if entry.step is not None and inside and isinstance(entry.key, str):
                yield Argument(argument.span, entry.key, 0, entry.value.expression)


def _hands_on(argument: Argument, own: set[str]) -> bool:
    return isinstance(argument.value, Name) and argument.value.id in own


def _running(evaluator: Evaluator, decorator: Definition) -> Iterator[tuple[Located, Call]]:
    """The calls that a decorator's wrapper makes of the function it is given."""
    scope = evaluator.program.scope(decorator.path, decorator.scope)
    taken = _taken(decorator, scope)
    for block, one in scope.returns if taken else ():
        inner = _inner(evaluator, Located(decorator.path, decorator.scope, block, one))
        for position in evaluator.program.calls_named_in(decorator.path, taken) if inner is not None else ():
            call = evaluator.program.facts(decorator.path).calls[position]
            if call.scope == inner and isinstance(call.function, Name):
                yield located.called(decorator.path, call), call
