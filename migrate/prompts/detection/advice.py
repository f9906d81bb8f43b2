"""Finds instructions that stand in a prompt twice, or against one another. Worth a word, never an edit."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.prompts.language.matching import Lexicon
from migrate.prompts.language.sentences import Sentence, Sentences
from migrate.prompts.language.tokens import FIELD

Mark = tuple[int, int, str]

_FEWEST_WORDS = 5
_SAME_WORDS = 2


def advice(sentences: Sentences, lexicon: Lexicon) -> Iterator[Mark]:
    """Ranges with ``duplicated_instruction`` or ``contradiction``."""
    seen: set[tuple[str, ...]] = set()
    demanded: set[tuple[str, ...]] = set()
    forbidden: set[tuple[str, ...]] = set()
    words = sentences.tokens.words
    for one in sentences.all:
        said = tuple(words[one.first : one.last + 1])
        if len(said) > _FEWEST_WORDS and FIELD not in said:
            if said in seen:
                yield one.start, one.end, "duplicated_instruction"
            seen.add(said)
        for always, key in _rules(one, sentences, lexicon):
            if key in (forbidden if always else demanded):
                yield one.start, one.end, "contradiction"
            (demanded if always else forbidden).add(key)


def _rules(one: Sentence, sentences: Sentences, lexicon: Lexicon) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """What a sentence always demands (True) or forbids, by the first words of it."""
    tokens = sentences.tokens
    for own in lexicon.words.values():
        for always, lookup in ((True, own.always), (False, own.never)):
            length = lookup.at(tokens, one.first)
            key = tuple(tokens.words[one.first + length : one.last + 1])
            if length and len(key) > _SAME_WORDS:
                yield always, key[: _SAME_WORDS + 1]
