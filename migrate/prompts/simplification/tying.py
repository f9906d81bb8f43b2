"""Says why a clause cannot go as a whole: what else is said in it, or hangs on it. It cuts nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from migrate.prompts.language.clauses import Clause, bare
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import FIELD, THINKING, Tokens
from migrate.prompts.language.words import Words
from migrate.prompts.simplification.besides import asks_before_it, asks_behind_it, takes_up

_LONGEST_TAIL = 45
_LONGEST_CALL = 18  # tokens
_LONGEST_ENDING = 9  # tokens that end a verb, as ``てみてください`` does
_MARKED = re.compile(r"[【「『\"“`]|</?[^\W\d_]")
_MARK = "a mark of the output stands in it"
_ELSE = "something else is said in the same clause"
_LAST_VERB = "the verb that ends the sentence would go"
_COLONS = frozenset(":：")
_THOUGHTS = (f"<{THINKING}>", f"</{THINKING}>")
_LONGEST_REST = 10  # characters of a script without spaces


def kept(
    parts: Sequence[Clause],
    hits: Sequence[Hit],
    others: Sequence[Hit],
    tokens: Tokens,
    words: Words,
    contracts: frozenset[int],
) -> str:
    """Why the clauses with phrases cannot go, ``""`` where they can; of ``others`` only some words go."""
    met = frozenset(hit.first for hit in (*hits, *others))
    behind = False
    for part in parts:
        behind = behind or part.kind == "trigger"
        if part.kind == "trigger" and (why := _tied(part, hits, met, tokens, words)):
            return why
        if part.kind == "trigger" and _demands(part, hits, tokens, contracts):
            return "a demand on the output stands in it"
        if part.kind in ("opening", "condition") and (why := _along(part, behind, met, tokens, words)):
            return why
    if _contrasted(parts, hits, tokens, words):
        return "what stays is set against it"
    if _conditioned(parts, hits):
        return "its condition would hold for what stays"
    return "a verb would lose its object" if _lone_verb(parts, tokens, words) else ""


def _tied(part: Clause, hits: Sequence[Hit], met: frozenset[int], tokens: Tokens, words: Words) -> str:
    """Why a clause cannot go as a whole, ``""`` where it can; a phrase of any kind begins at each token of
    ``met``."""
    own = [hit for hit in hits if part.first <= hit.first <= part.last]
    last = max(hit.last for hit in own)
    if not _COLONS.isdisjoint(tokens.words[last + 1 : part.last]):
        return _ELSE
    said = tokens.text[tokens.starts[part.first] : tokens.ends[part.last]]
    if any(one in said for one in words.wording.limits):
        return "a demand on the output stands in it"
    if _asks_more(part, own, met, tokens, words):
        return _ELSE
    if any(hit.rule.saying.cut == "sentence" for hit in own):
        return _tied_sentence(part, last, tokens)
    if words.verb_final and part.last - last > _LONGEST_ENDING:
        return _LAST_VERB
    if words.verb_final and any(hit.last - hit.first > _LONGEST_CALL for hit in own):
        return "what is asked for stands between the words"
    rest = frozenset(tokens.words[last + 1 : part.last + 1])
    if words.wording.syllabic and part.last - last > _LONGEST_REST and words.generic.isdisjoint(rest):
        return _ELSE
    first = min(hit.first for hit in own)
    if not bare(part.first, first - 1, tokens, words) and not _opens(part.first, first - 1, tokens, words):
        return _ELSE
    tagged = any(tokens.words[one][0] == "<" for hit in own for one in range(hit.first, hit.last + 1))
    if not tagged and _MARKED.search(tokens.text, tokens.ends[last], tokens.ends[part.last]):
        return _MARK
    if _serves(last + 1, part.last, tokens, words):
        return "what it is for stands behind it"
    tail = tokens.words[part.first : part.last + 1]
    if FIELD in tail:
        return "a template field stands in it"
    return "it says too much to go as a whole" if len(tail) > _LONGEST_TAIL else ""


def _tied_sentence(part: Clause, last: int, tokens: Tokens) -> str:
    """The same of a clause whose whole sentence goes: nothing that is filled in or read may stand in it."""
    said = tokens.words[part.first : part.last + 1]
    if any(one.startswith("<") and one not in _THOUGHTS for one in tokens.words[last + 1 : part.last + 1]):
        return _MARK
    return "a template field stands in it" if FIELD in said else ""


def _asks_more(part: Clause, hits: Sequence[Hit], met: frozenset[int], tokens: Tokens, words: Words) -> bool:
    last = max(hit.last for hit in hits)
    if not words.contrasts.isdisjoint(tokens.words[last + 1 : part.last + 1]):
        return True
    worked_on = any(hit.rule.technique.echoes for hit in hits)
    whole = any(hit.rule.saying.cut == "sentence" for hit in hits)
    first = min(hit.first for hit in hits)
    return asks_behind_it(last + 1, part.last, worked_on, met, tokens, words) or (
        whole and asks_before_it(part.first, first - 1, tokens, words)
    )


def _along(part: Clause, behind: bool, met: frozenset[int], tokens: Tokens, words: Words) -> str:
    """Why a clause cannot go along with another: it may name a tag or a text of the output, or, ``behind`` a
    phrase, go on to ask for something."""
    if _MARKED.search(tokens.text, tokens.starts[part.first], tokens.ends[part.last]):
        return _MARK
    contrast = not words.contrasts.isdisjoint(tokens.words[part.first + 1 : part.last + 1])
    if behind and (contrast or asks_behind_it(part.first, part.last, False, met, tokens, words)):
        return _ELSE
    return ""


def _demands(part: Clause, hits: Sequence[Hit], tokens: Tokens, contracts: frozenset[int]) -> bool:
    """Whether a clause goes on to say what the output has to look like."""
    last = max(hit.last for hit in hits if part.first <= hit.first <= part.last)
    # ``so that we have the right answer:`` asks for nothing but an answer.
    end = part.last - 2 if tokens.words[part.last] in ":：" else part.last
    return any(last < one <= end for one in contracts)


def _opens(first: int, last: int, tokens: Tokens, words: Words) -> bool:
    """Whether tokens are a clause that only leads up to the next: ``before you answer``."""
    while first <= last and (length := words.leads.at(tokens, first)):
        first += length
    return first <= last and words.openings.at(tokens, first) > 0


def asks_behind(sentence: Sentence, hits: Sequence[Hit], tokens: Tokens) -> bool:
    """Whether what is to be thought about is asked in the same sentence: ``Think hard: what is missing?``."""
    if tokens.words[sentence.last] not in "?？":
        return False
    behind = tokens.words[max(hit.last for hit in hits) + 1 : sentence.last]
    return not _COLONS.isdisjoint(behind)


def _serves(first: int, last: int, tokens: Tokens, words: Words) -> bool:
    """Whether a clause goes on with what the thinking is for, and that is more than a good answer: ``take the
    time to explore the menu``."""
    length = words.purposes.at(tokens, first)
    if not length or first + length > last or tokens.words[first] == words.conjunction:
        return False
    verb = first + length
    rest = tokens.words[verb : last + 1]
    return not (
        words.generic.intersection(rest) or words.thinking.at(tokens, verb) or words.ponders.at(tokens, verb)
    )


def _contrasted(parts: Sequence[Clause], hits: Sequence[Hit], tokens: Tokens, words: Words) -> bool:
    """Whether what stays is set against the end of what goes: ``think hard to be right, but be brief``."""
    for part, following in itertools.pairwise(parts):
        if part.kind == "trigger" and tokens.words[following.joint] in words.contrasts:
            return part.last > max(hit.last for hit in hits if part.first <= hit.first <= part.last)
    return False


def _conditioned(parts: Sequence[Clause], hits: Sequence[Hit]) -> bool:
    """Whether what presses has a condition before it, and something else stands behind: ``If you fail I will
    lose my job, so cite your sources``."""
    pressing = [hit.first for hit in hits if hit.rule.technique.group == "tone"]
    for number, (part, following) in enumerate(itertools.pairwise(parts)):
        own = any(following.first <= one <= following.last for one in pressing)
        if own and part.kind == "condition":
            return any(one.kind == "content" for one in parts[number + 2 :])
    return False


def _lone_verb(parts: Sequence[Clause], tokens: Tokens, words: Words) -> bool:
    """Whether a verb before the phrase shares its object: ``review and correct your answer``."""
    for part, following in itertools.pairwise(parts):
        if part.kind != "content" or following.kind != "trigger":
            continue
        first = part.first
        while first < part.last and (length := words.leads.at(tokens, first)):
            first += length
        plain = tokens.words[following.joint : following.first] == [words.conjunction]
        if plain and first == part.last and tokens.words[first].isalpha():
            return True
    return False


def points_back(parts: Sequence[Clause], hits: Sequence[Hit], tokens: Tokens, words: Words) -> bool:
    """Whether all that is left is as ``answer it``, behind what was asked for first."""
    if parts[0].kind != "trigger" or not any(hit.rule.technique.echoes for hit in hits):
        return False
    left = [
        one for part in parts if part.kind == "content" for one in tokens.words[part.first : part.last + 1]
    ]
    return takes_up(left, words)
