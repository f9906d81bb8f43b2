"""Sets variables in environment files (``.env``) by splicing lines; every other byte stays as it is.

Comments, ``export``, spaces and quotes of a line are kept. Python files have their own engine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from migrate.errors import ProofError
from migrate.findings.edits import Edit, SetVariable
from migrate.rewrite.engine.source import split_lines

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LINE = re.compile(
    r"""(?P<head>\s*(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*)
        (?P<value>"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|[^"'\s#][^\r\n]*?|)
        (?P<tail>[ \t]*|[ \t]+\#[^\r\n]*)(?P<end>\r\n|\n|\r|)""",
    re.VERBOSE,
)
# What every reader of such files takes literally, without quotes.
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,=~-]*")


class _Line(NamedTuple):
    head: str
    name: str
    value: str
    tail: str
    end: str


def apply_variables(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with every assignment of ``edits`` made.

    An edit's span is the assignment's line, or empty at a line's start to insert a new line there (the
    line behind the last one is allowed). Raises ProofError where the line assigns something else, the
    value cannot be written, a variable would be set twice, or edits contradict.
    """
    lines = split_lines(text)
    changed = list(lines)
    inserted: dict[int, list[str]] = {}
    for edit in _ordered(edits):
        if (edit.span.line, edit.span.column) == (edit.span.end_line, edit.span.end_column):
            place = _insertion(lines, edit)
            inserted.setdefault(place, []).append(f"{edit.name}={_written(edit, '')}")
        else:
            changed[edit.span.line - 1] = _assigned(lines, edit)
    return _spliced(changed, inserted, _line_end(lines))


def _ordered(edits: Sequence[Edit]) -> list[SetVariable]:
    """The edits without doubles. Raises ProofError for two values of one variable."""
    chosen: dict[object, SetVariable] = {}
    for edit in edits:
        if not isinstance(edit, SetVariable):
            raise ProofError("engine", f"{type(edit).__name__} is not for environment files")
        if not _NAME.fullmatch(edit.name):
            raise ProofError("engine", f"line {edit.span.line}: {edit.name!r} is no variable name")
        empty = edit.span.column == edit.span.end_column and edit.span.line == edit.span.end_line
        first = chosen.setdefault(edit.name if empty else edit.span.line, edit)
        if first != edit:
            raise ProofError("engine", f"line {edit.span.line}: two edits contradict: {first!r} and {edit!r}")
    return list(chosen.values())


def _read(line: str) -> _Line | None:
    match = _LINE.fullmatch(line)
    return _Line(*match.group("head", "name", "value", "tail", "end")) if match else None


def _assigned(lines: Sequence[str], edit: SetVariable) -> str:
    """The edit's line with its new value."""
    place = edit.span.line
    line = _read(lines[place - 1]) if 1 <= place <= len(lines) else None
    if line is None or line.name != edit.name or edit.span.end_line > place + 1:
        raise ProofError(
            "engine", f"line {place} does not assign {edit.name} on one line; scan the file again"
        )
    new = line._replace(value=_written(edit, line.value[:1]))
    if not line.value and line.tail.strip():
        new = new._replace(tail=f" {line.tail.lstrip()}")
    written = new.head + new.value + new.tail + new.end
    if _read(written) != new:
        raise ProofError("engine", f"line {place}: the value {edit.value!r} cannot be written on this line")
    return written


def _insertion(lines: Sequence[str], edit: SetVariable) -> int:
    place = edit.span.line
    if edit.span.column != 1 or not 1 <= place <= len(lines) + 1:
        raise ProofError("engine", f"line {place} column {edit.span.column} is no line's start")
    for number, text in enumerate(lines, 1):
        line = _read(text)
        if line is not None and line.name == edit.name:
            raise ProofError("engine", f"line {place}: {edit.name} is assigned in line {number} already")
    return place


def _written(edit: SetVariable, quote: str) -> str:
    """The value as it stands in the file, in ``quote`` where the old one stood in quotes."""
    value = edit.value
    if any(character in value for character in "\r\n\0"):
        raise ProofError("engine", f"line {edit.span.line}: the value of {edit.name} has more than one line")
    if quote == '"' and not any(character in value for character in '"\\$`'):
        return f'"{value}"'
    if quote not in ("'", '"') and _PLAIN.fullmatch(value):
        return value
    if "'" in value:
        raise ProofError("engine", f"line {edit.span.line}: the value {edit.value!r} would need escaping")
    return f"'{value}'"


def _line_end(lines: Sequence[str]) -> str:
    ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
    return next((end for end in ends if end), "\n")


def _spliced(lines: list[str], inserted: dict[int, list[str]], end: str) -> str:
    """``lines`` with new ones before the numbered ones; a missing final line end stays missing."""
    result: list[str] = []
    for number in range(1, len(lines) + 2):
        for new in inserted.get(number, ()):
            if result and not result[-1].endswith(("\r", "\n")):
                result[-1] += end
                result.append(new)
            else:
                result.append(new + end)
        result.extend(lines[number - 1 : number])
    return "".join(result)
