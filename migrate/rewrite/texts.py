"""The texts of an inventory's files as stages ask for them: of a notebook or document its Python."""

from __future__ import annotations

from migrate.program.inventory import Inventory
from migrate.sources.fences import shown
from migrate.sources.kinds import kind_of


def python_text(inventory: Inventory, path: str) -> str | None:
    """The Python of ``path``, or the text of a file that has none; None where it was not read."""
    source = inventory.source(path)
    return source.text if source is not None else None


def text_of_places(inventory: Inventory, path: str) -> str | None:
    """The text in which places of ``path`` count; in a document those of its commands do too."""
    source = inventory.file(path) if kind_of(path) == "prose" else None
    return shown(path, source.text) if source is not None else python_text(inventory, path)
