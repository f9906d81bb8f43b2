"""Divides a sentence into clauses and says of each what it is: a trigger, what leads up to one, a condition,
or what the sentence is there for. It cuts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import FIELD, Tokens
from migrate.prompts.language.words import Words

Kind: TypeAlias = Literal["trigger", "opening", "condition", "content"]

_JOINT = 4  # the most tokens of a connective
_COMMAS = frozenset(",;，、；")
_WIDE = frozenset("，、；")
_NOUN = 3  # tokens back to the article: ``a``, an adjective, the comma
_ENDS = frozenset(".!?…。！？")


class Clause(msgspec.Struct, frozen=True):
    """Tokens ``first`` to ``last``; the connective before it begins at ``joint``, which is ``first`` where
    there is none."""

    joint: int
    first: int
    last: int
    kind: Kind


def clauses(sentence: Sentence, hits: Sequence[Hit], tokens: Tokens, words: Words) -> list[Clause]:
    """The clauses of a sentence, its end mark left out."""
    last = sentence.last
    while last > sentence.first and tokens.words[last] in _ENDS:
        last -= 1
    found: list[Clause] = []
    joint = begin = sentence.first
    inside = _inside(hits)
    for index in range(sentence.first + 1, last + 1):
        if index in inside or (tokens.words[index - 1] in _WIDE and words.sequels.at(tokens, index)):
            continue
        before = _purpose_before(index, last, hits, tokens, words)
        if before < 0:
            before = _joint_before(index, begin, tokens, words)
            if (
                not begin < before < index
                or before in inside
                or not (
                    _begins(index, before, begin, hits, tokens, words)
                    or _is_kept(index, before, last, hits, tokens, words)
                )
            ):
                continue
        found.append(_clause(joint, begin, before - 1, hits, tokens, words))
        joint, begin = before, index
    found.append(_clause(joint, begin, last, hits, tokens, words))
    return found


def bare(first: int, last: int, tokens: Tokens, words: Words) -> bool:
    """Whether tokens are nothing but words that lead up to a request, and commas."""
    index = first
    while index <= last:
        if tokens.words[index] in _COMMAS or tokens.words[index] in ":：":
            index += 1
            continue
        length = max(words.leads.at(tokens, index), words.joints.at(tokens, index))
        if not length:
            return False
        index += length
    return True


def _inside(hits: Sequence[Hit]) -> frozenset[int]:
    """Tokens in the middle of a phrase: no clause begins there."""
    return frozenset(one for hit in hits for one in range(hit.first + 1, hit.last + 1))


def _purpose_before(index: int, last: int, hits: Sequence[Hit], tokens: Tokens, words: Words) -> int:
    """Where ``to`` begins that joins a trigger with a task, as in ``think step by step to sum it up``; -1
    where there is none, or what follows only says how good the answer is to be."""
    if not words.tasks.at(tokens, index):
        return -1
    for hit in hits:
        first = hit.last + 1
        if first < index and words.purposes.at(tokens, first) == index - first:
            return -1 if _is_generic(tokens.words[index : last + 1], words) else first
    return -1


def _is_generic(rest: Sequence[str], words: Words) -> bool:
    """Whether words only say how good an answer is to be: ``get the right answer``, no ``accurate score``."""
    said = words.generic.intersection(rest)
    return bool(said) and (
        not said <= words.wording.qualities or not words.wording.own.union(words.results).isdisjoint(rest)
    )


def _joint_before(index: int, begin: int, tokens: Tokens, words: Words) -> int:
    """Where the connective begins that ends right before a token; ``index`` itself where there is none."""
    first = words.joints.ends_at(tokens, index, _JOINT)
    if first < begin:
        first = index
    if first > begin and tokens.words[first - 1] in _COMMAS:
        first -= 1
    return first


def _begins(index: int, joint: int, begin: int, hits: Sequence[Hit], tokens: Tokens, words: Words) -> bool:
    """Whether a clause of its own can begin at a token behind a connective."""
    if (
        tokens.words[joint] in _COMMAS
        and index - begin > _NOUN
        and tokens.words[index - _NOUN] in words.wording.articles
    ):
        return False  # ``a concise, step by step account``
    if tokens.words[joint] in _WIDE or any(hit.first == index for hit in hits):
        return True
    manner = words.is_adverb(tokens.words[index]) and not words.joints.at(tokens, index)
    if manner and not words.leads.at(tokens, index) and words.tasks.at(tokens, index + 1):
        return True
    if words.tasks.at(tokens, index) and not _only_then(index, tokens, words):
        return True
    comma = tokens.words[index - 1] in _COMMAS
    if comma and (words.openings.at(tokens, index) or words.conditions.at(tokens, index)):
        return True
    length = words.leads.at(tokens, index)
    after = index + length
    if words.joints.at(tokens, index):
        return any(hit.first == after for hit in hits) and length > 0
    return bool(length) and (words.tasks.at(tokens, after) > 0 or any(hit.first == after for hit in hits))


def _only_then(index: int, tokens: Tokens, words: Words) -> bool:
    """Whether what could be a task is the beginning of a connective: ``only then``."""
    return words.joints.at(tokens, index) > 1


def _is_kept(index: int, joint: int, last: int, hits: Sequence[Hit], tokens: Tokens, words: Words) -> bool:
    """Whether what follows a phrase and a connective must stay: a template field stands in it, or, where
    verbs come last, a task of its own."""
    if words.joints.at(tokens, index) or words.sequels.at(tokens, index):
        return False
    if not any(hit.last + 1 == joint for hit in hits):
        return False
    asks = words.verb_final and any(words.tasks.at(tokens, one) for one in range(index, last + 1))
    return asks or FIELD in tokens.words[index : last + 1]


def _clause(joint: int, first: int, last: int, hits: Sequence[Hit], tokens: Tokens, words: Words) -> Clause:
    return Clause(joint, first, last, _kind(first, last, hits, tokens, words))


def _kind(first: int, last: int, hits: Sequence[Hit], tokens: Tokens, words: Words) -> Kind:
    if any(first <= hit.first <= last for hit in hits):
        return "trigger"
    if bare(first, last, tokens, words):
        return "opening"
    begin = first
    # Where words are not set apart, what follows ``also`` may go on to the task without a comma.
    while begin < last and not words.wording.syllabic and (length := words.leads.at(tokens, begin)):
        begin += length
    if words.openings.at(tokens, first) or words.openings.at(tokens, begin):
        return "opening"
    if words.conditions.at(tokens, first) or words.conditions.at(tokens, begin):
        return "condition"
    return "content"
