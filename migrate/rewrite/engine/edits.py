"""Brings a list of Edits into order before anything is changed: doubles merged, contradictions refused.

It looks at the records only, never at source text.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import (
    IN_TEXT,
    OF_IMPORTS,
    Edit,
    InsertAfter,
    NameArgument,
    Recast,
    RemoveArgument,
    RemoveEntry,
    RemoveItem,
    RemoveStatement,
    RenameArgument,
    RenameEntry,
    ReplaceExpression,
    ReplaceText,
    SetArgument,
    SetEntry,
    SetVariable,
)

ArgumentEdit = (SetArgument, RenameArgument, RemoveArgument, NameArgument)
EntryEdit = (SetEntry, RenameEntry, RemoveEntry)
PLACEHOLDER = "_"
"""What stands in a Recast's code for the expression that it keeps."""


def merged(edits: Sequence[Edit]) -> list[Edit]:
    """``edits`` without doubles, in the order given.

    Raises ProofError where two of them want different things of one target, or where one is
    meant for an environment file.
    """
    chosen: dict[tuple[object, ...], Edit] = {}
    for edit in edits:
        if isinstance(edit, (SetVariable, *IN_TEXT)):
            raise ProofError("engine", f"{where(edit)}: {type(edit).__name__} is not for Python")
        first = chosen.setdefault(_target(edit), edit)
        if first != edit:
            raise ProofError("engine", f"{where(edit)}: two edits contradict: {first!r} and {edit!r}")
    return list(chosen.values())


def _target(edit: Edit) -> tuple[object, ...]:
    """What the edit changes: two different edits with the same target contradict each other."""
    if isinstance(edit, (NameArgument, RemoveItem)):
        return edit.span, "position", edit.position
    if isinstance(edit, ArgumentEdit):
        return edit.span, "argument", edit.name
    if isinstance(edit, EntryEdit):
        return edit.span, "entry", edit.key
    if isinstance(edit, ReplaceText):
        return edit.span, "text", edit.old, edit.within
    if isinstance(edit, (ReplaceExpression, Recast)):
        return edit.span, "expression"
    if isinstance(edit, RemoveStatement):
        return edit.span, "statement"
    # Several statements may follow one, and several imports may be added.
    return ("added", edit)


def where(edit: Edit) -> str:
    """The place of an edit, as messages name it."""
    if isinstance(edit, OF_IMPORTS):
        return "the imports"
    return f"line {edit.span.line} column {edit.span.column}"


def code_of(edit: Edit) -> str | None:
    """The source text that the edit brings in, if it brings any."""
    if isinstance(edit, (ReplaceExpression, SetArgument, SetEntry, InsertAfter)):
        return edit.code
    return None
