"""Edits of a text as data: ranges of characters and what becomes of them. It decides none."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class TextEdit(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` of a text become ``new``."""

    start: int
    end: int
    new: str = ""


def applied(text: str, edits: Iterable[TextEdit]) -> str:
    """``text`` with the edits made, which are in order."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*parts, text[at:]))
