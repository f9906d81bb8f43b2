"""Tells a text that something was cut out of wrongly: marks without words, words that cannot end a sentence.

It knows neither what was cut nor why; compare what it counts before and after.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

from migrate.prompts.language.matching import Lexicon

_STRAY = re.compile(
    r"""(?mx)
    ^[ \t>]*(?:(?:[-*•–+]|\(?\d{1,3}[.):])[ \t]+)?[,;!?，。；！？、](?!\w)   # a line begins with a mark
  | [,;:，；：][ \t]?[.!?。！？](?![\w.])                                     # two marks in a row
  | (?<!\.)\.\.(?!\.) | ,[ \t]?, | ，[，。] | [(（][ \t]*[)）]
  | (?:[.!?]["'”»])[ \t]?[.](?!\w)
  | ^[ \t]*\#{1,6}[ \t]*$ | ^[ \t]*(?:[-*•–+]|\(?\d{1,3}[.):])[ \t]*$    # nothing behind a marker
  | [^\S\n]<?/[A-Za-z_]{2,30}>[ \t](?=\w+[ \t])         # a closing tag within a sentence
  | \{%-?\s{0,9}(?!end)[^%{}]{0,200}%\}\s*\{%-?\s{0,9}(?:end|else|elif)         # a block with nothing in it
    """
)
_TAG = re.compile(r"<(/?)([^\W\d_][\w-]{0,40})>")
_ENDS = frozenset(".!?…。！？")


def broken(text: str, lexicon: Lexicon) -> int:
    """How many places of a text look as if something were missing there."""
    tokens = lexicon.sentences(text).tokens
    hanging = sum(
        word in lexicon.open_ended and after in _ENDS and tokens.ends[number] == tokens.starts[number + 1]
        for number, (word, after) in enumerate(itertools.pairwise(tokens.words))
    )
    return hanging + sum(1 for _ in _STRAY.finditer(text)) + _unpaired(text)


def _unpaired(text: str) -> int:
    """How many closing tags have no tag before them that they close."""
    opened: Counter[str] = Counter()
    alone = 0
    for tag in _TAG.finditer(text):
        opened[tag[2]] += -1 if tag[1] else 1
        if opened[tag[2]] < 0:
            alone += 1
            opened[tag[2]] = 0
    return alone
