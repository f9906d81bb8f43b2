"""Tells phrases that are only spoken of from those that ask for something: quoted, named as a technique,
listed in a record, handed over as a text to work on. It does not judge whose reasoning is meant.
"""

from __future__ import annotations

import re

from migrate.prompts.language.lines import line_before
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import Tokens
from migrate.prompts.language.words import Words

_SENTENCE = 60
_MENTION = 18
_LOOK = 300
_OPTION = re.compile(r"(?m)^[ \t]*\(([A-Z])\) ")
_CHOICE = re.compile(r"\(([A-Za-z])\) ")
_TAG = re.compile(r"<([a-z_]{3,30})>")
_QUOTES = {'"': '"', "“": "”", "«": "»", "「": "」", "『": "』", "‘": "’", "„": "“", "`": "`", "'": "'"}
_CLOSED = ("", " ", ",", ".", ";", ")", "\n")  # what stands behind a mark that ends a quotation
_OPENING = '«“„「『"'


def mentioned(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """Whether the phrase is quoted, named as a technique, or stands in data."""
    begin = max(sentence.first, hit.first - _MENTION)
    spoken_of = any(words.mentions.at(tokens, one) for one in range(begin, hit.first))
    if any(words.topics.at(tokens, one) for one in range(sentence.first, hit.first)[-_SENTENCE:]):
        return True
    start, end = tokens.span(hit.first, hit.last)
    if (
        _listed(tokens.text, start, end)
        or _quoted_alone(tokens.text, start, end)
        or _named(tokens.text, start, end)
        or (spoken_of and quoted(tokens.text, start, end))
        or _handed_over(tokens.text, start, end)
        or _is_option(tokens.text, start)
    ):
        return True
    return _in_data(hit, tokens, words)


def _quoted_alone(text: str, start: int, end: int) -> bool:
    """Whether a quotation within a line holds nothing but the phrase: ``Shorten "Think it over?" a bit``.
    A value behind a colon is another thing: it may be a prompt."""
    before = text[max(0, start - 3) : start]
    closing = _QUOTES.get(before[-1:])
    if closing is None or not before[:-1].strip() or before[:-1].strip()[-1] in ":：=":
        return False
    return text[end : end + 2].lstrip(".!?…,")[:1] == closing


def _named(text: str, start: int, end: int) -> bool:
    """Whether the phrase alone is quoted and then spoken of: ``"think step by step" means``."""
    before, after = text[max(0, start - 1) : start], text[end : end + 24]
    closing = _QUOTES.get(before)
    if closing is None or not after.startswith(closing):
        return False
    return re.match(r" (?!and\b|then\b)[a-z]{2}", after[1:]) is not None


def _handed_over(text: str, start: int, end: int) -> bool:
    """Whether the phrase stands in quotation marks behind a colon, as a text: ``Translate: "..."``."""
    begin = max(text.rfind(one, max(0, start - _LOOK), start) for one in _OPENING)
    if begin < 0 or text[begin + 1 : begin + 2] in _CLOSED:
        return False
    before = text[max(0, begin - 3) : begin].rstrip()
    if before[-1:] not in (":", "：") or not before[:-1].strip().isalpha():
        return False
    closing = _QUOTES[text[begin]]
    return closing not in text[begin + 1 : start] and closing in text[end : end + _LOOK].split("\n", 1)[0]


def _is_option(text: str, start: int) -> bool:
    """Whether the phrase stands in one of several answers to choose from: ``(B) PS I Love You``; or is one
    of those that a line lists."""
    before = line_before(text, start)
    pattern = _OPTION if _OPTION.match(before) else _CHOICE if _CHOICE.fullmatch(before[-4:]) else None
    if pattern is None:
        return False
    around = text[max(0, start - len(before) - _LOOK) : start + _LOOK]
    return len({match[1] for match in pattern.finditer(around)}) > 1


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
