"""The analysis of one bare text as people read it: what was found, where, and the proposal as a diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from migrate.prompts.analysis import Analysis
from migrate.prompts.detection.spans import Span

_LONGEST = 70


def text_page(name: str, text: str, analysis: Analysis) -> str:
    """The whole page, line ends included."""
    lines = [_found(name, text, span) for span in (*analysis.spans, *analysis.advice)]
    if not lines:
        return f"{name}: nothing that a reasoning model is better off without\n"
    if analysis.rewrite is not None:
        lines += ["", *_diff(text, analysis.rewrite, name)]
    elif analysis.flag:
        lines += ["", "Left to you:", *(f"  {reason}" for reason in analysis.reasons)]
    return "\n".join(lines) + "\n"


def _found(name: str, text: str, span: Span) -> str:
    line = text.count("\n", 0, span.start) + 1
    column = span.start - text.rfind("\n", 0, span.start)
    said = " ".join(text[span.start : span.end].split())
    short = said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
    return f"{name}:{line}:{column}  {span.label}  {short}"


def _diff(text: str, rewrite: str, name: str) -> Iterator[str]:
    before, after = text.splitlines(), rewrite.splitlines()
    return difflib.unified_diff(before, after, name, f"{name} (proposed)", lineterm="")
