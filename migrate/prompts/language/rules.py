"""What the rules say of a phrase or a construction, and where one was found. It looks for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from migrate.catalog.techniques import Saying, Technique
from migrate.prompts.language.phrases import Phrase
from migrate.prompts.language.tokens import CURRENCY, NUMBER, Tokens


class Rule(msgspec.Struct, frozen=True):
    """A way to say a technique, and the phrases that speak against it."""

    technique: Technique
    saying: Saying
    before: Lookup
    after: Lookup

    @property
    def label(self) -> str:
        """The technique's id."""
        return self.technique.id


class Hit(msgspec.Struct, frozen=True):
    """Where a rule applies, in tokens (both ends included), and which of them it would cut."""

    rule: Rule
    first: int
    last: int
    cut_first: int
    cut_last: int


class Lookup:
    """Phrases by the words they can begin with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_head: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for one in phrase.heads:
                self._by_head.setdefault(one, []).append(phrase)

    def at(self, tokens: Tokens, index: int) -> int:
        """How many tokens the longest phrase at a token has, 0 for none."""
        return max(self._lengths(tokens, index), default=0)

    def _lengths(self, tokens: Tokens, index: int) -> Iterator[int]:
        if index >= len(tokens):
            return
        for phrase in self._by_head.get(head(tokens.words[index]), ()):
            if (match := phrase.match(tokens, index)) is not None:
                yield last_of(tokens, match.end()) - index + 1

    def ends_at(self, tokens: Tokens, index: int, reach: int) -> int:
        """The token at which a phrase begins that ends right before ``index``, or -1."""
        for first in range(max(0, index - reach), index):
            if index - first in self._lengths(tokens, first):
                return first
        return -1


def head(word: str) -> str:
    """What a token is looked up by."""
    return NUMBER if word[0].isdigit() or (word[0] in CURRENCY and len(word) > 1) else word


def last_of(tokens: Tokens, end: int) -> int:
    """The token that ends where a match in ``tokens.joined`` ends."""
    return tokens.at(end - 1)
