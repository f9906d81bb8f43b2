"""A notebook or document to the Source of the Python in it, which is analysed as any other file is."""

from __future__ import annotations

import msgspec

from migrate.sources.cells import joined
from migrate.sources.fences import own_address, view
from migrate.sources.kinds import kind_of
from migrate.sources.notebooks import NotebookError, read_notebook
from migrate.sources.source import Outcome, Source, newline_of


def as_python(source: Source) -> tuple[Source | Outcome | None, Outcome | None]:
    """The Python of a notebook or document, or why there is none; and what was left out of it. A document
    without any is nothing to tell of."""
    if kind_of(source.path) == "prose":
        found = view(source.path, source.text)
        line = own_address(source.path, source.text)
        if found is not None and line is not None:
            why = f"line {line} sets the address that its code asks: it is about that server"
            return Outcome(source.path, "skipped", why), None
        return (None if found is None else _of(source, found.text)), None
    try:
        notebook = read_notebook(source.text)
    except NotebookError as error:
        return Outcome(source.path, "skipped", f"{error}"), None
    whole = joined(notebook) if notebook.is_python else None
    if whole is None or not whole.cells:
        why = "no cell of it is Python that can be parsed" if whole else f"its kernel is {notebook.language}"
        return Outcome(source.path, "skipped", why), None
    left = None
    if whole.left:
        named = f"cell{'s' * (len(whole.left) > 1)} {', '.join(map(str, whole.left))}"
        left = Outcome(source.path, "skipped", f"{named}: not Python that can be parsed; the others are read")
    return _of(source, whole.text, tuple((one.line, one.number) for one in whole.starts)), left


def _of(source: Source, text: str, cells: tuple[tuple[int, int], ...] = ()) -> Source:
    return msgspec.structs.replace(
        source,
        raw=text.encode("utf-8", "surrogatepass"),
        text=text,
        encoding="utf-8",
        bom=False,
        newline=newline_of(text),
        cells=cells,
    )
