"""Finds an argument of a call, and the texts that an expression can be. Evaluates nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.catalog.configuration import ArgumentAt
from migrate.facts.records import Argument, Call
from migrate.program.solving.values import LiteralOption, Located, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def given(call: Call, where: ArgumentAt) -> Argument | None:
    """The argument that ``where`` names; None where the call does not pass it visibly."""
    for index, one in enumerate(call.arguments):
        if one.stars:
            continue
        if (one.name == where.keyword and one.name) or (one.name is None and index == where.position):
            return one
    return None


def value_of(evaluator: Evaluator, at: Located, call: Call, where: ArgumentAt) -> Value | None:
    """What the argument can be; None where it is not passed."""
    found = given(call, where)
    return None if found is None else evaluator.evaluate(at.other(found.value))


def texts(value: Value) -> list[str]:
    """The literal texts among the options."""
    return [
        one.value for one in value.options if isinstance(one, LiteralOption) and isinstance(one.value, str)
    ]


def some(value: Value) -> Value:
    """``value`` without None."""
    kept = [one for one in value.options if not (isinstance(one, LiteralOption) and one.value is None)]
    return Value(tuple(kept), value.unknown)
