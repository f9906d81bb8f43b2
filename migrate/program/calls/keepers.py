"""What keeps a client once it is made: the name, the attribute or the function that hands it on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Choice, Expression
from migrate.facts.records import FileFacts
from migrate.program.solving.values import Located
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def keepers(evaluator: Evaluator, made: Located) -> tuple[Place, ...]:
    """The places that ``made``, a call that makes a client, is assigned to, stored under or returned by."""
    facts = evaluator.program.facts(made.path)
    spans = dict.fromkeys(_keeping(facts, made.expression.span))
    return tuple(Place(made.path, span) for span in spans)


def _keeping(facts: FileFacts, made: Span) -> Iterator[Span]:
    for scope in facts.scopes:
        for bindings in scope.bindings.values():
            yield from (one.span for one in bindings if one.value is not None and _is(one.value, made))
        for _, value in scope.returns:
            if _is(value, made):
                yield scope.span if scope.name == "<lambda>" else value.span
    for store in facts.stores:
        if _is(store.value, made):
            yield store.span


def _is(value: Expression, made: Span) -> bool:
    """Whether ``value`` is the call at ``made``, or chooses between it and something else."""
    if isinstance(value, Choice):
        return any(_is(one, made) for one in value.options)
    return value.span == made
