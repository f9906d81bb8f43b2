"""Positional arguments of a call, those of ``*sequence`` among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import last_name
from migrate.facts.records import Call
from migrate.program.collections import appended
from migrate.program.solving.values import Located, Series

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_MOST_ROWS = 32


def spelled_out(evaluator: Evaluator, at: Located, call: Call) -> tuple[list[list[Located]], list[str]]:
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
        rows = [[*row, *part] for row in rows for part in spread]
    return rows, []


def _sequences(evaluator: Evaluator, at: Located) -> list[tuple[Located, ...]] | None:
    """The items of the sequences that ``at`` can be, each of known length; None where it can be anything
    else."""
    value = evaluator.evaluate(at)
    found = [one for one in value.options if isinstance(one, Series) and not one.repeated]
    if value.unknown or not found or len(found) < len(value.options):
        return None
    return [(*one.items, *appended.added(evaluator, one)) for one in found]
