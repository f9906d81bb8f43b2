"""Analyses the text of one prompt: which techniques it uses, where, whether that is worth a finding, and the
text without them. It knows nothing of calls and source files.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from migrate.catalog import Catalog, load
from migrate.prompts.detection.detection import detect
from migrate.prompts.detection.spans import Span, spans_of
from migrate.prompts.language.matching import Lexicon, lexicon
from migrate.prompts.language.placeholders import placeholders
from migrate.prompts.simplification.broken import broken
from migrate.prompts.simplification.edits import TextEdit, applied
from migrate.prompts.simplification.simplification import simplify

__all__ = ["Analysis", "Policy", "Span", "analyse"]

Policy: TypeAlias = Literal["auto", "review", "none"]
NOTHING = "none"
_ASKED = re.compile(r"[?？]|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


class Analysis(msgspec.Struct, frozen=True):
    """What was found in a prompt.

    ``labels`` are ids of techniques, sorted, or ``none`` alone; ``spans`` those that are flagged, ``advice``
    what is only worth a word. ``policy`` is ``auto`` where ``edits`` make ``rewrite`` of the text, ``review``
    where a person has to look (``reasons`` says why), ``none`` where the text is to stay.
    """

    labels: tuple[str, ...]
    spans: tuple[Span, ...]
    flag: bool
    policy: Policy
    edits: tuple[TextEdit, ...] = ()
    rewrite: str | None = None
    reasons: tuple[str, ...] = ()
    advice: tuple[Span, ...] = ()


def analyse(text: str, catalog: Catalog | None = None, fields: Sequence[tuple[int, int]] = ()) -> Analysis:
    """The analysis of a prompt's text. ``fields`` are character ranges that no edit may touch, beside the
    template fields that can be seen in the text."""
    known = lexicon(catalog or load())
    found = detect(text, known)
    if not found.hits and not found.marks:
        return Analysis(found.labels or (NOTHING,), (), False, "none", advice=_spans(found.advice))
    result = simplify(found.hits, found.sentences, known, found.contracts)
    reasons = [*found.reasons, *result.why_not]
    spans = spans_of(found, result.whole, known)
    if not reasons:
        rewrite = applied(text, result.edits)
        reasons += _unsettled(text, rewrite, result.edits, fields, known)
        if not reasons:
            return Analysis(
                found.labels, spans, True, "auto", result.edits, rewrite, (), _spans(found.advice)
            )
    return Analysis(found.labels, spans, True, "review", reasons=tuple(reasons), advice=_spans(found.advice))


def _spans(marks: Sequence[tuple[int, int, str]]) -> tuple[Span, ...]:
    return tuple(Span(*mark) for mark in marks)


def _unsettled(
    text: str,
    rewrite: str,
    edits: Sequence[TextEdit],
    fields: Sequence[tuple[int, int]],
    known: Lexicon,
) -> list[str]:
    """Why a rewriting is not to be trusted after all."""
    if any(edit.start < end and start < edit.end for edit in edits for start, end in fields):
        return ["a template field would go"]
    if [rewrite[a:b] for a, b in placeholders(rewrite)] != [text[a:b] for a, b in placeholders(text)]:
        return ["a template field would change"]
    if _says_twice(rewrite, known) > _says_twice(text, known):
        return ["it would say the same twice"]
    if broken(rewrite, known) > broken(text, known):
        return ["what is left would read as if something were missing"]
    if _asks_nothing(rewrite, known):
        return ["what is left asks for nothing: it may be a part of a schema or of an example"]
    again = detect(rewrite, known)
    return ["something is left that says the same"] if again.hits or again.marks else []


def _says_twice(text: str, known: Lexicon) -> int:
    """How often a sentence says the same as the one before it."""
    sentences = known.sentences(text)
    said = [sentences.tokens.words[one.first : one.last + 1] for one in sentences.all]
    return sum(one == other for one, other in itertools.pairwise(said))


def _asks_nothing(text: str, known: Lexicon) -> bool:
    """Whether a text without fields and questions has no sentence that begins with a task or a role, in any
    language."""
    if placeholders(text) or _ASKED.search(text):
        return False
    sentences = known.sentences(text)
    tokens = sentences.tokens
    for one in sentences.all:
        for words in known.words.values():
            at = one.first
            while at <= one.last and (length := words.leads.at(tokens, at) or words.joints.at(tokens, at)):
                at += length
            if words.tasks.at(tokens, at) or words.openings.at(tokens, at) or at > one.first:
                return False
    return True
