"""Decides what of a sentence goes with the phrases found in it, so that what is left is a sentence still.
Where that cannot be told, it says why, and a person decides. Blank lines and list markers are ``trimming``'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from migrate.prompts.clauses import Clause, bare, clauses
from migrate.prompts.matching import Hit, Words
from migrate.prompts.sentences import Sentence
from migrate.prompts.tokens import BREAK, FIELD, Tokens

_LONGEST_TAIL = 45
_LOOK = 200
_FORM = re.compile(r"[-*•–+>#<\[{`(|\"']|\d|[A-Za-z][.)]|(?:Step|Thought|Schritt|Étape|Paso)\b")
_ENDS = frozenset(".!?…。！？")


class TextEdit(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` of a text become ``new``."""

    start: int
    end: int
    new: str = ""


class Cut(msgspec.Struct, frozen=True):
    """What goes of one sentence: all of it, or ``edits``; ``why_not`` where it cannot be cut."""

    whole: bool = False
    edits: tuple[TextEdit, ...] = ()
    why_not: str = ""


def cut(sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, words: Words) -> Cut:
    """What becomes of a sentence without the phrases ``hits``."""
    only_words = [hit for hit in hits if hit.rule.saying.cut == "words"]
    rest = [hit for hit in hits if hit not in only_words]
    if not rest:
        return _without_words(sentence, only_words, tokens)
    if _introduces(sentence, tokens, words):
        return Cut(why_not="the sentence introduces what follows it")
    parts = clauses(sentence, rest, tokens, words)
    for part in parts:
        if part.kind == "trigger" and (why := _tied(part, rest, tokens, words)):
            return Cut(why_not=why)
    if not any(part.kind == "content" for part in parts):
        return Cut(whole=True)
    return _without_clauses(sentence, parts, tokens, words)


def _introduces(sentence: Sentence, tokens: Tokens, words: Words) -> bool:
    """Whether a colon hands over to a list or a form that follows."""
    if tokens.words[sentence.last] not in ":：":
        return False
    begin = tokens.text[tokens.ends[sentence.last] : tokens.ends[sentence.last] + _LOOK].lstrip("*_` \t\r\n")
    if not begin:
        return False
    announced = any(words.announcing.at(tokens, one) for one in range(sentence.first, sentence.last))
    return announced or _FORM.match(begin) is not None


def _tied(part: Clause, hits: Sequence[Hit], tokens: Tokens, words: Words) -> str:
    """Why a clause cannot go as a whole, ``""`` where it can."""
    own = [hit for hit in hits if part.first <= hit.first <= part.last]
    if any(hit.rule.saying.cut == "sentence" for hit in own):
        return (
            "" if FIELD not in tokens.words[part.first : part.last + 1] else "a template field stands in it"
        )
    first = min(hit.first for hit in own)
    if not bare(part.first, first - 1, tokens, words) and not _opens(part.first, first - 1, tokens, words):
        return "something else is said in the same clause"
    tail = tokens.words[part.first : part.last + 1]
    if FIELD in tail:
        return "a template field stands in it"
    return "it says too much to go as a whole" if len(tail) > _LONGEST_TAIL else ""


def _opens(first: int, last: int, tokens: Tokens, words: Words) -> bool:
    """Whether tokens are a clause that only leads up to the next: ``before you answer``."""
    while first <= last and (length := words.leads.at(tokens, first)):
        first += length
    return first <= last and words.openings.at(tokens, first) > 0


def _without_words(sentence: Sentence, hits: Sequence[Hit], tokens: Tokens) -> Cut:
    edits = []
    for hit in hits:
        _, end = tokens.span(hit.cut_first, hit.cut_last)
        if hit.cut_first == sentence.first:
            end, new = capital(tokens, hit.cut_last + 1)
            edits.append(TextEdit(tokens.starts[sentence.first], end, new))
        else:
            before = hit.cut_first - 1
            comma = tokens.words[before] in ",，" and _closes(hit.cut_last + 1, tokens)
            edits.append(TextEdit(tokens.starts[before] if comma else tokens.ends[before], end))
    return Cut(edits=tuple(edits))


def _closes(index: int, tokens: Tokens) -> bool:
    return index >= len(tokens) or tokens.words[index] in (*_ENDS, ",", "，", BREAK)


def _without_clauses(sentence: Sentence, parts: Sequence[Clause], tokens: Tokens, words: Words) -> Cut:
    goes = _going(parts)
    kept = [number for number in range(len(parts)) if not goes[number]]
    edits: list[TextEdit] = []
    first = parts[kept[0]]
    if kept[0] > 0:
        end, new = capital(tokens, first.first)
        edits.append(TextEdit(tokens.starts[sentence.first], end, new))
    for number, following in zip(kept, [*kept[1:], None], strict=True):
        if following is not None and following != number + 1:
            edits.append(_between(parts[number], parts[following], tokens, words))
        elif following is None and number + 1 < len(parts):
            if words.verb_final:
                return Cut(why_not="the verb that ends the sentence would go")
            edits.append(TextEdit(tokens.ends[parts[number].last], tokens.ends[parts[-1].last]))
            edits += _last_joint(parts, kept, tokens, words)
    return Cut(edits=tuple(sorted(edits, key=lambda edit: edit.start)))


def _going(parts: Sequence[Clause]) -> list[bool]:
    """Which clauses go: triggers, and what leads up to them; a condition stays while something holds it."""
    goes = [part.kind == "trigger" for part in parts]
    for number, part in enumerate(parts):
        if part.kind == "opening":
            before = number > 0 and goes[number - 1]
            after = number + 1 < len(parts) and parts[number + 1].kind == "trigger"
            goes[number] = before or after
    for number, part in enumerate(parts):
        alone = number + 1 == len(parts) or all(goes[number + 1 :])
        if part.kind == "condition" and alone and goes[number - 1 : number] == [True]:
            goes[number] = True
    return goes


def _between(before: Clause, after: Clause, tokens: Tokens, words: Words) -> TextEdit:
    """What stood between two clauses that stay goes; the second keeps its own connective."""
    if before.kind == "condition":
        start = tokens.starts[after.first]
        return TextEdit(tokens.ends[before.last], start, ", " if tokens.words[before.last] != "," else " ")
    return TextEdit(tokens.ends[before.last], _joint_start(after, tokens))


def _joint_start(part: Clause, tokens: Tokens) -> int:
    start = tokens.starts[part.joint]
    text = tokens.text
    return start - 1 if start and text[start - 1] == " " and text[start] not in ",;，、；" else start


def _last_joint(parts: Sequence[Clause], kept: Sequence[int], tokens: Tokens, words: Words) -> list[TextEdit]:
    """``Read it, sum it up, and think`` becomes ``Read it and sum it up``."""
    if len(kept) < 2 or not words.conjunction:
        return []
    part = parts[kept[-1]]
    if part.first - part.joint != 1 or tokens.words[part.joint] != "," or part.kind != "content":
        return []
    if not words.tasks.at(tokens, part.first) or parts[kept[-2]].kind != "content":
        return []
    return [TextEdit(tokens.starts[part.joint], tokens.ends[part.joint], f" {words.conjunction}")]


def capital(tokens: Tokens, index: int) -> tuple[int, str]:
    """The first letter of what now begins the sentence, as a capital: where it ends, and the letter."""
    if index >= len(tokens):
        return len(tokens.text), ""
    at = tokens.starts[index]
    letter = tokens.text[at].upper()
    return (at + 1, letter) if letter != tokens.text[at] and len(letter) == 1 else (at, "")
