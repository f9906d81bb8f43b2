"""Finds the techniques of a text: phrases that count, examples with rationales, shouting. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from migrate.catalog.techniques import Technique
from migrate.prompts.detection.advice import Mark
from migrate.prompts.detection.advice import advice as advised
from migrate.prompts.detection.arrows import arrowed
from migrate.prompts.detection.audience import for_people
from migrate.prompts.detection.choosing import accompanied, longest, one_each
from migrate.prompts.detection.clausal import fills_field, has_field, names_field
from migrate.prompts.detection.exemplars import Exemplars, exemplars, worked
from migrate.prompts.detection.judgement import counts
from migrate.prompts.detection.protocols import is_material, protocol
from migrate.prompts.detection.scaffolds import scaffolds
from migrate.prompts.detection.shouting import shouted
from migrate.prompts.language.matching import Lexicon
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentences
from migrate.prompts.language.tokens import FIELD, THINKING, Tokens
from migrate.prompts.language.words import Words

_GIVEN = 4  # tokens of a label
_FEWEST_WRITTEN = 3  # tokens
_LONGEST = 300  # characters of a sentence that is marked to its end


class Found(msgspec.Struct, frozen=True):
    """``hits`` are phrases of flagged techniques, ``told`` those that say it best, ``marks`` flagged ranges
    that no phrase tells; ``reasons`` say why a program should leave them. ``contracts`` are tokens at which a
    demand on the output begins."""

    sentences: Sentences
    hits: tuple[Hit, ...]
    told: tuple[Hit, ...]
    marks: tuple[Mark, ...]
    advice: tuple[Mark, ...]
    labels: tuple[str, ...]
    contracts: frozenset[int]
    reasons: tuple[str, ...]


def detect(text: str, lexicon: Lexicon) -> Found:
    """The techniques of a text."""
    sentences = lexicon.sentences(text)
    tokens = sentences.tokens
    people = for_people(sentences, lexicon.words.values())
    every = [] if people else _counting(lexicon, sentences)
    hits = [hit for hit in every if hit.rule.technique.flagged]
    shown = exemplars(text, lexicon.signs)
    if not shown.rationales and hits and hits[0].first == sentences.all[0].first:
        shown = Exemplars(shown.count, worked(text, sentences.all[0].end, lexicon.signs))
    shown = shown if shown.rationales else Exemplars(shown.count, arrowed(text, lexicon.signs.reason))
    taken = {sentences.index(hit.first) for hit in hits}
    places = scaffolds(text, sentences, lexicon, taken)
    marks = [] if people else list(_marks(text, shown, places, tokens, lexicon))
    told = one_each(every, tokens, lexicon.words)
    labels = {hit.rule.label for hit in told if hit.rule.technique.group != "advice"}
    labels |= {label for _, _, label in marks}
    if shown.count and not shown.rationales:
        labels.add("few_shot_format")
    reasons = [*_reasons(hits, marks), *_named(hits, tokens)]
    told = [hit for hit in told if hit.rule.technique.flagged]
    left = [(*_said(hit, sentences), hit.rule.label) for hit in told if hit.rule.saying.cut == "none"]
    advice = [
        (*tokens.span(hit.first, hit.last), hit.rule.label)
        for hit in every
        if hit.rule.technique.group == "advice"
    ]
    advice += advised(sentences, lexicon)
    contracts = frozenset(hit.first for hit in every if hit.rule.label == "output_contract")
    return Found(
        sentences,
        tuple(longest(hit for hit in hits if hit.rule.saying.cut != "none")),
        tuple(longest(hit for hit in told if hit.rule.saying.cut != "none")),
        (*marks, *left),
        tuple(advice),
        tuple(sorted(labels)),
        contracts,
        tuple(reasons),
    )


def _marks(
    text: str, shown: Exemplars, places: Iterable[tuple[int, int]], tokens: Tokens, lexicon: Lexicon
) -> Iterator[Mark]:
    yield from ((start, end, "reasoning_scaffold") for start, end in places)
    yield from ((start, end, "caps_shouting") for start, end in _shouted(text, tokens, lexicon))
    foreign = _foreign(lexicon.techniques["react_loop"], frozenset(tokens.words))
    turns = [] if foreign else protocol(text, lexicon.turns, lexicon.loose_turns)
    yield from ((start, end, "react_loop") for start, end in turns)
    if not turns:
        yield from ((start, end, "few_shot_rationale") for start, end in shown.rationales)


def _said(hit: Hit, sentences: Sentences) -> tuple[int, int]:
    """A phrase with the rest of its sentence, where that is no long one."""
    start, end = sentences.tokens.span(hit.first, hit.last)
    sentence = sentences.all[sentences.index(hit.first)]
    return start, sentence.end if end <= sentence.end <= start + _LONGEST else end


def _shouted(text: str, tokens: Tokens, lexicon: Lexicon) -> list[tuple[int, int]]:
    if _foreign(lexicon.techniques["caps_shouting"], frozenset(tokens.words)):
        return []
    return shouted(text, lexicon.emphatic, lexicon.forceful, lexicon.open_ended, lexicon.code)


def _counting(lexicon: Lexicon, sentences: Sentences) -> list[Hit]:
    tokens = sentences.tokens
    if not len(sentences) or _is_written(tokens, lexicon):
        return []
    found: list[Hit] = []
    said = frozenset(tokens.words)
    field = has_field(tokens.text, lexicon.fields)
    material = is_material(tokens.text, lexicon.turns)
    given = _is_given(tokens, lexicon.words.values())
    for hit in lexicon.hits(sentences):
        if given and hit.rule.technique.given:
            continue
        sentence = sentences.all[sentences.index(hit.first)]
        words = lexicon.words.get(hit.rule.saying.lang)
        if _foreign(hit.rule.technique, said, hit.rule.saying.at == "line"):
            continue
        if material and hit.rule.label == "react_loop":
            continue
        if field and words and hit.rule.technique.placed and fills_field(hit, tokens, words):
            continue
        if words and hit.rule.technique.group == "reasoning" and names_field(hit, tokens, sentence, words):
            continue
        if sentence.first <= hit.first <= sentence.last and counts(hit, tokens, sentence, words):
            found.append(_trimmed(hit, tokens, words) if words else hit)
    return accompanied(found, sentences)


def _is_written(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether the whole text is one element of thoughts, with no blank for any: they were written already."""
    inside = tokens.words[1:-1]
    alone = tokens.words[0] == f"<{THINKING}>" and tokens.words[-1] == f"</{THINKING}>"
    blank = "[" in inside or len(inside) < _FEWEST_WRITTEN or lexicon.signs.addressed.search(tokens.text)
    return alone and not blank


