"""Joins what is left of a sentence when clauses or words of it go: connectives, commas, capitals. It does not
decide what goes.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.prompts.language.clauses import Clause
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import BREAK, Tokens
from migrate.prompts.language.words import Words
from migrate.prompts.simplification.edits import TextEdit

_ENDS = frozenset(".!?…。！？")
_JOINT = 3  # tokens
_WIDE = frozenset("，、；")
_OPENING = frozenset("`\"'“‘«(（「『【[")


def without_words(
    sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, words: Words
) -> tuple[TextEdit, ...]:
    """The edits that take out words alone, with the ``by`` or ``and`` that would end the sentence."""
    edits: list[TextEdit] = []
    for hit in hits:
        _, end = tokens.span(hit.cut_first, hit.cut_last)
        if hit.cut_first == sentence.first:
            end, new = capital(tokens, hit.cut_last + 1)
            edits.append(TextEdit(tokens.starts[sentence.first], end, new))
        else:
            before = hit.cut_first - 1
            joint = words.joints.ends_at(tokens, hit.cut_first, _JOINT)
            if joint > sentence.first and _closes(hit.cut_last + 1, tokens):
                before = joint - 1
            comma = tokens.words[before] in ",，" and _closes(hit.cut_last + 1, tokens)
            edits.append(TextEdit(tokens.starts[before] if comma else tokens.ends[before], end))
    return tuple(edits)


def without_alternative(
    sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, words: Words
) -> tuple[TextEdit, ...] | None:
    """The edit that takes out ``or you will be fired`` behind a demand, which stays; None where there is no
    such thing."""
    first, last = hits[0].first, sentence.last
    if first > sentence.first and tokens.words[first] not in words.alternatives:
        first -= 1
    alone = len(hits) == 1 and hits[0].rule.saying.cut == "sentence" and first > sentence.first
    if not alone or tokens.words[first] not in words.alternatives or tokens.words[first] == words.conjunction:
        return None
    while last > first and tokens.words[last] in _ENDS:
        last -= 1
    start = tokens.starts[first]
    before = tokens.text[sentence.start : start].rstrip()
    return (TextEdit(sentence.start + len(before.removesuffix(",").removesuffix("，")), tokens.ends[last]),)


def _closes(index: int, tokens: Tokens) -> bool:
    return index >= len(tokens) or tokens.words[index] in (*_ENDS, ",", "，", BREAK)


def without_clauses(
    sentence: Sentence, parts: Sequence[Clause], only_words: Sequence[Hit], tokens: Tokens, words: Words
) -> tuple[TextEdit, ...] | None:
    goes = _going(parts)
    kept = [number for number in range(len(parts)) if not goes[number]]
    edits: list[TextEdit] = list(without_words(sentence, only_words, tokens, words))
    first = parts[kept[0]]
    if kept[0] > 0:
        begin = first.first
        if tokens.words[begin - 1] in _WIDE and tokens.words[begin] == words.conjunction:
            begin += 1
        end, new = capital(tokens, begin)
        edits.append(TextEdit(tokens.starts[sentence.first], end, new))
    for number, following in zip(kept, [*kept[1:], None], strict=True):
        if following is not None and following != number + 1:
            edits.append(_between(parts[number], parts[following], tokens, words))
        elif following is None and number + 1 < len(parts):
            if words.verb_final:
                return None
            edits.append(TextEdit(tokens.ends[parts[number].last], tokens.ends[parts[-1].last]))
            edits += _last_joint(parts, kept, tokens, words)
    return tuple(sorted(edits, key=lambda edit: edit.start))


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
    """The first letter of what now begins the sentence, as a capital: where it ends, and the letter. A
    quotation begins as it is."""
    if index >= len(tokens):
        return len(tokens.text), ""
    at = tokens.starts[index]
    quote = at
    while index and quote > tokens.ends[index - 1] and tokens.text[quote - 1] in _OPENING:
        quote -= 1
    if quote < at:
        return quote, ""
    letter = tokens.text[at].upper()
    return (at + 1, letter) if letter != tokens.text[at] and len(letter) == 1 else (at, "")
