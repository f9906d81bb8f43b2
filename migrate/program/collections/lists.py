"""Lists: what a position in one gives, and what iterating over anything yields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Operation
from migrate.program.classes import classes
from migrate.program.collections import appended, views
from migrate.program.collections.views import exact_keys
from migrate.program.functions import iteration
from migrate.program.outside import declarations
from migrate.program.solving.combining import NOTHING, only, union, unknown
from migrate.program.solving.values import (
    Definition,
    Instance,
    Located,
    Made,
    Option,
    Pairs,
    Series,
    Texts,
    Value,
)

if TYPE_CHECKING:
    from migrate.facts.expressions import Scalar
    from migrate.program.solving.evaluate import Evaluator


def part(evaluator: Evaluator, series: Series, keys: list[Scalar], index: Located) -> Value:
    """One item of a list, or a slice of it: any of its items."""
    if isinstance(index.expression, Operation) and index.expression.operator == ":":
        return only(iteration.sliced(evaluator, series, appended.added(evaluator, series), index))
    return _item(evaluator, series, keys)


def _item(evaluator: Evaluator, series: Series, keys: list[Scalar]) -> Value:
    more = appended.added(evaluator, series)
    items = [*series.items, *more]
    chosen = [items[key] for key in keys if isinstance(key, int) and -len(items) <= key < len(items)]
    if more or series.repeated or len(chosen) < len(keys) or not keys:
        chosen = items
    return union([evaluator.evaluate(one) for one in chosen]) if chosen else NOTHING


def piece(texts: Texts, key: Value) -> Value:
    """A piece of a text, or any where the position is not known or out of range."""
    found = exact_keys(key)
    inside = [one for one in found if isinstance(one, int) and -len(texts.values) <= one < len(texts.values)]
    return Value(tuple(texts.values[one] for one in inside) if inside else texts.values)


def elements(evaluator: Evaluator, iterated: Located) -> Value:
    """What iterating yields: the items of a sequence, the keys of a dict, what a generator yields."""
    value = views.as_list(evaluator, evaluator.evaluate(iterated), iterated)
    found = [_elements_of(evaluator, option) for option in value.options]
    return union([*found, value.doubt()])


def _elements_of(evaluator: Evaluator, option: Option) -> Value:
    if isinstance(option, Series):
        items = [*option.items, *appended.added(evaluator, option)]
        return union([evaluator.evaluate(one) for one in items]) if items else NOTHING
    if isinstance(option, Texts):
        return Value(option.values)
    if isinstance(option, Pairs):
        return only(Pairs(option.mapping, True))
    if isinstance(option, Made):
        given = declarations.of_made(evaluator, option)
        if given is not None:
            return given
    if isinstance(option, Definition) and classes.is_enum(evaluator, option.path, option.scope):
        return only(Instance(option.path, option.scope))
    return unknown("it is an element of something that is not followed")
