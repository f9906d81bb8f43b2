"""Finds the versions that cells of notebooks install, ``%pip install openai==0.28``. It edits nothing.

They rise with the notebook's own code, or with the modules that it imports: what else a notebook installs
may need the old version, and a notebook has an environment of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.findings.edits import ReplaceSpan
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.dependencies.requirements import Requirement, installed, raised
from migrate.sources.cells import joined
from migrate.sources.kinds import kind_of
from migrate.sources.notebooks import NotebookError, read_notebook
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.program.inventory import Inventory

_PACKAGE = "openai"
_RULE = "old-sdk-pin"
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t].*", re.MULTILINE)


def notebook_pins(inventory: Inventory, floor: str, old: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for every requirement that does not fit ``floor``; ``old`` is what stage ``sdk`` found."""
    moved = {edit.path for one in old for edit in one.edits}
    for path in sorted(inventory.selected & inventory.sources.keys()):
        if kind_of(path) != "notebook":
            continue
        here = [one for one in old if one.place.path == path and not one.note]
        left = any(not one.edits for one in here)
        change = f"sdk {path}" if here else "pins"
        if not here and not _imports(inventory.sources[path].text, moved):
            continue
        for span, line in _installs(inventory, path):
            for one in installed(line, _PACKAGE):
                new = raised(one.spec, floor)
                if new is not None:
                    yield _finding(path, span.line, line, one, new, "" if left else change)


def of_modules(old: Sequence[Finding]) -> list[Finding]:
    """Those of ``old`` that move no notebook."""
    return [one for one in old if all(kind_of(edit.path) != "notebook" for edit in one.edits)]


def beside_notebooks(
    inventory: Inventory, pins: Iterable[Finding], others: Iterable[Finding]
) -> list[Finding]:
    """Those of ``pins`` beside or above a notebook with calls, and ``others``, those of modules."""
    found = {one.place: one for one in others}
    calling = {site.place.path for site in inventory.call_sites if kind_of(site.place.path) == "notebook"}
    for one in pins:
        folder = one.place.path.rpartition("/")[0]
        if any(path.startswith(f"{folder}/" if folder else "") for path in calling):
            found[one.place] = one
    return list(found.values())


def unread_cells(inventory: Inventory, path: str) -> list[int]:
    """The cells of the notebook ``path`` that name openai and are no Python that can be read."""
    file = inventory.file(path) if kind_of(path) == "notebook" else None
    if file is None:
        return []
    notebook = read_notebook(file.text)
    left = joined(notebook).left
    return [cell.number for cell in notebook.cells if cell.number in left and _PACKAGE in cell.source]


def _imports(code: str, moved: Iterable[str]) -> bool:
    """Whether ``code`` imports one of the modules in the files ``moved``, by their names."""
    names = {path.removesuffix("/__init__.py").rpartition("/")[2].partition(".")[0] for path in moved}
    words = {word for line in _IMPORT.findall(code) for word in re.findall(r"\w+", line)}
    return bool(names & words)


def _installs(inventory: Inventory, path: str) -> list[tuple[Span, str]]:
    file = inventory.file(path)
    if file is None or "install" not in file.text or _PACKAGE not in file.text:
        return []
    try:
        return list(joined(read_notebook(file.text)).installs())
    except NotebookError:
        return []


def _finding(path: str, row: int, line: str, found: Requirement, new: str, change: str) -> Finding:
    """Raised with ``change``; by hand where that is empty, because code of the notebook stays as it is."""
    place = Place(path, Span(row, found.start + 1, row, found.end + 1))
    message = f"{_PACKAGE}{found.spec} allows versions on which the moved code does not run, or only those"
    written = line[found.start : found.end]
    if not change:
        cure = f"make it {new}, by hand, when the rest of the notebook has moved to openai 1.x"
        return Finding(_RULE, "dependencies", place, message, cure, "manual")
    # In quotes, because a shell takes > for a redirection.
    name = written.strip("\"'").removesuffix(found.spec).rstrip()
    edit = FileEdit(path, ReplaceSpan(place.span, written, f'"{name}{new}"'))
    cure = f"it becomes {name}{new}"
    return Finding(_RULE, "dependencies", place, message, cure, "review", (edit,), (), change)
