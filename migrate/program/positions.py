"""Positional arguments of a call, those of ``*sequence`` among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import last_name
from migrate.facts.records import Call, Parameter, Scope
from migrate.program import growth
from migrate.program.combining import crossing, only, union, unknown
from migrate.program.values import Located, Series, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_MOST_ROWS = 16


def given(evaluator: Evaluator, at: Located, call: Call, place: int) -> Value | None:
    """What a call passes at position ``place``; None where it passes fewer arguments."""
    rows, doubts = _spelled_out(evaluator, at, call)
    passed = [row[place] for row in rows if 0 <= place < len(row)]
    found = [crossing(evaluator.evaluate(one), one.place(), None) for one in passed]
    if doubts and any(place >= len(row) for row in rows):
        found += map(unknown, doubts)
    return union(found) if found else None


def rest(evaluator: Evaluator, at: Located, call: Call, scope: Scope, bound: bool) -> Value:
    """What ``*args`` of a function is for one call: the arguments that no other parameter takes."""
    taken = sum(one.kind in ("positional", "positional-only") for one in scope.parameters) - int(bound)
    rows, doubts = _spelled_out(evaluator, at, call)
    home = Place(at.path, call.span)
    found = [only(Series(tuple(row[max(taken, 0) :]), home)) for row in rows] if not doubts else []
    return union([*found, *map(unknown, doubts)])


def taken_by(scope: Scope, wanted: Parameter, bound: bool) -> int:
    """The position at which a call passes ``wanted``."""
    return [one.name for one in scope.parameters].index(wanted.name) - int(bound)


def _spelled_out(evaluator: Evaluator, at: Located, call: Call) -> tuple[list[list[Located]], list[str]]:
    """The rows of arguments that a call can pass by position, and why they may go on otherwise."""
    rows: list[list[Located]] = [[]]
    for one in call.arguments:
        if one.name is not None or one.stars > 1:
            continue
        where = at.other(one.value)
        if not one.stars:
            rows = [[*row, where] for row in rows]
            continue
        spread = _sequences(evaluator, where)
        if spread is None or len(rows) * len(spread) > _MOST_ROWS:
            return rows, [f"{at.path}:{call.span.line} passes *{last_name(one.value) or 'arguments'}"]
        rows = [[*row, *series.items] for row in rows for series in spread]
    return rows, []


def _sequences(evaluator: Evaluator, at: Located) -> list[Series] | None:
    """The sequences of known length that ``at`` can be; None where it can be anything else."""
    value = evaluator.evaluate(at)
    found = [one for one in value.options if isinstance(one, Series) and not one.repeated]
    if value.unknown or not found or len(found) < len(value.options):
        return None
    return None if any(growth.added(evaluator, one) for one in found) else found
