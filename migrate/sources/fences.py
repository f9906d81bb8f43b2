"""Code blocks of Markdown and reStructuredText as one Python text, line by line where the document has them.

Every line that is no Python stands as a comment with its number, so that lines count alike. Edits nothing.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from migrate.sources.cells import split_lines

Language: TypeAlias = Literal["python", "shell"]

_OPENING = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*\{?\.?(?P<language>[\w+-]*)")
_DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*)\.\. (?:code-block|code|sourcecode)::[ \t]*(?P<language>[\w+-]+)[ \t]*"
)
_LANGUAGES: dict[str, Language] = {
    **dict.fromkeys(("python", "py", "python3"), "python"),
    **dict.fromkeys(("sh", "bash", "shell", "zsh", "console", "dotenv", "env"), "shell"),
}


_ADDRESS = re.compile(r"\b[A-Z0-9_]+_(?:BASE_URL|API_BASE|API_URL)[ \t]*=[ \t]*[\"']?\w+://")


class Fence(msgspec.Struct, frozen=True):
    """A block of code: lines ``first`` to ``last`` of the document, each behind ``indent``."""

    language: Language
    first: int
    last: int
    indent: str


class View(msgspec.Struct, frozen=True):
    """The Python of a document. ``mark`` begins the lines that stand for the others; ``lines`` are the
    document's own."""

    text: str
    fences: tuple[Fence, ...]
    mark: str
    lines: tuple[str, ...]


def fences(path: str, text: str) -> Iterator[Fence]:
    """The blocks of a known language in the document ``path``, in order."""
    lines = split_lines(text)
    return _directives(lines) if path.endswith(".rst") else _fenced(lines)


def view(path: str, text: str) -> View | None:
    """The Python blocks of the document that parse, in their places; None where there is none."""
    lines = split_lines(text)
    found = tuple(one for one in fences(path, text) if one.language == "python" and _parses(lines, one))
    if not found:
        return None
    mark = "#|"
    while any(line.lstrip().startswith(mark) for line in lines):
        mark += "|"
    inside = {number: one for one in found for number in range(one.first, one.last + 1)}
    parts = []
    for number, line in enumerate(lines, 1):
        fence = inside.get(number)
        end = line[len(line.rstrip("\r\n")) :]
        parts.append(f"{mark}{number}{end}" if fence is None else line.removeprefix(fence.indent))
    return View("".join(parts), found, mark, tuple(lines))


def own_address(path: str, text: str) -> int | None:
    """The line of a shell block that sets the address which clients ask: the document is about that one."""
    lines = split_lines(text)
    for one in fences(path, text):
        if one.language == "shell":
            for number in range(one.first, one.last + 1):
                if _ADDRESS.search(lines[number - 1]):
                    return number
    return None


def shown(path: str, text: str) -> str:
    """The document with its Python at the margin and all other lines as they are: places in its Python and
    places in the document both count in it."""
    lines = split_lines(text)
    for one in fences(path, text):
        if one.language == "python" and _parses(lines, one):
            for number in range(one.first, one.last + 1):
                lines[number - 1] = lines[number - 1].removeprefix(one.indent)
    return "".join(lines)


def _fenced(lines: list[str]) -> Iterator[Fence]:
    number = 1
    while number <= len(lines):
        opening = _OPENING.match(lines[number - 1])
        number += 1
        if opening is None:
            continue
        first = number
        while number <= len(lines) and not _closes(lines[number - 1], opening["fence"]):
            number += 1
        language = _LANGUAGES.get(opening["language"].lower())
        if language is not None and first < number <= len(lines):
            yield Fence(language, first, number - 1, opening["indent"])
        number += 1


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and set(bare) == {fence[0]}


def _directives(lines: list[str]) -> Iterator[Fence]:
    for number, line in enumerate(lines, 1):
        directive = _DIRECTIVE.fullmatch(line.rstrip("\r\n"))
        language = _LANGUAGES.get(directive["language"].lower()) if directive is not None else None
        if directive is None or language is None:
            continue
        first = number + 1
        while first <= len(lines) and (
            not lines[first - 1].strip() or lines[first - 1].lstrip().startswith(":")
        ):
            first += 1
        indent = _indent(lines[first - 1]) if first <= len(lines) else ""
        last = first
        while last <= len(lines) and (not lines[last - 1].strip() or lines[last - 1].startswith(indent)):
            last += 1
        while last > first and not lines[last - 2].strip():
            last -= 1
        if len(indent) > len(directive["indent"]) and last > first:
            yield Fence(language, first, last - 1, indent)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _parses(lines: list[str], fence: Fence) -> bool:
    """Whether the block is Python whose lines can be taken out of their indentation and put back."""
    code = lines[fence.first - 1 : fence.last]
    if any(line.strip() and not line.startswith(fence.indent) for line in code):
        return False
    if fence.indent and any(not line.strip() and line.rstrip("\r\n") for line in code):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse("".join(line.removeprefix(fence.indent) for line in code))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
