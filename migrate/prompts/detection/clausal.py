"""Reads the words around a phrase as grammar: who does what it says, and whether the noun it ends in is the
whole of what is meant. It knows no technique.
"""

from __future__ import annotations

import re

from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import FIELD, Tokens
from migrate.prompts.language.words import Words

_ADVERBS = 3  # between somebody and what they do
_LEAD = 6
_TASK = 8
_STATEMENT = 200  # tokens
_NEAR = 20  # tokens behind a phrase in which a field is named
_TITLE = 12  # tokens
_MARKS = frozenset(".!?:：。！？")
_PHRASE = 3  # between a possessive and its noun


_FIELD = re.compile(r"[\"'<]([A-Za-z][A-Za-z_ -]{2,30})(?:[\"']\s*:|>)")


def has_field(text: str, nouns: frozenset[str]) -> bool:
    """Whether a record that the text lays out has a field for reasoning: ``"explanation": ...``."""
    return any(not nouns.isdisjoint(re.split("[_ -]", one[1].lower())) for one in _FIELD.finditer(text))


def names_field(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether the sentence says which field of a record the phrase is for: ``in the 'reasoning' field``."""
    for one in range(hit.first, min(sentence.last, hit.last + _NEAR)):
        if tokens.words[one] in words.wording.fields and tokens.words[one + 1] in words.wording.slots:
            return True
    return False


def fills_field(hit: Hit, tokens: Tokens, words: Words) -> bool:
    """Whether a phrase asks for an account only, which is what such a field is for: no thinking, no steps, no
    tag."""
    said = range(hit.first, hit.last + 1)
    return not any(
        words.thinking.at(tokens, one) or words.stepwise.at(tokens, one) or tokens.words[one][0] == "<"
        for one in said
    )


def of_others(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether a phrase about reasoning is no request to the model, as the words around it go."""
    return (
        told(hit, tokens, sentence, words)
        or is_task(hit, tokens, sentence, words)
        or stated(hit, tokens, sentence, words)
        or is_title(hit, tokens, sentence, words)
        or is_modifier(hit, tokens, words)
    )


def told(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether somebody else does what the phrase says: ``I hardly ever go back``, ``agents who think``, ``Let
    models think``, ``the router will go through``, ``challenge founders to think``; or somebody only can, or
    might: ``your ability to think``, ``if you think``."""
    if _is_able(hit, tokens, sentence, words) or _is_brought_to(hit, tokens, sentence, words):
        return True
    if words.leads.ends_at(tokens, hit.first, _LEAD) >= sentence.first:
        return False
    opening = tokens.words[sentence.first : min(sentence.first + 2, hit.first)]
    if len(opening) > 1 and opening[0] in words.wording.permitting and opening[1] in words.wording.tellers:
        return True
    before = hit.first - 1
    modal = False
    for _ in range(_ADVERBS):
        if before > sentence.first:
            modal = modal or tokens.words[before] in words.wording.modals
            before -= tokens.words[before] in words.wording.modals or _is_adverb(tokens.words[before], words)
    if before < sentence.first:
        return False
    subject = tokens.words[before]
    if modal and subject in words.wording.selves and words.thinking.at(tokens, hit.first):
        return False  # It is how an answer is to begin: ``I will reason step by step``.
    return subject in words.wording.tellers or (modal and _is_other(subject, words))


def _is_other(subject: str, words: Words) -> bool:
    """Whether a word before ``will`` or ``can`` names somebody or something else than the reader and the
    answer."""
    if subject in words.wording.demands or subject in words.answers or subject in words.wording.closed:
        return False
    return subject == FIELD or subject.isalpha()


def _is_able(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether the phrase says what can be done, or on what condition: ``the ability to think``."""
    if words.faculties.ends_at(tokens, hit.first, _LEAD) >= sentence.first:
        return True
    if any(words.faculties.at(tokens, one) for one in range(hit.first, hit.cut_first)):
        return True
    before = hit.first - 1
    if before <= sentence.first or tokens.words[before] not in words.wording.addressed:
        return False
    helped = tokens.words[before - 1] in words.wording.permitting
    return helped or words.suppositions.ends_at(tokens, before, _PHRASE) >= sentence.first


def _is_brought_to(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether somebody is to bring others to do it: ``ask the founders to think``."""
    begin = max(sentence.first, hit.first - _LEAD)
    between = tokens.words[begin : hit.first]
    if not between or between[-1] not in words.wording.infinitive:
        return False
    at = next((one for one, word in enumerate(between) if word in words.wording.causatives), -1)
    others = between[at + 1 : -1]
    return at >= 0 and bool(others) and words.wording.demands.isdisjoint(others)


def is_task(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether what the phrase says is all that is wanted: ``Your task is to break it down into steps``."""
    if hit.rule.saying.cut == "words" or words.thinking.at(tokens, hit.first):
        return False
    return words.deliverables.ends_at(tokens, hit.first, _TASK) >= sentence.first


def stated(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether the sentence only says how things are: ``This graph reflects step by step reasoning``. It has a
    subject of its own, and nothing before the phrase demands anything of anybody."""
    if any(tokens.words[one][0] == "<" for one in range(hit.first, hit.last + 1)):
        return False  # ``The reasoning is enclosed in <think> tags``: where, it cannot know before.
    if tokens.words[sentence.first] not in words.wording.subjects or hit.first - sentence.first > _STATEMENT:
        return False
    before = tokens.words[sentence.first : hit.first]
    return bool(before) and words.wording.demands.isdisjoint(before)


def is_title(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether the whole text is a noun phrase, as a setting is called: ``Step-by-step reasoning for hard
    tasks``."""
    if sentence.first > 0 or sentence.last < len(tokens) - 1 or tokens.words[sentence.last] in _MARKS:
        return False
    length = words.stepwise.at(tokens, hit.first)
    return hit.first == sentence.first and 0 < length < len(tokens) <= _TITLE and FIELD not in tokens.words


def is_modifier(hit: Hit, tokens: Tokens, words: Words) -> bool:
    """Whether the phrase ends in a noun of one's own that only qualifies another one: ``your email address``,
    ``your plan subscription``. What is one's own answer too, as ``your classification decision``, does not
    count."""
    last, following = tokens.words[hit.last], hit.last + 1
    if last not in words.results or following >= len(tokens):
        return False
    if words.wording.possessives.isdisjoint(tokens.words[max(hit.first, hit.last - _PHRASE) : hit.last]):
        return False
    between = tokens.text[tokens.ends[hit.last] : tokens.starts[following]]
    word = tokens.words[following]
    if not between or between.strip(" ") or not word.isalpha():
        return False
    return not (word in words.wording.closed or word in words.answers or _is_adverb(word, words))


def _is_adverb(word: str, words: Words) -> bool:
    return words.is_adverb(word) or word.endswith(words.wording.endings)
