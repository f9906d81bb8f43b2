"""Finds runs of words in capitals that are emphasis: no headings, constants, code. It changes nothing."""

from __future__ import annotations

import re

from migrate.prompts.language.lines import line_before
from migrate.prompts.language.placeholders import pattern
from migrate.prompts.language.tokens import fold

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_BETWEEN = r"(?:[ \t,;:\-\"/.!]{1,4}|[ \t,;.!]{0,2}\n[ \t]{0,2})"
_RUN = re.compile(
    rf"(?<![\w'’])[{_CAPITAL}][{_CAPITAL}'’]*(?:{_BETWEEN}(?:[{_CAPITAL}][{_CAPITAL}'’]*|\d+)(?![\w'’]))+"
)
_WORD = re.compile(r"[^\W\d_]+")
_ITEM = re.compile(r"[,/|;\n]")
_LIST = re.compile(r"[*_ \t]*\n\s*(?:[-*•–]|\d{1,2}[.)])[ \t]")
_OPTION = re.compile(r"\s*--?[a-z]")
_FEWEST = 4
_FEWEST_LETTERS = 12
_BLANKS = ("<>", "[]", "{}", '""', "``")
_LONG_ITEM = 3  # words
_FEWEST_LINKING = 2
_FEWEST_TELLING = 2


def shouted(
    text: str,
    emphatic: frozenset[str],
    forceful: frozenset[str],
    linking: frozenset[str],
    code: frozenset[str],
) -> list[tuple[int, int]]:
    """The character ranges of shouted runs. ``emphatic`` words tell them from headings and names, ``linking``
    ones where the run is a sentence or a part of one, ``forceful`` ones where all is in capitals; a run of
    ``code`` is a statement of code."""
    if _OPTION.match(text):
        return []
    all_of_it = text.upper() == text
    found = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        words = [fold(word) for word in _WORD.findall(text, start, end)]
        if _is_short(words) or _is_code(words, code):
            continue
        telling = len(emphatic.intersection(words))
        spoken = (forceful.intersection(words) if all_of_it else telling) and (
            forceful.intersection(words) or telling >= _FEWEST_TELLING
        )
        spoken = spoken or (
            not all_of_it
            and sum(word in linking for word in words) >= _FEWEST_LINKING
            and _is_said(text, start, end)
        )
        if (
            spoken
            and not _is_heading(text, start, end, bool(forceful.intersection(words)))
            and not _is_set_apart(text, match)
        ):
            found.append((start, end))
    return found


def _is_short(words: list[str]) -> bool:
    """Whether words are too few for a sentence, letters of an alphabet not counted."""
    longer = sum(len(word) > 1 for word in words)
    return len(words) < _FEWEST or longer < _FEWEST - 1 or len("".join(words)) < _FEWEST_LETTERS


def _is_code(words: list[str], code: frozenset[str]) -> bool:
    """``CREATE TABLE IF NOT EXISTS``: all words but one are those of a query language."""
    return sum(word not in code for word in words) <= len(words) // _FEWEST


def _is_heading(text: str, start: int, end: int, forceful: bool) -> bool:
    """``# NEVER SAY THIS``; ``YOUR COPY WAS GIVEN THE TASK: {task}`` names what stands behind it; a line of
    its own without a mark at its end names what stands below, where no word forces anything, and one with a
    colon above a list."""
    before = line_before(text, start).strip()
    after = text[end : end + 2].lstrip(" \u00a0")[:1]
    names = after == ":" and pattern().match(text, text.index(":", end) + 2) is not None
    listed = after == ":" and _LIST.match(text, text.index(":", end) + 1) is not None
    alone = not before and (after == ":" or text[end : end + 1] == "\n") and (listed or not forceful)
    return before.startswith("#") or (names and not before) or alone


def _is_said(text: str, start: int, end: int) -> bool:
    """Whether a run ends in a mark, or stands in a line of other words: a heading stands alone, or before a
    colon."""
    after = text[end : end + 1]
    if after in (".", "!", ","):
        return True
    before = line_before(text, start)
    return after != ":" and any(one.islower() for one in before)


def _is_set_apart(text: str, match: re.Match[str]) -> bool:
    """``CORRECT, INCORRECT, NOT ATTEMPTED`` are names side by side, ``<YOUR NEW API KEY>`` is a blank,
    ``"I THINK, SO I PRINT"`` a string."""
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    if around in _BLANKS:
        return True
    items = _ITEM.split(match[0])
    return len(items) > 2 and all(len(_WORD.findall(one)) < _LONG_ITEM for one in items)
