"""Says whether what is left of a text speaks of what went. It cuts nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from migrate.prompts.language.rules import Hit
from migrate.prompts.language.tokens import fold
from migrate.prompts.language.words import Words

_WORD = re.compile(r"\w+")


def echoed(rest: str, hits: Sequence[Hit], words: Words) -> bool:
    """Whether what is left speaks of what went, as of ``the plan``."""
    plain = rest.casefold()
    if any(one in plain for one in words.wording.echoes):
        return True
    said = {
        " ".join(map(fold, echo.replace("-", " ").split()))
        for hit in hits
        for echo in hit.rule.technique.echoes
    }
    if not said:
        return False
    if any(wide(echo) and echo in rest for echo in said):
        return True
    left = [fold(word) for word in _WORD.findall(rest)]
    pairs = (" ".join(pair) for pair in itertools.pairwise(left))
    return not said.isdisjoint(left) or not said.isdisjoint(pairs)


def wide(text: str) -> bool:
    """A text in a script without spaces is one long word."""
    return any(one > "\u2fff" for one in text)
