"""Findings, model ids and places in the shapes that JSON formats print. Secrets are masked here."""

from __future__ import annotations

from typing import Any

import msgspec

from migrate.findings.finding import FileEdit, Finding
from migrate.program.literals.records import ModelLiteral
from migrate.report import call_shapes, document_shapes
from migrate.report.masking import mask
from migrate.sources.place import Place, Span


def literal(one: ModelLiteral) -> call_shapes.ModelLiteral:
    """A model id in the source, what it is there for, and the calls that it is an origin of."""
    return call_shapes.ModelLiteral(
        *corners(one.place), value=one.value, role=one.role, use=one.use, reaches=one.reaches
    )


def finding(one: Finding, *, applied: bool = False) -> document_shapes.Finding:
    """One finding with its edits; ``applied`` says whether this run's change cures it."""
    return document_shapes.Finding(
        one.rule,
        one.stage,
        *corners(one.place),
        message=mask(one.message),
        cure=mask(one.cure),
        safety=one.safety,
        note=one.note,
        applied=applied,
        calls=one.calls,
        change=one.change,
        edits=tuple(map(_edit, one.edits)),
    )


def place(at: Place) -> call_shapes.Place:
    return call_shapes.Place(*corners(at))


def corners(at: Place) -> call_shapes.Corners:
    """What every shape of something that stands somewhere begins with."""
    span = at.span
    return at.path, span.line, span.column, span.end_line, span.end_column, at.cell


def _edit(one: FileEdit) -> dict[str, Any]:
    """The edit with its places counted in its cell."""
    spans = {name: _in_cell(getattr(one.edit, name), one.first) for name in one.edit.__struct_fields__}
    fields: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(one.edit, **spans))
    masked = {key: mask(value) if isinstance(value, str) else value for key, value in fields.items()}
    return {"path": one.path, "cell": one.cell, **masked}


def _in_cell(value: object, first: int) -> object:
    if not isinstance(value, Span):
        return value
    return Span(value.line - first + 1, value.column, value.end_line - first + 1, value.end_column)
