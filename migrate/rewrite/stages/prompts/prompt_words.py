"""How a finding shows what it is about in a prompt: the words, and the place where they are written."""

from __future__ import annotations

from collections.abc import Callable

from migrate.prompts.analysis import Analysis, Span
from migrate.prompts.prompt import PromptText
from migrate.sources.lines import Lines
from migrate.sources.place import Place

_LONGEST = 60


def quoted(prompt: PromptText, found: Analysis) -> str:
    """The first words that were found, on one line; how many more there are."""
    first = found.spans[0]
    words = " ".join(prompt.text[first.start : first.end].split())
    shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    more = len(found.spans) - 1
    return f'"{shown}"' + (f" and {more} more" if more else "")


def where(prompt: PromptText, span: Span, lines: Callable[[str], Lines]) -> Place:
    """The source of the first piece that the words are written in, or that fills them in."""
    for piece in prompt.pieces:
        if piece.end > span.start and piece.start < span.end:
            if piece.kind != "text":
                return piece.place
            known = lines(piece.place.path)
            start = known.offset(piece.place.span.line, piece.place.span.column)
            first, last = max(span.start, piece.start), min(span.end, piece.end)
            found = known.between(start + first - piece.start, start + last - piece.start)
            return Place(piece.place.path, found, piece.place.cell)
    return prompt.place
