"""Chooses among phrases that were found: of two that say the same one, of those that overlap the longest, and
no companion alone. It finds none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentences
from migrate.prompts.language.tokens import Tokens
from migrate.prompts.language.words import Words

_NEAR = 8  # phrases of another technique in one place


def one_each(hits: list[Hit], tokens: Tokens, words: Mapping[str, Words]) -> list[Hit]:
    """The hits, of two in one clause that say the same only the one that says it best: a call to think, or
    else a request for the reasoning as a part of its own."""
    placed = {hit.rule.technique.placed for hit in hits} - {""}
    others = [hit for hit in hits if hit.rule.label in placed]
    lost: set[int] = set()
    at = 0
    for hit in hits:
        if not hit.rule.technique.placed:
            continue
        while at < len(others) and others[at].last < hit.first:
            at += 1
        for one in itertools.islice(others, at, at + _NEAR):
            known = words.get(hit.rule.saying.lang)
            if known is None or one.first > hit.last or one.last < hit.first:
                continue
            thinks = known.thinking.at(tokens, hit.first) > 0
            if thinks == (known.thinking.at(tokens, one.first) > 0):
                lost.add(id(one) if thinks else id(hit))
    return [hit for hit in hits if id(hit) not in lost]


def accompanied(hits: list[Hit], sentences: Sentences) -> list[Hit]:
    """The hits without companions that stand alone in their sentence."""
    leading = {(hit.rule.label, sentences.index(hit.first)) for hit in hits if not hit.rule.saying.companion}
    return [
        hit
        for hit in hits
        if not hit.rule.saying.companion or (hit.rule.label, sentences.index(hit.first)) in leading
    ]


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of phrases of one technique that overlap and go in the same way, the longest."""
    kept: list[Hit] = []
    last: dict[tuple[str, bool], int] = {}
    for hit in sorted(hits, key=lambda one: (one.first, -one.last)):
        kind = (hit.rule.label, hit.rule.saying.cut == "words")
        if hit.first > last.get(kind, -1):
            kept.append(hit)
            last[kind] = hit.last
    return kept
