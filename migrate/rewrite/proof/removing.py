"""What goes from the old text with a removed statement, and which blocks must not become empty."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.rewrite.engine.source import TextOffsets

_BLOCKS = ("body", "orelse", "finalbody")


def removed_text(lines: TextOffsets, start: int, end: int) -> tuple[int, int]:
    """The offsets that go with the statement at ``start`` to ``end``: its lines, or all but the comment
    behind it. Raises ProofError where something else shares a line with it."""
    text = lines.text
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    last = end
    while last < len(text) and text[last] not in "\r\n":
        last += 1
    behind = text[end:last].strip()
    if text[first:start].strip() or (behind and not behind.startswith("#")):
        raise ProofError("proof", "a removed statement shares its line with another")
    if behind:
        return start, end + text[end:last].index("#")
    newline = 2 if text[last : last + 2] == "\r\n" else min(1, len(text) - last)
    return first, last + newline


def with_pass(node: ast.AST) -> dict[str, ast.stmt]:
    """The blocks of ``node``, by the field that holds them, with their first statement; a module may
    become empty."""
    if isinstance(node, ast.Module):
        return {}
    blocks = {name: getattr(node, name, None) for name in _BLOCKS}
    return {
        name: block[0]
        for name, block in blocks.items()
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt)
    }


def kept_text(text: str, start: int, end: int, removed: Sequence[tuple[int, int]]) -> str:
    """``text[start:end]`` without what is ``removed``."""
    pieces = []
    for first, last in removed:
        if last > start and first < end:
            pieces.append(text[start : max(start, first)])
            start = min(end, max(start, last))
    return "".join((*pieces, text[start:end]))


def kept_lines(lines: TextOffsets, removed: Sequence[tuple[int, int]]) -> list[str]:
    """The lines of the old text without what is ``removed``; lines keep their numbers."""
    found = []
    at = 0
    for line in lines.lines:
        found.append(kept_text(lines.text, at, at + len(line), removed))
        at += len(line)
    return found
