"""How many tokens a text has, about: an estimate by the kinds of its characters, no tokenizer.

Written words count a token for every six letters begun, numbers one for three digits, letters of other
alphabets one for three, characters of Chinese, Japanese and Korean one each, signs one for two. Nothing is
downloaded for it.
"""

from __future__ import annotations

import re

_RUNS = re.compile(
    r"(?P<latin>[A-Za-z]+)|(?P<digits>\d+)|(?P<wide>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])"
    r"|(?P<letters>[^\W\d_]+)|(?P<lines>\n+)|(?P<blanks>[^\S\n]{2,})|(?P<signs>[^\w\s]+|_+)"
)
_SIZES = {"latin": 6, "digits": 3, "wide": 1, "letters": 3, "lines": 2, "blanks": 8, "signs": 2}


def tokens(text: str) -> int:
    """The estimate for ``text``; a placeholder counts as it is written."""
    count = 0
    for match in _RUNS.finditer(text):
        size = _SIZES[match.lastgroup or "signs"]
        count += -(-len(match[0]) // size)
    return count
