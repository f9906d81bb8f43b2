"""Operators that put dicts, lists and texts together: ``+ % | /``, f-strings."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from migrate.program.collections import appended
from migrate.program.collections.layering import Layers
from migrate.program.solving.combining import NOTHING, listed, only, unknown
from migrate.program.solving.values import Items, Located, Option, Series, Value
from migrate.program.texts import file_paths, formatting
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def combined(evaluator: Evaluator, operator: str, sides: tuple[Located, Located], home: Place) -> Value:
    """``left operator right``, which stands at ``home``."""
    left, right = map(evaluator.evaluate, sides)
    if NOTHING in (left, right):  # a question that is still open
        return NOTHING
    if operator == "|" and any(isinstance(one, Items) for one in (*left.options, *right.options)):
        return _merged(evaluator, sides, (left, right), home)
    if operator == "+" and any(isinstance(one, Series) for one in (*left.options, *right.options)):
        return _extended(evaluator, left, right, home)
    if operator == "+":
        return formatting.joined([left, right])
    if operator == "%":
        return formatting.filled(evaluator, left, right, sides[1])
    if operator == "/":
        return file_paths.divided(left, right)
    return unknown("it is computed")


def _merged(
    evaluator: Evaluator, sides: tuple[Located, Located], values: tuple[Value, Value], home: Place
) -> Value:
    """``left | right`` of two mappings."""
    layers = Layers(home)
    for side, value in zip(sides, values, strict=True):
        known = [evaluator.seen(one, side) for one in value.options if isinstance(one, Items)]
        doubts = ["it contains another mapping that is not followed"] * (len(known) < len(value.options))
        layers.spread(known, (*doubts, *value.unknown))
    return only(layers.finish())


def _extended(evaluator: Evaluator, left: Value, right: Value, home: Place) -> Value:
    """``left + right`` of two lists; of one that is not known, what the other holds is left."""
    sides = [[one for one in side.options if isinstance(one, Series)] for side in (left, right)]
    doubts = [*left.unknown, *right.unknown]
    if any(len(lists) < len(side.options) for lists, side in zip(sides, (left, right), strict=True)):
        doubts.append("it is a list put together at run time")
    nothing = Series((), home, True)  # repeated: what a list that is not known holds may stand anywhere
    found: list[Option] = []
    for one, other in product(*(lists or [nothing] for lists in sides)):
        items = [item for part in (one, other) for item in (*part.items, *appended.added(evaluator, part))]
        found.append(listed(items, home, repeated=home in (one.home, other.home) or _is_open(one, other)))
    return Value(tuple(found), tuple(dict.fromkeys(doubts)))


def _is_open(one: Series, other: Series) -> bool:
    """Whether the sum holds items any number of times: a list that is added to itself grows in a loop."""
    if one.repeated or other.repeated or one.home == other.home:
        return True
    there = {(item.path, item.expression.span) for item in one.items}
    return bool(other.items) and all((item.path, item.expression.span) in there for item in other.items)
