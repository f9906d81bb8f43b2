"""The edit that changes a text where it is written: a Python literal, or a value of another kind of file."""

from __future__ import annotations

from migrate.findings.edits import ReplaceSpan, ReplaceText
from migrate.findings.finding import FileEdit
from migrate.program.calls.callsite import Setting
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

# Roles of a literal outside of the code: a file that is no Python is edited as text.
IN_FILES = ("config-file", "env-file", "request-body")


def in_files(found: Setting) -> bool:
    """Whether files give all values of ``found``."""
    return bool(found.origins) and all(one.role in IN_FILES for one in found.origins)


def text_edit(place: Place, role: str | None, code: str, old: str, new: str) -> FileEdit:
    """The edit by which ``old``, which stands once in ``code`` at ``place``, becomes ``new``."""
    if role in IN_FILES:
        return FileEdit(place.path, ReplaceSpan(_inside(place.span, code, old), old, new))
    return FileEdit(place.path, ReplaceText(place.span, old, new))


def _inside(span: Span, code: str, old: str) -> Span:
    """The stretch of ``old`` in ``code``, which stands at ``span``."""
    start = code.index(old)
    found = Lines(code).between(start, start + len(old))
    return Span(
        found.line + span.line - 1,
        _column(found.line, found.column, span),
        found.end_line + span.line - 1,
        _column(found.end_line, found.end_column, span),
    )


def _column(line: int, column: int, span: Span) -> int:
    return column + span.column - 1 if line == 1 else column
