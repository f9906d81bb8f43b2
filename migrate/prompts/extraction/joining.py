"""The items of a list that is joined, one by one, also where parts of the list are not known: those stay
items themselves, and become fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate.facts.expressions import Element, Expression, Operation, Sequence
from migrate.program.collections import appended
from migrate.program.solving.values import Located, Series
from migrate.prompts.extraction.reading import PromptEvaluator

_DEEPEST = 8


def items_of(evaluator: PromptEvaluator, listed: Located) -> list[list[Located]]:
    """The items of every list that ``listed`` can be; none where nothing of it is known."""
    node = listed.expression
    if isinstance(node, (Operation, Sequence)):
        found = list(_rows(evaluator, listed, 0))
        return [found] if found != [listed] else []
    value = evaluator.evaluate(listed)
    lists = [one for one in value.options if isinstance(one, Series)]
    if value.unknown and not any(one.repeated for one in lists):
        return []
    return [row for one in lists if (row := _of_series(evaluator, one, 0)) is not None]


def _of_series(evaluator: PromptEvaluator, series: Series, depth: int) -> list[Located] | None:
    """The items of one list; None where they are there any number of times."""
    more = appended.added(evaluator, series)
    if not series.repeated:
        return [*series.items, *more]
    inside = series.items[0] if len(series.items) == 1 else None
    if inside is not None and isinstance(inside.expression, Element):  # filter(None, [...])
        return [*_rows(evaluator, inside.other(inside.expression.of), depth + 1), *more]
    written = _written(evaluator, series)
    if written is None or depth > _DEEPEST:
        return None
    return [*_rows(evaluator, written, depth + 1), *more]


def _rows(evaluator: PromptEvaluator, at: Located, depth: int) -> Iterator[Located]:
    """The items of a display, of lists that are added, and of known ones; else ``at`` itself."""
    node = at.expression
    if isinstance(node, Sequence):
        yield from (at.other(one) for one in node.items)
        return
    if isinstance(node, Operation) and node.operator == "+" and depth <= _DEEPEST:
        yield from _rows(evaluator, at.other(node.left), depth + 1)
        yield from _rows(evaluator, at.other(node.right), depth + 1)
        return
    value = evaluator.evaluate(at)
    only = value.options[0] if len(value.options) == 1 and not value.unknown else None
    known = _of_series(evaluator, only, depth + 1) if isinstance(only, Series) else None
    yield from [at] if known is None else known


def _written(evaluator: PromptEvaluator, series: Series) -> Located | None:
    """The sum of lists, or the display with lists in it, that a name was given."""
    if evaluator.program.documents.holds(series.home.path):
        return None
    for scope in evaluator.program.facts(series.home.path).scopes:
        for bindings in scope.bindings.values():
            for one in bindings:
                if one.value is not None and one.value.span == series.home.span and _is_sum(one.value):
                    return Located(series.home.path, one.scope, one.block, one.value)
    return None


def _is_sum(node: Expression) -> bool:
    return isinstance(node, Operation) and node.operator == "+"
