"""Environment files to expressions: a dict of text, secrets left out."""

from __future__ import annotations

from migrate.facts.documents.scalars import scalar
from migrate.facts.expressions import Constant, Expression, Mapping
from migrate.sources.environment import environment_assignments
from migrate.sources.place import Span


def read_env(text: str) -> Expression:
    """The assignments as a dict; the last one of a name counts."""
    entries: dict[str, tuple[Expression, Expression]] = {}
    for one in environment_assignments(text):
        entries[one.name] = (Constant(one.line_span, one.name), scalar(one.value_span, one.value, one.name))
    return Mapping(Span(1, 1, 1, 1), tuple(entries.values()))
