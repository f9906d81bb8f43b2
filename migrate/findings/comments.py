"""Finds the comments that speak to repoint, ``# repoint: ...``. Does not know what they may say."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

import msgspec

from migrate.sources.place import Place, Span
from migrate.sources.source import Source

_COMMENT = re.compile(r"#\s*repoint:[ \t]*(?P<words>[^#]*)")
_BLANK = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)


class Comment(msgspec.Struct, frozen=True):
    """One comment. ``words`` is what follows ``repoint:``, up to the next ``#``; ``lines`` the first and the
    last line it speaks of: those of its statement where it stands above it or on its first or last line, and
    inside of a statement its own."""

    place: Place
    words: str
    lines: tuple[int, int]


def comments(source: Source) -> tuple[Comment, ...]:
    """The comments of a Python or environment file, in order. Text that only looks like one, in a string, is
    none; a file that Python cannot read has none."""
    if source.path.endswith((".py", ".pyi", ".pyw", ".ipynb")):
        try:
            return tuple(_of_python(source))
        except (tokenize.TokenError, SyntaxError):
            return ()
    return tuple(_of_lines(source))


def _of_python(source: Source) -> Iterator[Comment]:
    waiting: list[tuple[Span, str]] = []
    start = 0  # of the statement at hand; 0 between two
    for token in tokenize.generate_tokens(io.StringIO(source.text, newline="").readline):
        match = _COMMENT.search(token.string) if token.type == tokenize.COMMENT else None
        if match is not None:
            row, column = token.start
            waiting.append((_span(row, column + match.start(), column + match.end()), match["words"].strip()))
        elif token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
            end = token.start[0]
            yield from (
                Comment(Place(source.path, span), words, _about(span.line, start or span.line, end))
                for span, words in waiting
            )
            waiting, start = [], 0
        elif not start and token.type not in _BLANK:
            start = token.start[0]


def _about(line: int, start: int, end: int) -> tuple[int, int]:
    return (line, line) if start < line < end else (start, end)


def _of_lines(source: Source) -> Iterator[Comment]:
    lines = source.text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _COMMENT.search(line)
        if match is None:
            continue
        about = number
        if not line[: match.start()].strip():
            rest = (later for later, text in enumerate(lines[number:], number + 1) if _is_code(text))
            about = next(rest, number)
        span = _span(number, match.start(), match.end())
        yield Comment(Place(source.path, span), match["words"].strip(), (about, about))


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _span(line: int, start: int, end: int) -> Span:
    return Span(line, start + 1, line, end + 1)
