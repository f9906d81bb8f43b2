"""A notebook's Source to the Source of the Python in it, which is analysed as any other file is."""

from __future__ import annotations

import msgspec

from migrate.sources.cells import joined
from migrate.sources.notebooks import NotebookError, read_notebook
from migrate.sources.source import Outcome, Source, newline_of


def as_python(source: Source) -> tuple[Source | Outcome, Outcome | None]:
    """The Python of a notebook, cell after cell, or why there is none; and what was left out of it."""
    try:
        notebook = read_notebook(source.text)
    except NotebookError as error:
        return Outcome(source.path, "skipped", f"{error}"), None
    view = joined(notebook) if notebook.is_python else None
    if view is None or not view.cells:
        why = "no cell of it is Python that can be parsed" if view else f"its kernel is {notebook.language}"
        return Outcome(source.path, "skipped", why), None
    left = None
    if view.left:
        cells = f"cell{'s' * (len(view.left) > 1)} {', '.join(map(str, view.left))}"
        left = Outcome(source.path, "skipped", f"{cells}: not Python that can be parsed; the others are read")
    python = msgspec.structs.replace(
        source,
        raw=view.text.encode("utf-8", "surrogatepass"),
        text=view.text,
        encoding="utf-8",
        bom=False,
        newline=newline_of(view.text),
        cells=tuple((one.line, one.number) for one in view.starts),
    )
    return python, left
