"""Says which characters carry each technique: the clause or sentence that a phrase stands in. It decides
nothing about what becomes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from migrate.prompts.detection.advice import Mark
from migrate.prompts.detection.detection import Found
from migrate.prompts.language.clauses import bare, clauses
from migrate.prompts.language.matching import Lexicon
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence, Sentences
from migrate.prompts.language.words import Words
from migrate.prompts.simplification.simplification import MOST_HITS


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters ``start`` to ``end`` of a text carry a technique."""

    start: int
    end: int
    label: str


def spans_of(found: Found, whole: Mapping[int, tuple[int, int]], lexicon: Lexicon) -> tuple[Span, ...]:
    """The spans of everything flagged. ``whole`` are the ranges of sentences that go altogether."""
    marks: list[Mark] = list(found.marks)
    by_sentence: dict[int, list[Hit]] = {}
    for hit in found.told:
        by_sentence.setdefault(found.sentences.index(hit.first), []).append(hit)
    for number, hits in by_sentence.items():
        if len(hits) > MOST_HITS:
            tokens = found.sentences.tokens
            marks += [(*tokens.span(hit.first, hit.last), hit.rule.label) for hit in hits]
            continue
        all_goes = [hit for hit in hits if number in whole and hit.rule.saying.cut != "words"]
        marks += [(*whole[number], hit.rule.label) for hit in all_goes]
        rest = [hit for hit in hits if hit not in all_goes]
        marks += _of_clauses(found.sentences.all[number], rest, found.sentences, lexicon)
    return tuple(_merged(marks))


def _of_clauses(
    sentence: Sentence, hits: list[Hit], sentences: Sentences, lexicon: Lexicon
) -> Iterator[Mark]:
    tokens = sentences.tokens
    for hit in hits:
        words = lexicon.words.get(hit.rule.saying.lang)
        if words is None or hit.rule.saying.cut == "words":
            yield (*tokens.span(hit.cut_first, hit.cut_last), hit.rule.label)
        else:
            yield (*_clause(sentence, hit, hits, sentences, words), hit.rule.label)


def _clause(
    sentence: Sentence, hit: Hit, hits: list[Hit], sentences: Sentences, words: Words
) -> tuple[int, int]:
    """From a phrase, or what leads up to it, to the end of its clause."""
    tokens = sentences.tokens
    for part in clauses(sentence, hits, tokens, words):
        if part.first <= hit.first <= part.last:
            first = part.first if bare(part.first, hit.first - 1, tokens, words) else hit.first
            start, end = tokens.span(first, max(part.last, hit.last))
            ends = part.last >= sentence.last - 1
            return start, sentence.end if ends else end
    return tokens.span(hit.first, hit.last)


def _merged(marks: Iterable[Mark]) -> list[Span]:
    """One span where spans of the same technique overlap."""
    merged: dict[str, list[Span]] = {}
    for start, end, label in sorted(marks):
        own = merged.setdefault(label, [])
        if own and start < own[-1].end:
            own[-1] = Span(own[-1].start, max(own[-1].end, end), label)
        else:
            own.append(Span(start, end, label))
    return sorted(span for own in merged.values() for span in own)
