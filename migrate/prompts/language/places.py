"""Finds where words of each kind stand in a sentence. It puts none of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrate.prompts.language.phrases import Phrase
from migrate.prompts.language.rules import head, last_of
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import Tokens

Range = tuple[int, int]
Places = Mapping[str, Sequence[Range]]
Heads = dict[str, list[tuple[str, Phrase]]]


def by_head(kinds: Mapping[str, Sequence[Phrase]]) -> Heads:
    found: Heads = {}
    for name, phrases in kinds.items():
        for phrase in phrases:
            for one in phrase.heads:
                found.setdefault(one, []).append((name, phrase))
    return found


def places_of(heads: Heads, sentence: Sentence, tokens: Tokens) -> dict[str, list[Range]]:
    """Where words of each kind stand in a sentence; of those that begin together, the longest."""
    found: dict[str, dict[int, int]] = {}
    for index in range(sentence.first, sentence.last + 1):
        for name, phrase in heads.get(head(tokens.words[index]), ()):
            match = phrase.match(tokens, index)
            if match is not None:
                own = found.setdefault(name, {})
                own[index] = max(own.get(index, 0), last_of(tokens, match.end()))
    return {name: list(own.items()) for name, own in found.items()}
