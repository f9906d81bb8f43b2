"""Which stretch of a text, JSON, YAML or TOML file spells which character of a prompt.

Every format is read by aligning what its own parser gave with what stands there; where the two cannot be
aligned to the end, the whole stretch is one part that nobody edits.
"""

from __future__ import annotations

import json
import re

from migrate.prompts.extraction.parts import Draft, Part
from migrate.prompts.prompt import StringLiteral

_BLANK = re.compile(r" *")
_FOLD = re.compile(r"[ \t]*\r?\n[ \t]*")
_LINE_END = re.compile(r"\r\n|\r")
_NEW_LINES = re.compile(r"\n+")
_FIRST_LINE = re.compile(r"\r?\n")
_LINE_ENDS = re.compile(r"\r?\n(?:[ \t]*\r?\n)+")
_GOES_ON = re.compile(r"\\[ \t]*\r?\n[ \t\r\n]*")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]+)*")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)


def plain(literal: StringLiteral, source: str, start: int, end: int) -> Draft:
    """A text file: every character spells itself, a line end of two characters one."""
    found: list[Part] = []
    path = literal.place.path
    at = start
    for match in _LINE_END.finditer(source, start, end):
        if at < match.start():
            found.append(Part(source[at : match.start()], "text", path, at, match.start(), literal))
        found.append(Part("\n", "escape", path, match.start(), match.end(), literal))
        at = match.end()
    if at < end:
        found.append(Part(source[at:end], "text", path, at, end, literal))
    return tuple(found)


def parts_of(literal: StringLiteral, value: str, source: str, span: tuple[int, int]) -> Draft:
    """``value`` as a scalar of a JSON, YAML or TOML file that stands at ``source[span]``."""
    start, end = span
    found = _aligned(literal, value, source, start, end)
    if found is None:
        return (Part(value, "escape", literal.place.path, start, end, literal),)
    return found


def _aligned(literal: StringLiteral, value: str, source: str, start: int, end: int) -> Draft | None:
    """Walks value and source together. What the format adds (quotes, indentation, the mark of a block) is
    passed over; what it spells otherwise is an escape."""
    at = _opening(literal, source, start, end)
    found: list[tuple[str, str, int, int]] = []
    done = 0
    while done < len(value):
        step = _step(value, done, source, at, end)
        if step is None:
            return None
        kind, text, first, last = step
        if kind == "text" and found and found[-1][0] == "text" and found[-1][3] == first:
            before = found.pop()
            found.append(("text", before[1] + text, before[2], last))
        else:
            found.append(step)
        done, at = done + len(text), last
    path = literal.place.path
    return tuple(
        Part(text, "text" if kind == "text" else "escape", path, first, last, literal)
        for kind, text, first, last in found
    )


def _opening(literal: StringLiteral, source: str, start: int, end: int) -> int:
    """The offset of the first character behind quotes or the head of a block."""
    if literal.format == "yaml":
        properties = _PROPERTIES.match(source, start, end)
        start = properties.end() if properties else start
    for quote in ('"""', "'''", '"', "'"):
        if source.startswith(quote, start):
            behind = start + len(quote)
            first = _FIRST_LINE.match(source, behind, end) if len(quote) == 3 else None
            return first.end() if first else behind
    if literal.format == "yaml" and source[start : start + 1] in ("|", ">"):
        line = source.find("\n", start, end)
        return end if line < 0 else line + 1
    return start


def _step(value: str, done: int, source: str, at: int, end: int) -> tuple[str, str, int, int] | None:
    """The next character, and what spells it."""
    wanted = value[done]
    if at >= end:
        return None
    here = source[at]
    if at == 0 or source[at - 1] == "\n":
        at = _indented(value, done, source, at, end)
        here = source[at : at + 1]
    if here == "\\":
        return _escaped(wanted, source, at, end)
    if wanted == "\n" and (folded := _folded(value, done, source, at, end)):
        return "escape", "\n", at, folded
    if here == "'" and wanted == "'" and source.startswith("''", at):
        return "escape", "'", at, at + 2
    if here == wanted:
        return "text", wanted, at, at + 1
    if wanted == "\n" and source.startswith("\r\n", at):
        return "escape", "\n", at, at + 2
    if wanted == " " and here in "\r\n":  # a folded line
        behind = _FOLD.match(source, at, end)
        return ("escape", " ", at, behind.end()) if behind else None
    return None


def _folded(value: str, done: int, source: str, at: int, end: int) -> int:
    """Behind the two line ends that stand for the one at ``done``, as between paragraphs that are folded; 0
    where each stands for itself."""
    if done and value[done - 1] == "\n":
        return 0
    lines = _LINE_ENDS.match(source, at, end)
    said = _NEW_LINES.match(value, done)
    if lines is None or said is None or lines[0].count("\n") != len(said[0]) + 1:
        return 0
    return source.index("\n", source.index("\n", at) + 1) + 1


def _indented(value: str, done: int, source: str, at: int, end: int) -> int:
    """Behind the indentation that a block does not count as text."""
    blank = _BLANK.match(source, at, end)
    said = _BLANK.match(value, done)
    assert blank is not None
    assert said is not None
    return at + max(len(blank[0]) - len(said[0]), 0)


def _escaped(wanted: str, source: str, at: int, end: int) -> tuple[str, str, int, int] | None:
    goes_on = _GOES_ON.match(source, at, end)
    if goes_on is not None:
        return "escape", "", at, goes_on.end()
    match = _ESCAPE.match(source, at, end)
    if match is None:
        return None
    try:
        spelled = json.loads(f'"{match[0]}"')
    except ValueError:
        return ("text", "\\", at, at + 1) if wanted == "\\" else None
    if spelled == wanted:
        return "escape", wanted, at, match.end()
    return ("text", "\\", at, at + 1) if wanted == "\\" else None
