"""What iterating and entering yield: generators, objects with ``__enter__``, and the functions of Python's
own library that hand on what they iterate over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Element, Expression, Opaque, Operation, Sequence
from migrate.facts.records import Argument, Call
from migrate.program.solving.combining import NOTHING, crossing, listed, only, union, unknown
from migrate.program.solving.values import (
    Definition,
    Instance,
    LiteralOption,
    Located,
    Made,
    Option,
    Series,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_SAME_ITEMS = frozenset({"builtins.reversed", "builtins.frozenset", "itertools.cycle", "itertools.islice"})
_ONE_OF = frozenset({"random.choice", "secrets.choice", "builtins.max", "builtins.min"})
_SOME_OF = frozenset({"random.choices", "random.sample"})
_ENTERING = frozenset(
    {"contextlib.ExitStack.enter_context", "contextlib.AsyncExitStack.enter_context"}
    | {"contextlib.AsyncExitStack.enter_async_context"}
)
_ARGUMENT = frozenset(
    {
        "asyncio.run",
        "asyncio.wait_for",
        "asyncio.shield",
        "asyncio.create_task",
        "asyncio.ensure_future",
        "contextlib.closing",
        "contextlib.aclosing",
        "contextlib.nullcontext",
        "functools.lru_cache",
        "functools.cache",
        "builtins.staticmethod",
        "dataclasses.replace",
        "attrs.evolve",
        "attr.evolve",
        "copy.replace",
        "msgspec.structs.replace",
    }
)
HANDING_ON = _SAME_ITEMS | _ONE_OF | _SOME_OF | _ENTERING | _ARGUMENT | {"filter", "enumerate", "zip"}
"""The functions that give what they are given, or some of it; those of Python without their module."""


def result(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What calling one of these functions gives; None for any other function."""
    plain = [one for one in call.arguments if one.name is None and not one.stars]
    if not plain:
        return None
    first = at.other(plain[0].value)
    if symbol in _ARGUMENT or symbol in _SAME_ITEMS:
        return evaluator.evaluate(first)
    if symbol in _SOME_OF or symbol == "builtins.filter":
        return only(Series((_element(evaluator, at.other(plain[-1].value)),), at.place(), True))
    if symbol in _ONE_OF and len(plain) == 1:
        return evaluator.evaluate(_element(evaluator, first))
    if symbol in ("builtins.enumerate", "builtins.zip"):
        return only(_pairs(evaluator, symbol, at, plain))
    return None


def by_stack(evaluator: Evaluator, owner: Made, method: str, at: Located, call: Call) -> Value | None:
    """What ``ExitStack().enter_context(manager)`` gives; None for any other method."""
    if f"{owner.symbol}.{method}" not in _ENTERING or not call.arguments:
        return None
    return entered(evaluator, at.other(call.arguments[0].value))


def _element(evaluator: Evaluator, of: Located) -> Located:
    """What iterating over ``of`` yields, as an expression beside it."""
    span = of.expression.span
    return of.other(evaluator.made_up(("element", of), lambda: Element(span, of.expression)))


def _pairs(evaluator: Evaluator, symbol: str, at: Located, arguments: list[Argument]) -> Series:
    """``enumerate`` and ``zip``: any number of pairs, of whatever their items can be."""
    span = at.expression.span

    def row() -> Expression:
        items: list[Expression] = [Element(one.span, one.value) for one in arguments]
        if symbol == "builtins.enumerate":
            items = [Opaque(span, "a position"), items[0]]
        return Sequence(span, tuple(items))

    return Series((at.other(evaluator.made_up(("row", at), row)),), at.place(), True)


def sliced(evaluator: Evaluator, series: Series, more: list[Located], index: Located) -> Series:
    """A slice of a list: exact where the list and the ends of the slice are known, else any of its items."""
    node = index.expression
    assert isinstance(node, Operation)
    ends = [evaluator.evaluate(index.other(one)) for one in (node.left, node.right)]
    known = [one.value for end in ends for one in end.options if isinstance(one, LiteralOption)]
    first, last = known if len(known) == len(ends) else ("", "")
    exact = not series.repeated and not more and all(end.complete for end in ends)
    if exact and isinstance(first, (int, type(None))) and isinstance(last, (int, type(None))):
        return Series(series.items[first:last], Place(index.path, node.span))
    return listed((*series.items, *more), series.home, repeated=True)


def generated(evaluator: Evaluator, called: Definition, at: Located) -> Series:
    """What calling the generator ``called`` gives: any number of what it yields."""
    return Series(_yields(evaluator, called), at.place(), True)


def yielded_by(evaluator: Evaluator, called: Value) -> Value | None:
    """What calling the generators among ``called`` yields; None where there is no generator."""
    found: list[Value] = []
    for one in called.options:
        if isinstance(one, Definition) and evaluator.program.scope(one.path, one.scope).yields:
            found += [
                crossing(evaluator.evaluate(at), at.place(), "constant") for at in _yields(evaluator, one)
            ]
    return union(found) if found else None


def _yields(evaluator: Evaluator, one: Definition) -> tuple[Located, ...]:
    scope = evaluator.program.scope(one.path, one.scope)
    return tuple(Located(one.path, one.scope, block, value) for block, value in scope.yields)


def entered(evaluator: Evaluator, manager: Located) -> Value:
    """What ``with manager as name`` binds."""
    value = evaluator.evaluate(manager)
    found = [_entered(evaluator, option, manager) for option in value.options]
    return union([*found, *map(unknown, value.unknown)]) if found or value.unknown else NOTHING


def _entered(evaluator: Evaluator, option: Option, manager: Located) -> Value:
    """What a manager made of a generator yields, what ``__enter__`` returns, else the manager itself."""
    if isinstance(option, Series):
        yielded = [crossing(evaluator.evaluate(at), at.place(), "constant") for at in option.items]
        return union([NOTHING, *yielded])
    if not isinstance(option, Instance):
        return only(option)
    for name in ("__enter__", "__aenter__"):
        methods = evaluator.attribute_of(option, manager, name).options
        own = [one for one in methods if isinstance(one, Definition)]
        if own:
            return union([evaluator.result(one, manager) for one in own])
    return only(option)
