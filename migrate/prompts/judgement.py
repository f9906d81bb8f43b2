"""Decides whether a phrase asks the model itself for its reasoning. A recipe's steps, a court's reasoning, a
quotation, a denial and somebody else's thoughts do not count. It edits nothing.
"""

from __future__ import annotations

import re

from migrate.prompts.matching import Words
from migrate.prompts.rules import Hit
from migrate.prompts.sentences import Sentence
from migrate.prompts.tokens import BREAK, Tokens

_REACH = 12  # tokens before a phrase in which what speaks against it may stand
_SENTENCE = 60
_MENTION = 18
_NEGATION = 6
_BETWEEN = 2
_QUOTES = {'"': '"', "“": "”", "«": "»", "「": "」", "『": "』", "‘": "’", "„": "“", "`": "`", "'": "'"}
_DOCSTRING = re.compile(r"(?m)^\s*(?:Args|Arguments|Parameters|Returns|Raises|Yields):\s*$|^\s*:param \w+:")
_TAG = re.compile(r"<([a-z_]{3,30})>")
_LOOK = 300
_ELEMENT = 4_000  # characters of an element


def counts(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words | None) -> bool:
    """Whether the phrase is a request to the model."""
    if not _in_place(hit, tokens, sentence) or _spoken_against(hit, tokens, sentence):
        return False
    if words is None:
        return True
    if hit.rule.technique.group == "keep":
        return True
    return not (
        _negated(hit, tokens, sentence, words)
        or _of_others(hit, tokens, sentence, words)
        or _for_others(hit, tokens, sentence, words)
        or _mentioned(hit, tokens, sentence, words)
    )


def documents_code(text: str) -> bool:
    """Whether a text is a docstring: it tells people about code, and no model what to do."""
    return _DOCSTRING.search(text) is not None


def _in_place(hit: Hit, tokens: Tokens, sentence: Sentence) -> bool:
    at = hit.rule.saying.at
    if at == "anywhere":
        return True
    if at == "sentence":
        return hit.first == sentence.first
    if at == "end":
        return hit.last >= len(tokens) - 2
    if sentence.line < 0 or hit.first != sentence.first:
        return False
    if at == "element":
        return _is_closed(hit, tokens)
    return at == "line" or _is_cue(hit, tokens)


def _is_cue(hit: Hit, tokens: Tokens) -> bool:
    """``Reasoning:`` where the text ends: the model is to go on from there. Before data it is a heading."""
    after = hit.last + 1
    if after >= len(tokens) or tokens.words[after] not in ":：":
        return False
    return all(word == BREAK for word in tokens.words[after + 1 :][:2])


def _is_closed(hit: Hit, tokens: Tokens) -> bool:
    """Whether a tag is closed further on: ``<thought-1>`` alone stands for something."""
    start, end = tokens.span(hit.first, hit.last)
    return f"</{tokens.text[start + 1 : end]}" in tokens.text[end : end + _ELEMENT]


def _spoken_against(hit: Hit, tokens: Tokens, sentence: Sentence) -> bool:
    if hit.rule.after.at(tokens, hit.last + 1):
        return True
    begin = max(sentence.first, hit.first - _REACH)
    return any(hit.rule.before.at(tokens, one) for one in range(begin, hit.first + 1))


def _negated(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """``do not think step by step``; ``no explanation or reasoning`` is denied through its ``or``."""
    for end in range(hit.first, max(sentence.first, hit.first - _BETWEEN) - 1, -1):
        first = words.negations.ends_at(tokens, end, _NEGATION)
        if first >= sentence.first and not (set(tokens.words[first : hit.first]) & {",", ";"}):
            return True
    if hit.first > sentence.first and tokens.words[hit.first - 1] in words.alternatives:
        begin = max(sentence.first, hit.first - _REACH)
        return any(words.negations.at(tokens, one) for one in range(begin, hit.first))
    return False


def _of_others(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """``students think step by step``, ``ask the user to explain``: somebody stands right before."""
    for end in range(hit.first, max(sentence.first, hit.first - _BETWEEN) - 1, -1):
        if words.others.ends_at(tokens, end, 3) >= sentence.first:
            return not (set(tokens.words[end : hit.first]) & {",", ":", ";", "and", "then"})
    return False


def _for_others(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """``solve it step by step so that a student can follow``: the steps are what is wanted."""
    if hit.rule.saying.cut != "words":
        return False
    return any(words.others.at(tokens, one) for one in range(hit.last + 1, sentence.last)[:_REACH])


def _mentioned(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether the phrase is quoted, named as a technique, or stands in data."""
    begin = max(sentence.first, hit.first - _MENTION)
    spoken_of = any(words.mentions.at(tokens, one) for one in range(begin, hit.first))
    if any(words.topics.at(tokens, one) for one in range(sentence.first, hit.first)[-_SENTENCE:]):
        return True
    start, end = tokens.span(hit.first, hit.last)
    if (
        _listed(tokens.text, start, end)
        or _named(tokens.text, start, end)
        or (spoken_of and quoted(tokens.text, start, end))
    ):
        return True
    return _in_data(hit, tokens, words)


def _named(text: str, start: int, end: int) -> bool:
    """Whether the phrase alone is quoted and then spoken of: ``"think step by step" means``."""
    before, after = text[max(0, start - 1) : start], text[end : end + 24]
    closing = _QUOTES.get(before)
    if closing is None or not after.startswith(closing):
        return False
    return re.match(r" (?!and\b|then\b)[a-z]{2}", after[1:]) is not None


def _listed(text: str, start: int, end: int) -> bool:
    """Whether the phrase alone is a string in a list or a record: ``["Take your time", "Hurry"]``."""
    before, after = text[max(0, start - 40) : start].rstrip(), text[end : end + 4].lstrip(" .!")
    if not before or before[-1] not in _QUOTES or after[:1] != _QUOTES[before[-1]]:
        return False
    return before[:-1].rstrip()[-1:] in ("[", ",", "(", "{", "=")


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a range of characters stands within quotation marks of its line."""
    line = max(text.rfind("\n", max(0, start - _LOOK), start) + 1, start - _LOOK, 0)
    before, after = text[line:start], text[end : end + _LOOK].split("\n", 1)[0]
    for opening, closing in _QUOTES.items():
        at = before.rfind(opening)
        if at < 0 or closing not in after or (closing != opening and before.rfind(closing) > at):
            continue
        if (opening == closing and before.count(opening) % 2 == 0) or (
            opening == "'" and before[at - 1 : at].isalpha()
        ):
            continue
        return True
    return False


def _in_data(hit: Hit, tokens: Tokens, words: Words) -> bool:
    """Whether the phrase stands in a tag that holds somebody's text."""
    start, end = tokens.span(hit.first, hit.last)
    before = tokens.text[max(0, start - 2_000) : start]
    for tag in list(_TAG.finditer(before))[-3:]:
        closing = f"</{tag[1]}>"
        if (
            tag[1] in words.data_tags
            and closing not in before[tag.end() :]
            and closing in tokens.text[end : end + 4_000]
        ):
            return True
    return False
