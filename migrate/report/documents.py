"""Records as documents of plain values, the content of every JSON format. Secrets are masked here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from migrate.findings.finding import FileEdit, Finding
from migrate.program.literals.records import ModelLiteral
from migrate.report.masking import mask
from migrate.sources.place import Place
from migrate.sources.source import Outcome

Document: TypeAlias = dict[str, Any]


def document(verb: str, root: Path, content: Document) -> bytes:
    """The whole JSON document of a verb: its schema, the root that paths are relative to, its content."""
    whole = {"schema": f"repoint/{verb}/1", "root": root.as_posix(), **content}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def lines(rows: Iterable[Document]) -> bytes:
    """JSON Lines: one document a line."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def literal(one: ModelLiteral) -> Document:
    """A model id in the source, what it is there for, and the calls that it is an origin of."""
    return {
        **place(one.place),
        "value": one.value,
        "role": one.role,
        "use": one.use,
        "reaches": list(one.reaches),
    }


def finding(one: Finding, *, applied: bool = False) -> Document:
    """One finding with its edits; ``applied`` says whether this run's change cures it."""
    return {
        "rule": one.rule,
        "stage": one.stage,
        **place(one.place),
        "message": mask(one.message),
        "cure": mask(one.cure),
        "safety": one.safety,
        "note": one.note,
        "applied": applied,
        "calls": list(one.calls),
        "change": one.change,
        "edits": [_edit(edit) for edit in one.edits],
    }


def outcome(one: Outcome) -> Document:
    return {"path": one.path, "state": one.state, "reason": one.reason, "line": one.line}


def place(at: Place) -> Document:
    span = at.span
    return {
        "path": at.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "cell": at.cell,
    }


def _edit(one: FileEdit) -> Document:
    fields: Document = msgspec.to_builtins(one.edit)
    masked = {key: mask(value) if isinstance(value, str) else value for key, value in fields.items()}
    return {"path": one.path, **masked}
