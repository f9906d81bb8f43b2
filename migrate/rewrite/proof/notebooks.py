"""Proves an edited notebook: outside of the source of its cells every character is the same, and the cells
say what the proved Python says.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.sources.notebooks import Notebook, NotebookError, read_notebook


def prove_notebook(text: str, numbers: Sequence[int], sources: Sequence[str], new_text: str) -> None:
    """Raises ProofError unless ``new_text`` is the notebook ``text`` with the cells ``numbers`` saying
    ``sources``, and nothing else."""
    try:
        old, new = read_notebook(text), read_notebook(new_text)
    except NotebookError as error:
        raise ProofError("proof", f"the new text is no notebook: {error}") from None
    if _outside(text, old) != _outside(new_text, new):
        raise ProofError("proof", "something beside the source of the cells would change")
    wanted = dict(zip(numbers, sources, strict=True))
    for before, after in zip(old.cells, new.cells, strict=True):
        if after.source != wanted.get(before.number, before.source):
            raise ProofError("proof", f"cell {before.number} would not say what it should")


def _outside(text: str, notebook: Notebook) -> list[str]:
    """The text around the sources of the cells."""
    found = []
    done = 0
    for cell in notebook.cells:
        found.append(text[done : cell.start])
        done = cell.end
    return [*found, text[done:]]
