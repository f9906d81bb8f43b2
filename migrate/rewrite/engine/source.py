"""Plain questions about source text that applying and proving share: lines, offsets, quiet parsing.

It knows ``ast`` only, never libcst, and changes nothing.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from typing import TypeVar

from migrate.errors import ProofError
from migrate.sources.place import Span

_T = TypeVar("_T")
# What a parser ends lines at. str.splitlines would also cut at form feeds and U+2028.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


def split_lines(text: str) -> list[str]:
    """The lines of ``text``, each with its own line end."""
    return _LINE.findall(text)


class TextOffsets:
    """Translates the Spans of one text into character offsets and into ``ast`` coordinates."""

    def __init__(self, lines: list[str]) -> None:
        """``lines`` carry their ends; an empty one stands for a line that was taken out."""
        self.text = "".join(lines)
        self.lines = lines
        self._ascii = self.text.isascii()
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        """Characters before ``line``:``column`` (from 1). Raises ProofError outside the text."""
        if 1 <= line <= len(self.lines) and 1 <= column <= len(self.lines[line - 1]) + 1:
            return self._starts[line - 1] + column - 1
        raise ProofError("engine", f"line {line} column {column} is outside the text; scan the file again")

    def offsets(self, span: Span) -> tuple[int, int]:
        """The span as ``text[start:end]``. Raises ProofError outside the text."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def byte_column(self, line: int, column: int) -> int:
        """The column that ``ast`` gives to ``line``:``column``: UTF-8 bytes, from 0."""
        if self._ascii or line > len(self.lines):
            return column - 1
        return len(self.lines[line - 1][: column - 1].encode("utf-8", "replace"))

    def start_of(self, node: ast.expr | ast.stmt) -> int:
        """The character offset at which ``node`` starts."""
        return self._from_bytes(node.lineno, node.col_offset)

    def end_of(self, node: ast.expr | ast.stmt) -> int:
        """The character offset behind ``node``."""
        return self._from_bytes(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def _from_bytes(self, line: int, column: int) -> int:
        if self._ascii:
            return self._starts[line - 1] + column
        head = self.lines[line - 1].encode("utf-8", "replace")[:column]
        return self._starts[line - 1] + len(head.decode("utf-8", "replace"))


def quietly(parse: Callable[[], _T], what: str, rule: str = "engine") -> _T:
    """What ``parse`` returns, without its warnings; every way in which it can refuse is a ProofError."""
    try:
        with warnings.catch_warnings():
            # An invalid escape such as "\d" is the user's own business.
            warnings.simplefilter("ignore")
            return parse()
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ProofError(rule, f"{what} does not parse: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"{error.msg} (line {error.lineno})"
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def parse(text: str, what: str = "the file", rule: str = "engine") -> ast.Module:
    """``text`` as a tree. Raises ProofError where it is not Python."""
    return quietly(lambda: ast.parse(text), what, rule)


def parse_expression(code: str) -> ast.expr:
    """One expression as a tree. Raises ProofError for anything else."""
    return quietly(lambda: ast.parse(code, mode="eval"), f"the edit's code {code!r}").body


def parse_statement(code: str) -> ast.stmt:
    """One simple statement as a tree. Raises ProofError for anything else."""
    body = parse(code, f"the edit's code {code!r}").body
    if len(body) == 1 and not hasattr(body[0], "body"):
        return body[0]
    raise ProofError("engine", f"the edit's code {code!r} is not one simple statement")


def literal_text(literal: str) -> str | None:
    """The text that a string literal spells; None for bytes, and for what is no literal at all.

    ``literal`` may be an f-string without placeholders.
    """
    try:
        node = quietly(lambda: ast.parse(f"({literal})", mode="eval"), "a literal").body
    except ProofError:
        return None
    if isinstance(node, ast.JoinedStr):
        if not node.values:
            return ""
        node = node.values[0] if len(node.values) == 1 else node
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def occurrences(text: str, part: str) -> list[int]:
    """Every offset of ``part`` in ``text``, overlapping ones too."""
    found = []
    at = text.find(part) if part else -1
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found
