"""Finds runs of words in capitals that are emphasis: no headings, constants, acronyms. It changes nothing."""

from __future__ import annotations

import re

_RUN = re.compile(
    r"(?<![\w'’])[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’]*(?:[ \t,;:\-*\"/\n]{1,4}[A-ZÀ-ÖØ-Þ0-9][A-ZÀ-ÖØ-Þ0-9'’]*)+(?![\w'’])"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST = 4


def shouted(text: str) -> list[tuple[int, int]]:
    """The character ranges of shouted runs."""
    return [span for match in _RUN.finditer(text) if _is_emphasis(text, *(span := match.span()))]


def _is_emphasis(text: str, start: int, end: int) -> bool:
    return len(_WORD.findall(text[start:end])) >= _FEWEST
