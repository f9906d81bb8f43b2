"""Tells which list of thinking steps a sentence hands over to, so that both can go: ``Before answering, do
the following:`` with its items. It cuts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence, Sentences, is_item
from migrate.prompts.language.tokens import FIELD
from migrate.prompts.language.words import Words

_MOST_ITEMS = 12
_QUOTES = frozenset("\"'`<{“„«")
_LOOK = 200


def block(
    number: int, hits: Sequence[Hit], sentences: Sentences, words: Words, contracts: frozenset[int]
) -> list[int]:
    """The numbers of the sentences that list how to think, behind the one that announces it. None where the
    sentence does not say that the steps come before an answer, or where an item is no step of thinking:
    it would be lost."""
    lead = sentences.all[number]
    if not _announces(lead, hits, sentences, words):
        return []
    found: list[int] = []
    for following in range(number + 1, min(number + 2 + _MOST_ITEMS, len(sentences))):
        one = sentences.all[following]
        if not is_item(one, sentences.tokens.text):
            # Text that goes on in the line or the paragraph of an item belongs to it.
            return found if found and one.line >= 0 and _apart(one, sentences) else []
        if not _is_step(one, sentences, words, contracts):
            return []
        found.append(following)
    return found if len(found) <= _MOST_ITEMS else []


def _announces(lead: Sentence, hits: Sequence[Hit], sentences: Sentences, words: Words) -> bool:
    tokens = sentences.tokens
    if all(hit.rule.saying.at == "line" for hit in hits):
        return max(hit.last for hit in hits) >= lead.last
    return any(words.openings.at(tokens, one) for one in range(lead.first, lead.last))


def _is_step(one: Sentence, sentences: Sentences, words: Words, contracts: frozenset[int]) -> bool:
    tokens = sentences.tokens
    if contracts.intersection(range(one.first, one.last + 1)) or FIELD in tokens.words[one.first : one.last]:
        return False
    if _QUOTES.intersection(tokens.text[one.start : one.end]):
        return False
    return words.weighing.at(tokens, one.first) > 0


def _apart(one: Sentence, sentences: Sentences) -> bool:
    """Whether a blank line stands before a sentence."""
    before = sentences.tokens.text[max(0, one.line - _LOOK) : one.line]
    return before[len(before.rstrip()) :].count("\n") > 1
