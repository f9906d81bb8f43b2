"""A parameter to the edits that rename, remove or replace it, in whatever form it is passed."""

from __future__ import annotations

import ast
from collections.abc import Callable

from migrate.facts.documents.reading import format_of
from migrate.findings.edits import (
    Edit,
    RemoveArgument,
    RemoveEntry,
    RemoveKey,
    RemoveStatement,
    RenameArgument,
    RenameEntry,
    RenameKey,
    ReplaceExpression,
    ReplaceText,
    SetArgument,
    SetEntry,
    SetKey,
)
from migrate.findings.finding import FileEdit
from migrate.plan.literals import is_literal
from migrate.program.calls.callsite import CallSite, Parameter
from migrate.sources.place import Place, Span


def renamed(parameter: Parameter, new: str, code: Callable[[Place], str]) -> tuple[FileEdit, ...]:
    """The edits that pass ``parameter`` under the name ``new``; none where that cannot be done. ``code``
    gives the source text at a place."""
    span = parameter.holder.span
    if parameter.position >= 0 or parameter.form == "field":
        return ()
    if parameter.form == "file":
        return _in_file(parameter, RenameKey(span, parameter.name, new))
    if parameter.form == "argument":
        return _one(parameter, RenameArgument(span, parameter.name, new))
    if parameter.form == "entry":
        return _one(parameter, RenameEntry(span, parameter.name, new))
    key = _key(parameter, code(parameter.holder))
    return _one(parameter, ReplaceText(key, parameter.name, new)) if key is not None else ()


def _key(parameter: Parameter, code: str) -> Span | None:
    """The key in ``kwargs["max_tokens"]``, the target of a store: ``code``, one line of it."""
    start = parameter.holder.span
    try:
        node = ast.parse(code, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    key = node.slice if isinstance(node, ast.Subscript) else None
    if not isinstance(key, ast.Constant) or key.value != parameter.name or start.line != start.end_line:
        return None
    before = code.encode()[: key.col_offset].decode()
    literal = ast.get_source_segment(code, key) or ""
    column = start.column + len(before)
    return Span(start.line, column, start.line, column + len(literal))


def removed(parameter: Parameter) -> tuple[FileEdit, ...]:
    """The edits that pass ``parameter`` no more; none where that cannot be done."""
    if parameter.position >= 0:
        return ()
    if parameter.form == "argument":
        return _one(parameter, RemoveArgument(parameter.holder.span, parameter.name))
    if parameter.form == "file":
        return _in_file(parameter, RemoveKey(parameter.holder.span, parameter.name))
    if parameter.form == "entry":
        return _one(parameter, RemoveEntry(parameter.holder.span, parameter.name))
    if parameter.form == "store" and _plain(parameter.code):
        start, end = parameter.holder.span, parameter.place.span
        whole = Span(start.line, start.column, end.end_line, end.end_column)
        return _one(parameter, RemoveStatement(whole))
    return ()


def _plain(code: str) -> bool:
    """Whether evaluating ``code`` does nothing else, so that it may go."""
    return is_literal(code) or code.replace(".", "").isidentifier()


def replaced(parameter: Parameter, code: str) -> tuple[FileEdit, ...]:
    """The edits that give ``parameter`` another value; none where that cannot be done."""
    if parameter.form == "field":
        return ()
    if parameter.form == "file":
        return _in_file(parameter, SetKey(parameter.holder.span, parameter.name, code))
    if parameter.form == "argument" and parameter.position < 0:
        return _one(parameter, SetArgument(parameter.holder.span, parameter.name, code))
    if parameter.form == "entry":
        return _one(parameter, SetEntry(parameter.holder.span, parameter.name, code))
    return _one(parameter, ReplaceExpression(parameter.place.span, code))


def argument_set(site: CallSite, name: str, code: str) -> FileEdit:
    """The edit that passes ``name`` to ``site``: as an argument, or in the body that a command sends."""
    body = site.parameters[0].holder if site.sdk == "curl" else None
    if body is not None:
        return FileEdit(body.path, SetKey(body.span, name, code))
    return FileEdit(site.place.path, SetArgument(site.place.span, name, code))


def entry_set(whole: Parameter, key: str, code: str) -> FileEdit:
    """The edit that sets ``key`` in the dict that ``whole`` is passed as."""
    edit = SetKey if whole.form == "file" else SetEntry
    return FileEdit(whole.place.path, edit(whole.place.span, key, code))


def _in_file(parameter: Parameter, edit: Edit) -> tuple[FileEdit, ...]:
    """The edit of a key, where the file's format has mappings that stand in one piece."""
    return () if format_of(parameter.holder.path) in ("ini", "env") else _one(parameter, edit)


def _one(parameter: Parameter, edit: Edit) -> tuple[FileEdit, ...]:
    return (FileEdit(parameter.holder.path, edit),)
