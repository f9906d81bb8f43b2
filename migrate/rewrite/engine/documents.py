"""Writes edited Python back into the code blocks of a document; every line outside of them is the same.

Edits are made on the document's Python by the engine for Python, whose proof holds for it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from migrate.errors import ProofError
from migrate.findings.edits import IN_TEXT, AddImport, Edit
from migrate.rewrite.engine.text_files import apply_to_text
from migrate.sources.cells import split_lines
from migrate.sources.fences import Fence, View, view

Rewrite = Callable[[str, Sequence[Edit]], str]


def apply_to_document(path: str, text: str, edits: Sequence[Edit], rewrite: Rewrite) -> str:
    """The document ``text`` with ``edits`` made in its Python by ``rewrite``; those for text change
    shell blocks. Raises ProofError."""
    python = [edit for edit in edits if not isinstance(edit, IN_TEXT)]
    text = apply_to_text(path, text, edits)
    if not python:
        return text
    found = view(path, text)
    if found is None:
        raise ProofError("engine", "the document has no Python that can be edited; scan the file again")
    blocks = _blocks(found, rewrite(found.text, python))
    imports = [edit for edit in python if isinstance(edit, AddImport)]
    return _assembled(found, [_alone(block, imports, rewrite) for block in blocks])


def _blocks(found: View, new: str) -> list[str]:
    """The code of each block in the new Python."""
    marked = re.compile(rf"{re.escape(found.mark)}(\d+)")
    openings = {fence.first - 1: index for index, fence in enumerate(found.fences)}
    closings = {fence.last + 1 for fence in found.fences}
    blocks: list[list[str]] = [[] for _ in found.fences]
    at: int | None = None
    seen: list[int] = []
    for line in split_lines(new):
        match = marked.fullmatch(line.rstrip("\r\n"))
        if match is not None:
            number = int(match[1])
            seen.append(number)
            at = openings.get(number, None if number in closings else at)
        elif at is None:
            raise ProofError("engine", "an edit would stand outside of the code blocks")
        else:
            blocks[at].append(line)
    inside = {number for one in found.fences for number in range(one.first, one.last + 1)}
    if seen != [number for number in range(1, len(found.lines) + 1) if number not in inside]:
        raise ProofError("engine", "an edit reaches out of a code block")
    return [_opened(found, fence, lines) for fence, lines in zip(found.fences, blocks, strict=True)]


def _opened(found: View, fence: Fence, lines: list[str]) -> str:
    """The code without the blank lines that an import brought before it."""
    while lines and not lines[0].strip() and found.lines[fence.first - 1].strip():
        lines = lines[1:]
    return "".join(lines)


def _alone(block: str, imports: Sequence[AddImport], rewrite: Rewrite) -> str:
    """``block`` with the imports that it uses, if it has some of its own: people copy such a block alone."""
    tree = ast.parse(block)
    own = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    bound = {alias.asname or alias.name.partition(".")[0] for node in own for alias in node.names}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    missing = [one for one in imports if own and (one.name or one.module) in used - bound]
    return rewrite(block, missing) if missing else block


def _assembled(found: View, blocks: Sequence[str]) -> str:
    parts: list[str] = []
    number = 1
    for fence, block in zip(found.fences, blocks, strict=True):
        parts += found.lines[number - 1 : fence.first - 1]
        parts += [fence.indent + line if line.strip() else line for line in split_lines(block)]
        number = fence.last + 1
    return "".join((*parts, *found.lines[number - 1 :]))
