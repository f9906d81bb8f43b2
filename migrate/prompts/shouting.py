"""Finds runs of words in capitals that are emphasis: no headings, constants, acronyms. It changes nothing."""

from __future__ import annotations

import re

from migrate.prompts.tokens import fold

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_BETWEEN = r"[ \t,;:\-\"/\n.!]{1,4}"
_RUN = re.compile(
    rf"(?<![\w'’])[{_CAPITAL}][{_CAPITAL}'’]*(?:{_BETWEEN}(?:[{_CAPITAL}][{_CAPITAL}'’]*|\d+)(?![\w'’]))+"
)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 4
_FEWEST_LETTERS = 12


def shouted(text: str, emphatic: frozenset[str]) -> list[tuple[int, int]]:
    """The character ranges of shouted runs. ``emphatic`` words tell them from headings and names."""
    if text.upper() == text:
        return []
    return [span for match in _RUN.finditer(text) if _is_emphasis(text, *(span := match.span()), emphatic)]


def _is_emphasis(text: str, start: int, end: int, emphatic: frozenset[str]) -> bool:
    words = [fold(word) for word in _WORD.findall(text, start, end)]
    if len(words) < _FEWEST or len("".join(words)) < _FEWEST_LETTERS or not emphatic.intersection(words):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.lstrip().startswith("#")
