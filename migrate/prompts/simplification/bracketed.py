"""Takes out a request that stands in brackets of its own, with the brackets: ``Sort them (think first).``"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.prompts.language.clauses import bare
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import FIELD, Tokens
from migrate.prompts.language.words import Words
from migrate.prompts.simplification.edits import TextEdit

_OPENING = frozenset("(（")
_CLOSING = frozenset(")）")
_REACH = 8  # tokens from the bracket to the phrase
_TAIL = 16  # tokens from the phrase to the other bracket


def without_bracketed(
    sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, words: Words, contracts: frozenset[int]
) -> list[TextEdit] | None:
    """The edits that take out every phrase with its brackets; None where one has no brackets of its own, or
    something else stands in them."""
    edits: list[TextEdit] = []
    for hit in hits:
        opening = _opening(hit, sentence, tokens, words)
        closing = _closing(hit, tokens)
        if opening < 0 or closing < 0 or _keeps(hit.last + 1, closing, tokens, contracts):
            return None
        start = tokens.starts[opening]
        while start > 0 and tokens.text[start - 1] in " \t":
            start -= 1
        edits.append(TextEdit(start, tokens.ends[closing]))
    return list(dict.fromkeys(edits))


def _opening(hit: Hit, sentence: Sentence, tokens: Tokens, words: Words) -> int:
    for index in range(hit.first - 1, max(sentence.first, hit.first - _REACH) - 1, -1):
        if tokens.words[index] in _OPENING:
            return index if bare(index + 1, hit.first - 1, tokens, words) else -1
    return -1


def _closing(hit: Hit, tokens: Tokens) -> int:
    for index in range(hit.last + 1, min(len(tokens), hit.last + _TAIL)):
        if tokens.words[index] in _CLOSING:
            return index
        if tokens.words[index] in _OPENING or tokens.words[index] == "\n":
            return -1
    return -1


def _keeps(first: int, closing: int, tokens: Tokens, contracts: frozenset[int]) -> bool:
    """Whether something behind the phrase must not be lost."""
    behind = tokens.words[first:closing]
    return (
        FIELD in behind
        or "," in behind
        or ";" in behind
        or bool(contracts.intersection(range(first, closing)))
    )
