"""The text without what a reasoning model does unasked, as edits on ranges of its characters, or the reason
why a program should not make them. It finds no technique.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec

from migrate.prompts.language.matching import Lexicon
from migrate.prompts.language.placeholders import placeholders
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence, Sentences
from migrate.prompts.simplification.blocks import block
from migrate.prompts.simplification.cutting import cut
from migrate.prompts.simplification.echoing import echoed, wide
from migrate.prompts.simplification.edits import TextEdit, applied
from migrate.prompts.simplification.trimming import Orphaned, renumbered, without, without_sequel

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 2
MOST_HITS = 30
"""In one sentence. Clauses are compared with every phrase: beyond this, time would grow with their square."""
_BEGIN = 4  # tokens


class Simplification(msgspec.Struct, frozen=True):
    """``edits`` in order, none where ``why_not`` says why; ``whole`` are
    the ranges of the sentences that would go altogether, by their number."""

    edits: tuple[TextEdit, ...] = ()
    why_not: tuple[str, ...] = ()
    whole: Mapping[int, tuple[int, int]] = {}


def simplify(
    hits: Sequence[Hit], sentences: Sentences, lexicon: Lexicon, contracts: frozenset[int] = frozenset()
) -> Simplification:
    """What becomes of a text without the phrases ``hits``; a demand on the output begins at ``contracts``."""
    text = sentences.tokens.text
    reasons: list[str] = []
    edits: list[TextEdit] = []
    whole: dict[int, tuple[int, int]] = {}
    listed: dict[int, list[Hit]] = {}
    for number, own in _by_sentence(hits, sentences).items():
        if len(own) > MOST_HITS:
            reasons.append("one sentence says it too often to be cut")
            continue
        sentence, words = sentences.all[number], lexicon.words[_language(own)]
        steps = block(number, own, sentences, words, contracts)
        result = cut(sentence, own, sentences.tokens, words, contracts, bool(steps))
        if result.why_not:
            reasons.append(result.why_not)
        elif result.whole:
            whole[number] = (sentence.start, sentences.all[steps[-1]].end if steps else sentence.end)
            listed.update(dict.fromkeys(steps, own))
        else:
            edits += result.edits
    whole.update({one: (sentences.all[one].start, sentences.all[one].end) for one in listed})
    if _pointed_at(whole, hits, sentences, lexicon):
        reasons.append("the next sentence points back to it")
    try:
        edits += _without_whole(list(whole), hits, listed, sentences, lexicon)
    except Orphaned:
        reasons.append("a heading or an introduction would stand over nothing")
    merged = _merged(edits)
    if merged is None:
        reasons.append("two cuts touch the same words")
        merged = []
    reasons += _lost(text, merged)
    if merged and not reasons and echoed(applied(text, merged), hits, lexicon.words[_language(hits)]):
        reasons.append("something that stays builds on it")
    return Simplification(() if reasons else tuple(merged), tuple(dict.fromkeys(reasons)), whole)


def _by_sentence(hits: Sequence[Hit], sentences: Sentences) -> dict[int, list[Hit]]:
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        found.setdefault(sentences.index(hit.first), []).append(hit)
    return found


def _language(hits: Sequence[Hit]) -> str:
    return next((hit.rule.saying.lang for hit in hits if hit.rule.saying.lang != "*"), "en")


def _pointed_at(
    whole: Mapping[int, tuple[int, int]], hits: Sequence[Hit], sentences: Sentences, lexicon: Lexicon
) -> bool:
    """Whether a sentence that stays begins as ``Then follow it``, behind one that goes with all it says, or
    speaks of what the first sentence has brought up: ``My job hangs on this letter. Do it well``."""
    for hit in hits:
        number = sentences.index(hit.first)
        words = lexicon.words.get(hit.rule.saying.lang)
        if words is None or number not in whole:
            continue
        if number == 0 and len(sentences) > 1 and words.refers.at(sentences.tokens, sentences.all[1].first):
            return 1 not in whole
        if not hit.rule.technique.echoes:
            continue
        if number + 1 < len(sentences) and number + 1 not in whole:
            following = sentences.all[number + 1]
            begin = sentences.tokens.words[
                following.first : min(following.last, following.first + _BEGIN) + 1
            ]
            if words.back.intersection(begin):
                return True
    return False


def _without_whole(
    numbers: Sequence[int],
    hits: Sequence[Hit],
    listed: Mapping[int, Sequence[Hit]],
    sentences: Sentences,
    lexicon: Lexicon,
) -> list[TextEdit]:
    text = sentences.tokens.text
    languages = {number: _language(own) for number, own in listed.items()}
    languages |= {sentences.index(hit.first): hit.rule.saying.lang for hit in hits}
    edits = [
        edit
        for run in _runs(numbers, sentences, True, listed)
        for edit in without(text, run, lexicon.headings)
    ]
    edits += renumbered(text, edits)
    for run in _runs(numbers, sentences, False):
        words = lexicon.words.get(languages[sentences.index(run[0].first)])
        sequel = words and without_sequel(run, sentences, sentences.tokens, words)
        if sequel:
            edits.append(sequel)
    return edits


def _runs(
    numbers: Sequence[int], sentences: Sentences, of_line: bool, listed: Collection[int] = ()
) -> list[tuple[Sentence, Sentence]]:
    """First and last of sentences that follow one another, on the same line where that matters; ``listed``
    ones go with the line before."""
    runs: list[tuple[Sentence, Sentence]] = []
    before = -2
    for number in sorted(numbers):
        one = sentences.all[number]
        if number == before + 1 and not (of_line and one.line >= 0 and number not in listed):
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
        before = number
    return runs


def _merged(edits: Sequence[TextEdit]) -> list[TextEdit] | None:
    """The edits in order, deletions that meet as one; None where others overlap."""
    merged: list[TextEdit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        last = merged[-1] if merged else None
        if last is None or edit.start > last.end or (edit.start == last.end and (edit.new or last.new)):
            merged.append(edit)
        elif not last.new and not edit.new:
            merged[-1] = TextEdit(last.start, max(last.end, edit.end))
        elif not last.new and edit.end >= last.end:
            merged[-1] = TextEdit(last.start, edit.end, edit.new)
        else:
            return None
    return [edit for edit in merged if edit.start < edit.end or edit.new]


def _lost(text: str, edits: Sequence[TextEdit]) -> list[str]:
    """What must not be lost: template fields, and the text itself."""
    fields = placeholders(text)
    at = 0
    for edit in edits:
        while at < len(fields) and fields[at][1] <= edit.start:
            at += 1
        if at < len(fields) and fields[at][0] < edit.end:
            return ["a template field would go"]
    rest = applied(text, edits)
    if not fields and len(_WORD.findall(rest)) < _FEWEST_WORDS and not wide(rest):
        return ["the text is nothing but this"]
    return []
