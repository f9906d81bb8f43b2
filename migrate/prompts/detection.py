"""Finds the techniques of a text: phrases that count, examples with rationales, shouting. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from migrate.prompts.exemplars import exemplars
from migrate.prompts.judgement import counts, documents_code
from migrate.prompts.matching import Hit, Lexicon
from migrate.prompts.sentences import Sentences
from migrate.prompts.shouting import shouted

Mark = tuple[int, int, str]


class Found(msgspec.Struct, frozen=True):
    """``hits`` are phrases of flagged techniques, ``marks`` flagged ranges that no phrase tells; ``reasons``
    say why a program should leave them."""

    sentences: Sentences
    hits: tuple[Hit, ...]
    marks: tuple[Mark, ...]
    advice: tuple[Mark, ...]
    labels: tuple[str, ...]
    reasons: tuple[str, ...]


def detect(text: str, lexicon: Lexicon) -> Found:
    """The techniques of a text."""
    sentences = lexicon.sentences(text)
    tokens = sentences.tokens
    every = [] if documents_code(text) else _counting(lexicon, sentences)
    hits = [hit for hit in every if hit.rule.technique.flagged]
    marks: list[Mark] = [(start, end, "caps_shouting") for start, end in shouted(text)]
    shown = exemplars(text)
    marks += [(start, end, "few_shot_rationale") for start, end in shown.rationales]
    labels = {hit.rule.label for hit in every if hit.rule.technique.group != "advice"}
    labels |= {label for _, _, label in marks}
    if shown.count and not shown.rationales:
        labels.add("few_shot_format")
    reasons = _reasons(hits, marks)
    kept = tuple(_longest(hit for hit in hits if hit.rule.saying.cut != "none"))
    left = [
        (*tokens.span(hit.first, hit.last), hit.rule.label) for hit in hits if hit.rule.saying.cut == "none"
    ]
    advice = [
        (*tokens.span(hit.first, hit.last), hit.rule.label)
        for hit in every
        if hit.rule.technique.group == "advice"
    ]
    return Found(sentences, kept, (*marks, *left), tuple(advice), tuple(sorted(labels)), tuple(reasons))


def _counting(lexicon: Lexicon, sentences: Sentences) -> list[Hit]:
    tokens = sentences.tokens
    if not len(sentences):
        return []
    found = []
    for hit in lexicon.hits(tokens):
        sentence = sentences.all[sentences.index(hit.first)]
        words = lexicon.words.get(hit.rule.saying.lang)
        if sentence.first <= hit.first <= sentence.last and counts(hit, tokens, sentence, words):
            found.append(hit)
    return found


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of phrases of one technique that overlap, the longest."""
    kept: list[Hit] = []
    last: dict[str, int] = {}
    for hit in sorted(hits, key=lambda one: (one.first, -one.last)):
        if hit.first > last.get(hit.rule.label, -1):
            kept.append(hit)
            last[hit.rule.label] = hit.last
    return kept


def _reasons(hits: Sequence[Hit], marks: Sequence[Mark]) -> list[str]:
    found = [f"{hit.rule.label}: a part of a format" for hit in hits if hit.rule.saying.cut == "none"]
    found += [f"{label}: needs a person's eyes" for _, _, label in marks]
    return list(dict.fromkeys(found))
