"""Reads string literals character by character: which stretch of source spells which character.

It scans the source itself, because before Python 3.12 ``ast`` does not say where anything in an f-string
stands. What it cannot read it does not return: the caller has the whole text from the facts to compare.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

import msgspec

from migrate.prompts.extraction.parts import Part, field
from migrate.prompts.prompt import StringLiteral
from migrate.sources.lines import Lines
from migrate.sources.place import Place

_OPENING = re.compile(r"([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_BETWEEN = re.compile(r"(?:[\s()]|\\\r?\n|#[^\r\n]*)+")
_ESCAPE = re.compile(
    r"\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|.)", re.DOTALL
)
_STRING = re.compile(
    r"[A-Za-z]{0,2}(?:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")",
    re.DOTALL,
)


class UnreadableError(Exception):
    """The source at a span is no string literal that can be read exactly."""


class _Opening(msgspec.Struct, frozen=True):
    prefix: str
    quote: str
    body: int


def parts_of(path: str, lines: Lines, start: int, end: int) -> tuple[Part, ...]:
    """The parts of the string literal, implicit concatenation included, at ``lines.text[start:end]``.

    Raises UnreadableError.
    """
    found: list[Part] = []
    at = start
    while at < end:
        space = _BETWEEN.match(lines.text, at, end)
        if space is not None:
            at = space.end()
            continue
        match = _OPENING.match(lines.text, at, end)
        if match is None or "b" in match[1].lower() or "t" in match[1].lower():
            raise UnreadableError
        opening = _Opening(match[1], match[2], match.end())
        chunks, behind = _scanned(lines.text, opening, end)
        literal = StringLiteral(Place(path, lines.between(at, behind)), opening.prefix, opening.quote)
        found += [_placed(chunk, path, lines.text, literal) for chunk in chunks]
        at = behind
    return tuple(found)


class _Chunk(msgspec.Struct, frozen=True, gc=False):
    kind: str
    start: int
    end: int
    text: str


def _placed(chunk: _Chunk, path: str, source: str, literal: StringLiteral) -> Part:
    if chunk.kind == "field":
        return field(chunk.text, path, chunk.start, chunk.end, literal)
    kind = "text" if chunk.kind == "text" else "escape"
    return Part(chunk.text, kind, path, chunk.start, chunk.end, literal)  # type: ignore[arg-type]


def _scanned(source: str, opening: _Opening, limit: int) -> tuple[list[_Chunk], int]:
    """The chunks of one literal's body, and the offset behind its closing quote."""
    raw, formatted = "r" in opening.prefix.lower(), "f" in opening.prefix.lower()
    found: list[_Chunk] = []
    at = run = opening.body
    while at < limit:
        if source.startswith(opening.quote, at):
            return [*found, *_run(source, run, at)], at + len(opening.quote)
        chunk = _special(source, at, limit, raw, formatted)
        if chunk is None:
            at += 2 if source[at] == "\\" else 1  # in a raw string a backslash keeps the quote behind it
            continue
        found += [*_run(source, run, at), chunk]
        at = run = chunk.end
    raise UnreadableError


def _run(source: str, start: int, end: int) -> Iterator[_Chunk]:
    if start < end:
        yield _Chunk("text", start, end, source[start:end])


def _special(source: str, at: int, limit: int, raw: bool, formatted: bool) -> _Chunk | None:
    """The escape, field or line end at ``at``; None for a character that stands for itself."""
    here = source[at]
    if here == "\r":
        return _Chunk("escape", at, at + 1 + source.startswith("\n", at + 1), "\n")
    if here == "\\" and not raw:
        match = _ESCAPE.match(source, at, limit)
        if match is None:
            raise UnreadableError
        return _Chunk("escape", at, match.end(), _spelled(match[0]))
    if formatted and here in "{}":
        if source.startswith(here * 2, at):
            return _Chunk("escape", at, at + 2, here)
        if here == "}":
            raise UnreadableError
        return _field(source, at, limit)
    return None


def _spelled(escape: str) -> str:
    if escape in ("\\\n", "\\\r\n", "\\\r"):
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(f'"{escape}"' if escape != '\\"' else "'\"'")
    except (SyntaxError, ValueError) as error:
        raise UnreadableError from error
    return str(value)


def _field(source: str, at: int, limit: int) -> _Chunk:
    """The replacement field that opens at ``at``; its text is the expression as written."""
    end, code_end = at + 1, -1
    depth: list[str] = []
    while end < limit:
        here = source[end]
        string = _STRING.match(source, end, limit) if here in "'\"" or here.isalpha() else None
        if string is not None and (here in "'\"" or not source[end - 1].isalnum()) and code_end < 0:
            end = string.end()
            continue
        if here == "}" and not depth:
            code = source[at + 1 : end if code_end < 0 else code_end]
            return _Chunk("field", at, end + 1, code.strip())
        if not depth and code_end < 0 and _ends_code(source, end):
            code_end = end
        if here in "([{":
            depth.append(here)
        elif here in ")]}" and depth:
            depth.pop()
        end += 1
    raise UnreadableError


def _ends_code(source: str, at: int) -> bool:
    """Whether a format (``:``), a conversion (``!r``) or a ``=`` that shows the code begins here."""
    here, behind = source[at], source[at + 1 : at + 2]
    if here == "!":
        return behind != "="
    if here == "=":
        return behind != "=" and source[at - 1] not in "=!<>"
    return here == ":" and behind != "="
