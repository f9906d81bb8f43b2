"""Classes made with ``namedtuple("Config", ["model"])``: calling one gives a mapping of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Sequence
from migrate.facts.records import Call
from migrate.program.collections.layering import Layers
from migrate.program.functions.arguments import texts
from migrate.program.solving.combining import only, unknown
from migrate.program.solving.values import Entry, Located, Made, Series, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_SYMBOLS = frozenset({"collections.namedtuple", "typing.NamedTuple"})


def defined(_: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """The class that a call defines; None for any other function."""
    return only(Made(symbol, at)) if symbol in _SYMBOLS and call.arguments else None


def made(evaluator: Evaluator, called: Made, method: str, at: Located, call: Call) -> Value | None:
    """What calling such a class gives; None for anything else."""
    if called.symbol not in _SYMBOLS or called.at is None or method != "__call__":
        return None
    definition = evaluator.call_at(called.at)
    if definition is None:
        return None
    fields = _fields(evaluator, called.at, definition)
    if fields is None or any(one.stars for one in call.arguments):
        return unknown("it is a tuple whose fields are not visible")
    layers = Layers(at.place())
    for name, default in _defaults(evaluator, called.at, definition, fields):
        layers.put(Entry(name, default, at.place(), "field"))
    for position, one in enumerate(call.arguments):
        key = one.name or (fields[position] if position < len(fields) else "")
        layers.put(Entry(key, at.other(one.value), at.place(), "field"))
    return only(layers.finish())


def _fields(evaluator: Evaluator, at: Located, call: Call) -> list[str] | None:
    """The names of the fields; None where they are not visible."""
    if len(call.arguments) < 2:
        return None
    value = evaluator.evaluate(at.other(call.arguments[1].value))
    named = texts(value)
    if len(named) == 1 and value.complete:
        return named[0].replace(",", " ").split()
    if len(value.options) != 1 or not isinstance(value.options[0], Series) or value.options[0].repeated:
        return None
    found: list[str] = []
    for item in value.options[0].items:
        first = item.expression
        pair = item.other(first.items[0]) if isinstance(first, Sequence) and first.items else item
        found += texts(evaluator.evaluate(pair))[:1]
    return found if len(found) == len(value.options[0].items) else None


def _defaults(evaluator: Evaluator, at: Located, call: Call, fields: list[str]) -> list[tuple[str, Located]]:
    """The last fields with what ``defaults=[...]`` gives them."""
    given = next((one for one in call.arguments if one.name == "defaults"), None)
    value = evaluator.evaluate(at.other(given.value)) if given is not None else Value()
    series = next((one for one in value.options if isinstance(one, Series)), None)
    items = series.items if series is not None else ()
    return list(zip(fields[len(fields) - len(items) :], items, strict=False))
