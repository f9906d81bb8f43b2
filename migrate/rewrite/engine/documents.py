"""Writes edited Python back into the code blocks of a document; every line outside of them is the same.

Edits are made on the document's Python by the engine for Python, whose proof holds for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from migrate.errors import ProofError
from migrate.findings.edits import Edit, ReplaceSpan
from migrate.rewrite.engine.splicing import apply_splices
from migrate.sources.cells import split_lines
from migrate.sources.fences import View, view

Rewrite = Callable[[str, Sequence[Edit]], str]


def apply_to_document(path: str, text: str, edits: Sequence[Edit], rewrite: Rewrite) -> str:
    """The document ``text`` with ``edits`` made in its Python by ``rewrite``; a ReplaceSpan changes a line of
    a shell block. Raises ProofError."""
    splices = [edit for edit in edits if isinstance(edit, ReplaceSpan)]
    python = [edit for edit in edits if not isinstance(edit, ReplaceSpan)]
    text = apply_splices(text, splices)
    if not python:
        return text
    found = view(path, text)
    if found is None:
        raise ProofError("engine", "the document has no Python that can be edited; scan the file again")
    return _written(found, rewrite(found.text, python))


def _written(found: View, new: str) -> str:
    """The document whose Python is ``new``."""
    marked = re.compile(rf"{re.escape(found.mark)}(\d+)")
    openings = {fence.first - 1: fence for fence in found.fences}
    closings = {fence.last + 1 for fence in found.fences}
    fence = None
    parts: list[str] = []
    seen: list[int] = []
    for line in split_lines(new):
        match = marked.fullmatch(line.rstrip("\r\n"))
        if match is not None:
            number = int(match[1])
            seen.append(number)
            parts.append(found.lines[number - 1])
            fence = openings.get(number, None if number in closings else fence)
        elif fence is None:
            raise ProofError("engine", "an edit would stand outside of the code blocks")
        elif line.strip() or seen[-1] != fence.first - 1 or parts[-1] != found.lines[seen[-1] - 1]:
            parts.append(fence.indent + line if line.strip() else line)
        elif not found.lines[fence.first - 1].strip():
            parts.append(line)  # a blank line that stands there, not one that an import brought
    inside = {number for one in found.fences for number in range(one.first, one.last + 1)}
    if seen != [number for number in range(1, len(found.lines) + 1) if number not in inside]:
        raise ProofError("engine", "an edit reaches out of a code block")
    return "".join(parts)
