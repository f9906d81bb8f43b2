"""Finds examples of one line each that give a reason before the label, set apart by arrows: ``No light:
because a wire broke -> electrician``. It changes nothing.
"""

from __future__ import annotations

import re

from migrate.prompts.detection.records import length
from migrate.prompts.language.placeholders import pattern

_ARROW = re.compile(r"-{1,2}>|=>|[→⇒➜]")
_COLON = re.compile(r"[:：](?!//)")
_FEWEST = 2  # examples
_FEWEST_WORDS = 3  # between two arrows
_FEWEST_OF_REASON = 2
_LONGEST_LABEL = 4  # words
_LONGEST = 400  # characters of a line


def arrowed(text: str, reason: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """The reasons in examples of one line, where the last line is left for the model to go on with."""
    lines = [(one.start(), one.end()) for one in re.finditer(r"[^\n]+", text) if one[0].strip()]
    if len(lines) <= _FEWEST or not _ARROW.search(text) or not _open(text[slice(*lines[-1])]):
        return ()
    found = [one for start, end in lines[:-1] if (one := _between(text, start, end, reason))]
    return tuple(found) if len(found) >= _FEWEST else ()


def _open(line: str) -> bool:
    """Whether a line waits for its end: nothing stands behind its colon or arrow, or only fields before."""
    rest = line.rstrip()
    return rest.endswith((":", "：", "->", "=>", "→", "⇒", "➜")) or pattern().search(rest) is not None


def _between(text: str, start: int, end: int, reason: re.Pattern[str]) -> tuple[int, int] | None:
    """What stands between what is given and the label, if it tells why."""
    if end - start > _LONGEST:
        return None
    arrows = list(_ARROW.finditer(text, start, end))
    if not arrows or not 0 < length(text, arrows[-1].end(), end) <= _LONGEST_LABEL:
        return None
    last = arrows[-1].start()
    if len(arrows) > 1:
        first, fewest = arrows[-2].end(), _FEWEST_WORDS
    else:
        colon = _COLON.search(text, start, last)
        if colon is None or not reason.search(text, colon.end(), last):
            return None
        first, fewest = colon.end(), _FEWEST_OF_REASON
    return (first, last) if length(text, first, last) >= fewest else None
