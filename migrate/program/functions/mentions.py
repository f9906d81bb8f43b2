"""Which names stand in an expression, local names followed to what they are bound to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from migrate.facts.expressions import CallReference, Defined, Expression, Name
from migrate.program.solving.values import Located

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_DEEPEST = 6


def mentions(evaluator: Evaluator, at: Located, names: set[str], depth: int = 0) -> bool:
    """Whether an expression holds one of ``names``, itself or through what local names are bound to. A
    function that is defined inside may."""
    if depth > _DEEPEST:
        return True
    bindings = evaluator.program.scope(at.path, at.scope).bindings
    for one in _names_in(evaluator, at.path, at.expression):
        if one in names:
            return True
        for binding in bindings.get(one, ()):
            if isinstance(binding.value, Defined):
                return True
            if binding.value is not None and mentions(evaluator, at.other(binding.value), names, depth + 1):
                return True
    return False


def _names_in(evaluator: Evaluator, path: str, expression: Expression) -> Iterator[str]:
    """The names that stand in an expression, those in the arguments of its calls included."""
    stack: list[object] = [expression]
    while stack:
        one = stack.pop()
        if isinstance(one, Name):
            yield one.id
        elif isinstance(one, CallReference):
            call = evaluator.program.facts(path).calls[one.index]
            stack += [call.function, *(row.value for row in call.arguments)]
        elif isinstance(one, msgspec.Struct):
            stack += [getattr(one, field) for field in one.__struct_fields__ if field != "span"]
        elif isinstance(one, tuple):
            stack += one
