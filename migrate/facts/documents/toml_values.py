"""TOML to expressions. tomli checks the file and reads every value; only where each stands is found here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import tomli

from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.scalars import scalar
from migrate.facts.expressions import Constant, Expression, Mapping, Sequence
from migrate.sources.lines import Lines
from migrate.sources.place import Span

T = TypeVar("T")

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_.\- \t])+""")
_TEXT = re.compile(
    r'"{3}(?:\\.|[^\\])*?"{3,5}' r"|'{3}[\s\S]*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\]\}#]+(?: \d\d:[^\s,\]\}#]+)?")
_LINE = re.compile(r"line (\d+)")


def read_toml(text: str) -> Expression:
    """The tables of a TOML text as one dict. Raises DocumentError."""
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise DocumentError(int(line[1]) if line else 1, str(error).partition(" (at")[0]) from None
    return _Reader(text).document()


class _Table:
    """A table while its entries are read, a list of tables, or a value."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.entries: dict[str, tuple[Expression, _Table | list[_Table] | Expression]] = {}

    def inside(self, keys: list[str], span: Span) -> _Table:
        """The table that the dotted ``keys`` name, made where it is new."""
        here = self
        for key in keys:
            _, known = here.entries.setdefault(key, (Constant(span, key), _Table(span)))
            last = known[-1] if isinstance(known, list) else known
            if not isinstance(last, _Table):
                return _Table(span)
            here = last
        return here

    def finish(self) -> Expression:
        return Mapping(
            self.span, tuple((key, _finished(value, self.span)) for key, value in self.entries.values())
        )


def _finished(value: _Table | list[_Table] | Expression, span: Span) -> Expression:
    if isinstance(value, _Table):
        return value.finish()
    if isinstance(value, list):
        return Sequence(value[0].span if value else span, tuple(one.finish() for one in value))
    return value


class _Reader:
    """Walks a valid text; ``at`` is the offset of what comes next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self.at = 0

    def document(self) -> Expression:
        root = _Table(Span(1, 1, 1, 1))
        here = root
        self._skip()
        while self.at < len(self._text):
            here = self._header(root) if self._text[self.at] == "[" else self._assignment(here)
            self._skip()
        return root.finish()

    def _header(self, root: _Table) -> _Table:
        start = self.at
        brackets = 2 if self._text.startswith("[[", start) else 1
        self.at += brackets
        keys = self._keys()
        self.at = self._text.index("]" * brackets, self.at) + brackets
        span = self._lines.between(start, self.at)
        if brackets == 1:
            return root.inside(keys, span)
        holder = root.inside(keys[:-1], span)
        known = holder.entries.setdefault(keys[-1], (Constant(span, keys[-1]), []))[1]
        table = _Table(span)
        if isinstance(known, list):
            known.append(table)
        return table

    def _assignment(self, table: _Table) -> _Table:
        """``a.b = value``; gives back the table that the line stands in."""
        start = self.at
        keys = self._keys()
        span = self._lines.between(start, self.at)
        self.at = self._text.index("=", self.at) + 1
        self._skip()
        holder = table.inside(keys[:-1], span)
        holder.entries[keys[-1]] = (Constant(span, keys[-1]), self._value(keys[-1]))
        return table

    def _keys(self) -> list[str]:
        """The dotted key that starts here."""
        match = _KEY.match(self._text, self.at)
        assert match is not None, "the text is valid TOML"
        self.at += len(match[0].rstrip())
        found: list[str] = []
        inner: object = tomli.loads(f"{match[0]} = 0")
        while isinstance(inner, dict):
            key, inner = next(iter(inner.items()))
            found.append(key)
        return found

    def _value(self, key: str) -> Expression:
        start, opening = self.at, self._text[self.at]
        if opening == "[":
            items = self._inside("]", lambda: self._value(key))
            return Sequence(self._lines.between(start, self.at), tuple(items))
        if opening == "{":
            table = _Table(self._lines.between(start, start + 1))
            self._inside("}", lambda: self._assignment(table))
            table.span = self._lines.between(start, self.at)
            return table.finish()
        match = (_TEXT if opening in "\"'" else _BARE).match(self._text, start)
        assert match is not None, "the text is valid TOML"
        self.at = match.end()
        value = tomli.loads(f"v = {match[0]}")["v"]
        return scalar(self._lines.between(start, self.at), value, key)

    def _inside(self, closing: str, read: Callable[[], T]) -> list[T]:
        """Everything up to the bracket that closes what opens here, commas between."""
        found: list[T] = []
        self.at += 1
        self._skip()
        while self._text[self.at] != closing:
            found.append(read())
            self._skip()
            if self._text[self.at] == ",":
                self.at += 1
                self._skip()
        self.at += 1
        return found

    def _skip(self) -> None:
        blank = _BLANK.match(self._text, self.at)
        assert blank is not None
        self.at = blank.end()
