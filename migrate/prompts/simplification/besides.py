"""Says whether a clause asks for something besides thinking, which must not go with it: ``think it through,
stay friendly``. No list knows all that can be asked for, so what no list knows counts. It cuts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrate.prompts.language.tokens import Tokens
from migrate.prompts.language.words import Words

_MARKS = frozenset(",;:，、；：()（）.!?。！？")
_DASH = re.compile(r"[–—]|\s-\s")
_FEW = 4  # tokens of what is done with what was just spoken of


def asks_behind_it(
    first: int, last: int, worked_on: bool, met: frozenset[int], tokens: Tokens, words: Words
) -> bool:
    """Whether the tokens behind a phrase, to the end of its clause, say more than what to think about and how
    good the answer is to be; what was ``worked_on`` may be taken up: ``make a plan and follow it``. Another
    phrase begins at each token of ``met``."""
    return any(
        not _may_go(begin, end, tokens, words)
        and met.isdisjoint(range(begin, end + 1))
        and not (tokens.words[begin - 1] == words.conjunction and _is_noun(begin, tokens, words))
        and not (worked_on and takes_up(tokens.words[begin : end + 1], words))
        for begin, end in _stretches(first, last, tokens, words)[1:]
    )


def asks_before_it(first: int, last: int, tokens: Tokens, words: Words) -> bool:
    """The same of the tokens before a phrase that takes its whole sentence along, but for the stretch right
    before it, which belongs to the phrase."""
    found = _stretches(first, last, tokens, words)
    apart = first <= last and _DASH.search(tokens.text, tokens.ends[last], tokens.starts[last + 1])
    return not all(
        words.conditions.at(tokens, begin) or says_nothing(begin, end, tokens, words)
        for begin, end in (found if apart else found[:-1])
    )


def says_nothing(first: int, last: int, tokens: Tokens, words: Words) -> bool:
    """Whether tokens ask for nothing: they speak of the writer, or of how good the answer is to be."""
    return _may_go(first, last, tokens, words) or tokens.words[first] in words.wording.selves


def _stretches(first: int, last: int, tokens: Tokens, words: Words) -> list[tuple[int, int]]:
    """The ranges of tokens between marks, conjunctions and connectives; some may be empty."""
    found: list[tuple[int, int]] = []
    begin = first
    for index in range(first, last + 1):
        word = tokens.words[index]
        mark = word in _MARKS or word == words.conjunction or word in words.connectives
        if mark or _DASH.search(tokens.text, tokens.ends[index - 1] if index else 0, tokens.starts[index]):
            found.append((begin, index - 1))
            begin = index + 1 if mark else index
    return [*found, (begin, last)]


def _may_go(first: int, last: int, tokens: Tokens, words: Words) -> bool:
    while first <= last and (
        length := words.leads.at(tokens, first) or int(words.is_adverb(tokens.words[first]))
    ):
        first += length
    if first > last:
        return True
    known = (words.thinking, words.ponders, words.openings, words.suppositions, words.stepwise)
    return any(one.at(tokens, first) for one in known) or not words.praising.isdisjoint(
        tokens.words[first : last + 1]
    )


def _is_noun(first: int, tokens: Tokens, words: Words) -> bool:
    """Whether a stretch names more to think about: ``the question and the context``."""
    return tokens.words[first] in words.wording.articles or tokens.words[first] in words.wording.possessives


def takes_up(stretch: Sequence[str], words: Words) -> bool:
    """Whether tokens are no more than what is done with what was just spoken of: ``answer it``."""
    return len(stretch) <= _FEW and not words.back.isdisjoint(stretch)
