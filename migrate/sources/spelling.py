"""How JSON spells the characters of a notebook's cell. Pure arithmetic."""

from __future__ import annotations

from migrate.sources.notebooks import Cell


def spelled(text: str, cell: Cell) -> list[tuple[int, int]] | None:
    """Where each character of the cell's source stands in the notebook ``text``; None where its escapes are
    not as JSON writes them."""
    found: list[tuple[int, int]] = []
    for piece in cell.pieces:
        at = piece.start
        for character in piece.value:
            end = at + _length(text, at, character)
            found.append((at, end))
            at = end
        if at != piece.end:
            return None
    return found


def _length(text: str, at: int, character: str) -> int:
    """How many characters of JSON spell ``character`` at ``at``."""
    if text[at] != "\\":
        return 1
    if text[at + 1] != "u":
        return 2
    return 12 if ord(character) > 0xFFFF else 6