def _is_given(tokens: Tokens, languages: Collection[Words]) -> bool:
    """Whether a field fills in an answer that was given before: ``Your previous answer: {answer}``."""
    fields = (index for index, word in enumerate(tokens.words) if word == FIELD)
    colons = [index - 1 for index in fields if index and tokens.words[index - 1] in ":："]
    return any(words.given.ends_at(tokens, index, _GIVEN) >= 0 for words in languages for index in colons)


def _foreign(technique: Technique, said: frozenset[str], as_lines: bool = True) -> bool:
    """Whether the words of a text show that it is about the thing itself, or that what is laid out as lines
    is something else."""
    return bool(said & technique.subjects) or (
        as_lines and bool(technique.needs) and not said & technique.needs
    )


def _trimmed(hit: Hit, tokens: Tokens, words: Words) -> Hit:
    """A phrase may end in the connective of what follows it, which belongs to that."""
    if hit.rule.saying.cut not in ("clause", "sentence"):
        return hit
    last = hit.last
    while last > hit.first:
        joint = words.joints.ends_at(tokens, last + 1, 4)
        if joint > hit.first:
            last = joint - 1
        elif tokens.words[last] in ",;，、；":
            last -= 1
        else:
            break
    return msgspec.structs.replace(hit, last=last, cut_last=min(hit.cut_last, last))


def _reasons(hits: Sequence[Hit], marks: Sequence[Mark]) -> list[str]:
    found = [f"{hit.rule.label}: a part of a format" for hit in hits if hit.rule.saying.cut == "none"]
    found += [f"{label}: needs a person's eyes" for _, _, label in marks]
    return list(dict.fromkeys(found))


def _named(hits: Iterable[Hit], tokens: Tokens) -> Iterator[str]:
    """Why a request for tags stays: they have a name of their own, which code may look for."""
    for hit in hits:
        for index in range(hit.first, hit.last + 1):
            start, end = tokens.span(index, index)
            name = tokens.text[start:end].strip("</> ").lower()
            known = hit.rule.technique.names
            if known and tokens.words[index] == f"<{THINKING}>" and name not in known:
                yield f"{hit.rule.label}: the tag <{name}> is a name of its own, code may read it"
