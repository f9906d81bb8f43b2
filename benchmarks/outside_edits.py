"""Checks on real repositories that nothing but edits changes: ``python -m benchmarks.outside_edits FOLDER``

Of every file that ``diff --include review`` would change: text that is not Python must differ in as many
places as it has edits, a notebook in the source of its code cells alone. Every notebook, changed or not, is
taken apart and put together again. Prints what it looked at, and what is not so; nothing is written.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from migrate.pipeline import proposal
from migrate.rewrite.engine.notebooks import written_back
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.settings import Settings
from migrate.sources.cells import joined
from migrate.sources.encoding import encode
from migrate.sources.kinds import SETTING, kind_of
from migrate.sources.notebooks import NotebookError, read_notebook


def problems(root: Path) -> Iterator[str]:
    """What is not as it should be under ``root``."""
    _, proposed = proposal([root], Settings(include_review=True, cache=False))
    kinds = Counter(kind_of(change.path) for change in proposed.changes)
    print(f"{root}: would change {dict(kinds)}")
    for change in proposed.changes:
        kind = kind_of(change.path)
        if kind == "notebook":
            yield from _of_notebook(change)
        elif kind in SETTING:
            yield from _of_settings(change, proposed)
    yield from _round_trips(root)


def _of_settings(change: FileChange, proposed: Proposal) -> Iterator[str]:
    old, new = change.source.raw, encode(change.source, change.new_text)
    edits = {edit.edit for one in proposed.applied for edit in one.edits if edit.path == change.path}
    lines = SequenceMatcher(None, old.splitlines(True), new.splitlines(True), autojunk=False)
    changed = [one for one in lines.get_opcodes() if one[0] != "equal"]
    if len(changed) > len(edits):
        yield f"{change.path}: {len(changed)} places differ, {len(edits)} are edited"


def _of_notebook(change: FileChange) -> Iterator[str]:
    old, new = json.loads(change.source.text), json.loads(change.new_text)
    for book in (old, new):
        for cell in book.get("cells", []):
            if cell["cell_type"] == "code":
                del cell["source"]
    if old != new and "cells" in old:
        yield f"{change.path}: more than the source of code cells differs"


def _round_trips(root: Path) -> Iterator[str]:
    found = sorted(path for path in root.rglob("*.ipynb") if ".git" not in path.parts)
    for path in found:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        try:
            view = joined(read_notebook(text))
        except NotebookError as error:
            print(f"{path}: {error}")
            continue
        if written_back(text, view, [cell.source for cell in view.cells]) != text:
            yield f"{path}: taken apart and put together, it differs"
    print(f"{root}: {len(found)} notebooks taken apart and put together")


def main() -> int:
    wrong = [one for name in sys.argv[1:] for one in problems(Path(name))]
    print("\n".join(wrong) or "nothing differs outside of edits")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
