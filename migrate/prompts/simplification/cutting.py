"""Decides what of a sentence goes with the phrases found in it, so that what is left is a sentence still.
Where that cannot be told, it says why, and a person decides. Blank lines and list markers are ``trimming``'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from migrate.prompts.language.clauses import Clause, bare, clauses
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import FIELD, Tokens
from migrate.prompts.language.words import Words
from migrate.prompts.simplification.besides import says_nothing
from migrate.prompts.simplification.bracketed import without_bracketed
from migrate.prompts.simplification.edits import TextEdit
from migrate.prompts.simplification.joining import without_alternative, without_clauses, without_words
from migrate.prompts.simplification.quoting import paired
from migrate.prompts.simplification.tying import asks_behind, kept, points_back

_LABEL = 5  # tokens
_LOOK = 200
_FORM = re.compile(r"[-*•–+>#<\[{`(|\"']|\d|[A-Za-z][.)]|(?:Step|Thought|Schritt|Étape|Paso)\b")
_ENDS = frozenset(".!?…。！？")
_LONGEST_KEY = 200  # characters
_KEY = re.compile(r"[\"'][ \t]*:[ \t]*[\"']")
_DATA = re.compile(r"\\n|[\"'][}\]]")


class Cut(msgspec.Struct, frozen=True):
    """What goes of one sentence: all of it, or ``edits``; ``why_not`` where it cannot be cut."""

    whole: bool = False
    edits: tuple[TextEdit, ...] = ()
    why_not: str = ""


def cut(
    sentence: Sentence,
    hits: Sequence[Hit],
    tokens: Tokens,
    words: Words,
    contracts: frozenset[int] = frozenset(),
    listed: bool = False,
) -> Cut:
    """What becomes of a sentence without the phrases ``hits``; at ``contracts`` the output is described.
    ``listed`` where the list that it introduces goes with it."""
    only_words, rest = _divided(hits)
    if not rest:
        return _cut_by(without_words(sentence, only_words, tokens, words), sentence, tokens)
    if why := _formal(sentence, rest, tokens, listed):
        return Cut(why_not=why)
    if (aside := _aside(sentence, rest, tokens, words, contracts)) is not None:
        return aside
    if (edits := without_alternative(sentence, rest, tokens, words)) is not None:
        return Cut(edits=edits)
    label = _label_end(sentence, rest, tokens, words)
    body = msgspec.structs.replace(sentence, first=label + 1) if label >= 0 else sentence
    parts = clauses(body, rest, tokens, words)
    if not listed and parts[-1].kind != "content" and _introduces(sentence, tokens, words):
        return Cut(why_not="the sentence introduces what follows it")
    if why := kept(parts, rest, only_words, tokens, words, contracts):
        return Cut(why_not=why)
    if any(part.kind == "content" for part in parts) and not _all_goes(parts, rest, tokens, words):
        if points_back(parts, rest, tokens, words):
            return Cut(why_not="what would be left points back to it")
        edits = without_clauses(body, parts, only_words, tokens, words)
        if edits is None:
            return Cut(why_not="the verb that ends the sentence would go")
        return _cut_by(edits, sentence, tokens)
    if not all(_goes_along(part, tokens, words) for part in parts):
        return Cut(why_not="something else is said in the same sentence")
    if label >= 0:
        return Cut(edits=(TextEdit(tokens.ends[label], sentence.end),))
    return (
        Cut(why_not="a question stands behind it") if asks_behind(sentence, rest, tokens) else Cut(whole=True)
    )


def _formal(sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, listed: bool) -> str:
    """Why a sentence is no prose that something can be cut out of, ``""`` where it is."""
    hands_over = not listed and tokens.words[sentence.last] in ":："
    if hands_over and all(hit.rule.saying.at == "line" for hit in hits):
        return "it is a part of a format"
    if _DATA.search(tokens.text, sentence.start, sentence.end) or _is_value(sentence, hits, tokens):
        return "it stands in data that is written out"
    line = tokens.text[sentence.line : sentence.start] if sentence.line >= 0 else ""
    return "it is a heading" if line.lstrip().startswith("#") else ""


def _cut_by(edits: Sequence[TextEdit], sentence: Sentence, tokens: Tokens) -> Cut:
    return Cut(edits=tuple(paired(tokens.text, sentence.start, one) for one in edits))


def _aside(
    sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, words: Words, contracts: frozenset[int]
) -> Cut | None:
    """What becomes of a sentence whose phrases stand in brackets, or that stands in them; else None."""
    edits = without_bracketed(sentence, hits, tokens, words, contracts)
    if edits and edits[0].start > sentence.start:
        return Cut(edits=tuple(edits))
    if edits and len(edits) == 1 and edits[0].end >= sentence.end:
        return Cut(whole=True)
    return None


def _all_goes(parts: Sequence[Clause], hits: Sequence[Hit], tokens: Tokens, words: Words) -> bool:
    """Whether a phrase takes its whole sentence with it: all but a clause that a ``then`` sets apart."""
    whole = [hit for hit in hits if hit.rule.saying.cut == "sentence"]
    if not whole:
        return False
    last = max(hit.last for hit in whole)
    said = [part for part in parts if part.kind == "content"]
    if any(_demands(part, tokens, words) for part in said):
        return False
    apart = [part for part in said if part.first > last]
    plain = (*",;，、；", words.conjunction)
    if any(set(tokens.words[part.joint : part.first]).difference(plain) for part in apart):
        return False
    return not any(_hands_out(part, tokens) for part in apart)


def _goes_along(part: Clause, tokens: Tokens, words: Words) -> bool:
    """Whether a clause asks for nothing that would be lost with the whole sentence."""
    return part.kind != "content" or says_nothing(part.first, part.last, tokens, words)


def _demands(part: Clause, tokens: Tokens, words: Words) -> bool:
    """Whether a clause asks for something of its own, or forbids it."""
    first = part.first
    while first < part.last and (length := words.leads.at(tokens, first)):
        first += length
    return words.tasks.at(tokens, first) > 0 or words.negations.at(tokens, first) > 0


def _is_value(sentence: Sentence, hits: Sequence[Hit], tokens: Tokens) -> bool:
    """Whether a sentence is the value of a record: ``"input": "Check it again."``."""
    first = tokens.starts[min(hit.first for hit in hits)]
    return _KEY.search(tokens.text, max(sentence.start, first - _LONGEST_KEY), first) is not None


def _hands_out(part: Clause, tokens: Tokens) -> bool:
    """Whether a clause asks for something in tags or in a field of the output, which must not be lost."""
    return any(word == FIELD or word.startswith("<") for word in tokens.words[part.first : part.last + 1])


def _divided(hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Hits of which only some words go, and the others. Of two that say the same, the one that begins with
    the other's verb is kept, or else the whole clause."""
    words = [hit for hit in hits if hit.rule.saying.cut == "words"]
    rest = [hit for hit in hits if hit.rule.saying.cut != "words"]
    said = [hit for hit in rest if any(one.first == hit.first and one.last >= hit.last for one in words)]
    left = [hit for hit in rest if hit not in said]
    # A clause that goes anyway goes from its beginning.
    rest = left + [hit for hit in said if any(hit.first <= one.first <= hit.last for one in left)]
    words = [one for one in words if not any(hit.first <= one.cut_first <= hit.last for hit in rest)]
    return words, rest


def _label_end(sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, words: Words) -> int:
    """The colon behind a label such as ``A:`` that stays where what follows it goes, else -1."""
    first = min(hit.first for hit in hits)
    for index in range(sentence.first, min(sentence.first + _LABEL, first)):
        if tokens.words[index] in ":：":
            return -1 if bare(sentence.first, index, tokens, words) else index
    return -1


def _introduces(sentence: Sentence, tokens: Tokens, words: Words) -> bool:
    """Whether a colon hands over to a list or a form that follows."""
    if tokens.words[sentence.last] not in ":：":
        return False
    begin = tokens.text[tokens.ends[sentence.last] : tokens.ends[sentence.last] + _LOOK].lstrip("*_` \t\r\n")
    if not begin:
        return False
    announced = any(words.announcing.at(tokens, one) for one in range(sentence.first, sentence.last))
    return announced or _FORM.match(begin) is not None
