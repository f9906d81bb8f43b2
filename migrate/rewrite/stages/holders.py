"""A parameter to the edits that rename, remove or replace it, in whatever form it is passed."""

from __future__ import annotations

from migrate.findings.edits import (
    Edit,
    RemoveArgument,
    RemoveEntry,
    RenameArgument,
    RenameEntry,
    ReplaceExpression,
    SetArgument,
    SetEntry,
)
from migrate.findings.finding import FileEdit
from migrate.program.callsite import Parameter


def renamed(parameter: Parameter, new: str) -> tuple[FileEdit, ...]:
    """The edits that pass ``parameter`` under the name ``new``; none where that cannot be done."""
    span = parameter.holder.span
    if parameter.position >= 0 or parameter.form == "file":
        return ()
    if parameter.form == "argument":
        return _one(parameter, RenameArgument(span, parameter.name, new))
    if parameter.form == "entry":
        return _one(parameter, RenameEntry(span, parameter.name, new))
    return ()


def removed(parameter: Parameter) -> tuple[FileEdit, ...]:
    """The edits that pass ``parameter`` no more; none where that cannot be done."""
    if parameter.position >= 0:
        return ()
    if parameter.form == "argument":
        return _one(parameter, RemoveArgument(parameter.holder.span, parameter.name))
    if parameter.form == "entry":
        return _one(parameter, RemoveEntry(parameter.holder.span, parameter.name))
    return ()


def replaced(parameter: Parameter, code: str) -> tuple[FileEdit, ...]:
    """The edits that give ``parameter`` another value; none where that cannot be done."""
    if parameter.form == "file":
        return ()
    if parameter.form == "argument" and parameter.position < 0:
        return _one(parameter, SetArgument(parameter.holder.span, parameter.name, code))
    if parameter.form == "entry":
        return _one(parameter, SetEntry(parameter.holder.span, parameter.name, code))
    return _one(parameter, ReplaceExpression(parameter.place.span, code))


def _one(parameter: Parameter, edit: Edit) -> tuple[FileEdit, ...]:
    return (FileEdit(parameter.holder.path, edit),)
