"""Environment files (``.env``, ``.env.*``, ``*.env``): their assignments, each with its place.

Reads ``KEY=VALUE`` lines as python-dotenv does and expands nothing. Values may be secrets: no message
and no ``repr`` shows them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from migrate.sources.lines import Lines

if TYPE_CHECKING:
    from migrate.sources.place import Span

_BLANK = r"[^\S\r\n]*"
_HEAD = re.compile(rf"{_BLANK}(export[^\S\r\n]+)?([A-Za-z_][A-Za-z0-9_.-]*){_BLANK}=")
_TAIL = rf"(?={_BLANK}(?:\#[^\r\n]*)?(?:[\r\n]|\Z))"
_SINGLE = re.compile(rf"{_BLANK}'((?:\\.|[^'\\])*)'{_TAIL}", re.DOTALL)
_DOUBLE = re.compile(rf'{_BLANK}"((?:\\.|[^"\\])*)"{_TAIL}', re.DOTALL)
# Up to a comment, which needs a blank before it, or the end of the line; blanks around do not belong to it.
_BARE = re.compile(rf"(?:{_BLANK}(?=[^\s'\"\#])|(?=\#))([^\r\n]+?)(?={_BLANK}(?:[\r\n]|\Z)|[^\S\r\n]+\#)")
_EMPTY = re.compile(rf"(){_TAIL}")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")
_ESCAPE = re.compile(r"\\([\\'\"nrt])")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


class EnvAssignment(msgspec.Struct, frozen=True):
    """One ``KEY=VALUE``.

    ``value_span`` is what stands between the quotes, or the bare value (empty for ``KEY=``);
    ``line_span`` the whole line without its end, or the lines where a quoted value has several.
    ``value`` has its escapes resolved, so it can differ from the text at ``value_span``.
    """

    name: str
    value: str
    value_span: Span
    line_span: Span
    quote: str = ""
    exported: bool = False

    @property
    def quoted(self) -> bool:
        """Whether the value stands in quotes."""
        return bool(self.quote)

    def __repr__(self) -> str:
        """Without the value, which may be a key."""
        return f"EnvAssignment({self.name!r}, line {self.line_span.line})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """As ``repr``."""
        return [("name", self.name), ("line", self.line_span.line)]


def environment_assignments(text: str) -> tuple[EnvAssignment, ...]:
    """The assignments of an environment file, in order; comments and lines that are no assignment are
    left out. A name can occur twice: the last one counts for who loads the file."""
    lines = Lines(text)
    found = []
    start = 0
    while start < len(text):
        head = _HEAD.match(text, start)
        value = _value(text, head.end()) if head else None
        end = _after(_REST_OF_LINE, text, value.end() if value else start)
        if head and value:
            found.append(_assignment(lines, head, value, end))
        start = _after(_LINE_END, text, end)
    return tuple(found)


def _value(text: str, start: int) -> re.Match[str] | None:
    """The value after an equals sign; None where its quote is not closed or text follows it."""
    candidates = (pattern.match(text, start) for pattern in (_SINGLE, _DOUBLE, _BARE, _EMPTY))
    return next(filter(None, candidates), None)


def _assignment(lines: Lines, head: re.Match[str], value: re.Match[str], end: int) -> EnvAssignment:
    quote = {_SINGLE: "'", _DOUBLE: '"'}.get(value.re, "")
    return EnvAssignment(
        name=head[2],
        value=_unescaped(value[1]) if quote else value[1],
        value_span=lines.between(*value.span(1)),
        line_span=lines.between(head.start(), end),
        quote=quote,
        exported=head[1] is not None,
    )


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), value)


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
