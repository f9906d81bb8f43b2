"""Replaces named stretches of a text file that is not Python; every other character stays as it is.

It knows no format: what a stretch means, and that the file still says what it said, is proved elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import Edit, ReplaceSpan
from migrate.sources.lines import Lines


def apply_splices(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with every stretch of ``edits`` replaced.

    Raises ProofError where a span does not hold the text that its edit expects, where two edits overlap or
    insert at the same place, and for an edit of another kind.
    """
    lines = Lines(text)
    pieces: list[str] = []
    done = 0
    before: ReplaceSpan | None = None
    for edit in sorted(_splices(edits), key=lambda one: one.span):
        there = edit.span.end_line <= len(lines)
        start, end = lines.offsets(edit.span) if there else (0, 0)
        if not there or text[start:end] != edit.old:
            raise ProofError("engine", f"line {edit.span.line} is not what it was; scan the file again")
        if before is not None and (start < done or edit.span == before.span):
            raise ProofError("engine", f"line {edit.span.line}: two edits change the same text")
        pieces += (text[done:start], edit.new)
        done, before = end, edit
    return "".join((*pieces, text[done:]))


def _splices(edits: Sequence[Edit]) -> list[ReplaceSpan]:
    """The edits without doubles."""
    found: dict[ReplaceSpan, None] = {}
    for edit in edits:
        if not isinstance(edit, ReplaceSpan):
            raise ProofError("engine", f"{type(edit).__name__} is not for text that is not Python")
        found[edit] = None
    return list(found)
