"""What a function stores in a dict under the key that it is told, ``self.config[name] = value``: an entry for
each call of it, and not every value under every key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Expression, Name, Operation, Text
from migrate.program.functions import callers
from migrate.program.functions.lookup import Lookup
from migrate.program.solving.values import Located, Value
from migrate.sources.testfiles import is_foreign

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_DEEPEST = 4  # functions that hand on what they are told
_MOST_CALLS = 64


def pairs(evaluator: Evaluator, key: Located, value: Located) -> list[tuple[Value, Located]]:
    """The keys with their values; nothing where a function is not told both, or too many call it."""
    told = _parameters(evaluator, key)
    if not _is_told(value.expression, told) or told.isdisjoint(_names(key.expression)):
        return []
    found: list[tuple[Value, Located]] = []
    for lookup in _calls(evaluator, key, _DEEPEST):
        passed = _passed(evaluator, value, lookup)
        if passed is None or len(found) >= _MOST_CALLS:
            return []
        found.append((_under(evaluator, lookup, key), passed))
    return found


def _under(evaluator: Evaluator, lookup: Lookup, at: Located) -> Value:
    return evaluator.looking_up(lookup, lambda: evaluator.evaluate(at))


def _calls(evaluator: Evaluator, inside: Located, left: int) -> Iterator[Lookup]:
    """The calls of the function that ``inside`` stands in, each seen from those of the function around it
    that only hands on what it is told."""
    for at, call, filled in callers.calls_of(evaluator, inside.path, inside.scope):
        if is_foreign(at.path, inside.path):
            continue
        own = _parameters(evaluator, at)
        handed = {name for one in call.arguments for name in _names(one.value)}
        outer = list(_calls(evaluator, at, left - 1)) if left and not own.isdisjoint(handed) else []
        for around in outer or (None,):
            row = (inside.path, inside.scope, at, call, filled)
            yield evaluator.lookups.seen_by(evaluator, row, around)


def _passed(evaluator: Evaluator, at: Located, lookup: Lookup | None) -> Located | None:
    """The expression that a parameter stands for, where the calls around are followed outwards."""
    while lookup is not None and _is_told(at.expression, _parameters(evaluator, at)):
        found = _argument(evaluator, at, lookup)
        if found is None:
            return None
        at, lookup = found, lookup.outer
    return at


def _argument(evaluator: Evaluator, at: Located, lookup: Lookup) -> Located | None:
    """What the call passes for the parameter ``at``; None where that is not one expression of it."""
    assert isinstance(at.expression, Name)
    scope = evaluator.program.scope(lookup.path, lookup.scope)
    plain = [one.value for one in lookup.call.arguments if one.name is None and not one.stars]
    place = [one.name for one in scope.parameters].index(at.expression.id) - lookup.filled
    named = [one.value for one in lookup.call.arguments if one.name == at.expression.id]
    if named or 0 <= place < len(plain):
        return lookup.at.other(named[0] if named else plain[place])
    default = next(one.default for one in scope.parameters if one.name == at.expression.id)
    if default is None or any(one.stars for one in lookup.call.arguments):
        return None
    return Located(
        lookup.path, scope.parent, evaluator.program.scope(lookup.path, scope.parent).block, default
    )


def _parameters(evaluator: Evaluator, at: Located) -> set[str]:
    """The parameters of the function that ``at`` stands in, but for its receiver and its stars."""
    scope = evaluator.program.scope(at.path, at.scope)
    return (
        {one.name for one in scope.parameters if one.kind not in ("*", "**")}
        if scope.kind == "function"
        else set()
    )


def _is_told(expression: Expression, told: set[str]) -> bool:
    return isinstance(expression, Name) and expression.id in told


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Name):
        yield expression.id
    elif isinstance(expression, Operation):
        yield from (*_names(expression.left), *_names(expression.right))
    elif isinstance(expression, Text):
        yield from (name for part in expression.parts for name in _names(part))
