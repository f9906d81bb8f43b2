"""Writes edited Python back into a notebook: only characters of cells' source change, as JSON spells them.

It knows where characters stand, not what they mean: edits are made in the joined text by Python's engine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from migrate.errors import ProofError
from migrate.findings.edits import AddImport, Edit, ReplaceSpan
from migrate.rewrite.engine.imports import import_line
from migrate.rewrite.engine.notebook_json import changes
from migrate.rewrite.proof.notebooks import prove_notebook
from migrate.sources.cells import Aside, Joined, joined, split_lines
from migrate.sources.notebooks import Cell, NotebookError, read_notebook

Rewrite = Callable[[str, Sequence[Edit]], str]


def apply_to_notebook(text: str, edits: Sequence[Edit], rewrite: Rewrite) -> str:
    """The notebook ``text`` with ``edits``, whose spans count in its joined text, made by ``rewrite``; a
    ReplaceSpan changes a magic or shell line. Raises ProofError."""
    try:
        view = joined(read_notebook(text))
    except NotebookError as error:
        raise ProofError("engine", str(error)) from None
    python = [edit for edit in edits if not isinstance(edit, ReplaceSpan)]
    asides = _spliced(view.asides, [edit for edit in edits if isinstance(edit, ReplaceSpan)])
    new = rewrite(view.text, python) if python else view.text
    sources = _sources(view, new, asides)
    _refuse_early_imports(view, sources, python)
    new_text = written_back(text, view, sources)
    prove_notebook(text, [cell.number for cell in view.cells], sources, new_text)
    return new_text


def _refuse_early_imports(view: Joined, sources: Sequence[str], edits: Sequence[Edit]) -> None:
    """Raises ProofError where a new import of a package would run before the cell that installs packages."""
    installing = max((span.line for span, _ in view.installs()), default=0)
    for edit in edits:
        if not isinstance(edit, AddImport) or edit.module.partition(".")[0] in sys.stdlib_module_names:
            continue
        line = import_line(edit)
        cells = zip(view.starts, view.cells, sources, strict=True)
        first = next((start for start, cell, new in cells if line in new and line not in cell.source), None)
        later = [start.line for start in view.starts if first is not None and start.line > first.line]
        if first is not None and later and installing >= later[0]:
            raise ProofError(
                "engine", f"cell {first.number} would import {edit.module} before it is installed"
            )


def written_back(text: str, view: Joined, sources: Sequence[str]) -> str:
    """``text`` with the source of every cell of ``view`` made the one of ``sources`` at the same place."""
    pieces: list[str] = []
    done = 0
    for cell, source in zip(view.cells, sources, strict=True):
        for start, end, new in changes(text, cell, source):
            if start < done:
                raise ProofError("engine", f"cell {cell.number} cannot be edited in so many places at once")
            pieces += (text[done:start], new)
            done = end
    return "".join((*pieces, text[done:]))


def _spliced(asides: Sequence[Aside], edits: Sequence[ReplaceSpan]) -> list[tuple[str, str]]:
    """(instead, written) of every line set aside, ``edits`` made in what is written."""
    lines = {one.line: one.written for one in asides}
    for edit in sorted(set(edits), reverse=True):
        line, start, end = edit.span.line, edit.span.column - 1, edit.span.end_column - 1
        written = lines.get(line)
        if written is None or edit.span.end_line != line or written[start:end] != edit.old:
            raise ProofError("engine", f"line {line} is not what it was; scan the file again")
        lines[line] = written[:start] + edit.new + written[end:]
    return [(one.instead, lines[one.line]) for one in asides]


def _sources(view: Joined, new: str, asides: Sequence[tuple[str, str]]) -> list[str]:
    """The source of each cell in the joined text ``new``, with the lines back that were set aside."""
    waiting = list(reversed(asides))
    found: list[str] = []
    lines: list[str] = []
    for line in split_lines(new):
        bare = line.rstrip("\r\n")
        if bare == view.mark:
            found.append("".join(lines))
            lines = []
        elif waiting and bare == waiting[-1][0]:
            lines.append(waiting.pop()[1] + line[len(bare) :])
        else:
            lines.append(line)
    if waiting or lines or len(found) != len(view.cells):
        raise ProofError("engine", "the edits reach over the border of a cell")
    return [_ended(cell, source) for cell, source in zip(view.cells, found, strict=True)]


def _ended(cell: Cell, source: str) -> str:
    """``source`` without the line end that only joining gave it."""
    first = cell.source.lstrip()[:2] == "%%"
    if first and not source.lstrip().startswith("%%"):
        raise ProofError("engine", f"cell {cell.number} has to begin with its magic")
    if cell.source.endswith(("\n", "\r")):
        return source
    return (
        source.removesuffix("\n").removesuffix("\r") if source.endswith("\r\n") else source.removesuffix("\n")
    )
