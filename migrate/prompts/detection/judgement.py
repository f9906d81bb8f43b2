"""Decides whether a phrase asks the model itself for its reasoning. A recipe's steps, a court's reasoning, a
quotation, a denial and somebody else's thoughts do not count. It edits nothing.
"""

from __future__ import annotations

import re

from migrate.prompts.detection.clausal import of_others
from migrate.prompts.detection.mentioning import mentioned
from migrate.prompts.language.rules import Hit
from migrate.prompts.language.sentences import Sentence
from migrate.prompts.language.tokens import BREAK, FIELD, Tokens
from migrate.prompts.language.words import Words

_REACH = 12  # tokens before a phrase in which what speaks against it may stand
_NEGATION = 6
_NAME = 8  # tokens in which a name may stand
_BETWEEN = 2
_KEY = re.compile(r'[\w -]{1,40}"\s*:')
_FIELD = re.compile(r"<([A-Za-z_]{3,30})>[^<>]{0,600}</\1>")
_HOLDER = re.compile(r"<[A-Za-z_]{3,30}>\s{0,80}\Z")
_FEWEST_FIELDS = 2
_NEAR = 800  # characters in which the fields beside one stand
_ELEMENT = 4_000  # characters of an element


def counts(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words | None) -> bool:
    """Whether the phrase is a request to the model."""
    if not _in_place(hit, tokens, sentence) or _spoken_against(hit, tokens, sentence):
        return False
    if _is_name(hit, tokens) or _is_given(hit, tokens, sentence):
        return False
    if words is None:
        return True
    if hit.rule.technique.group == "keep":
        return True
    return not (
        _negated(hit, tokens, sentence, words)
        or _of_others(hit, tokens, sentence, words)
        or _for_others(hit, tokens, sentence, words)
        or (hit.rule.technique.group == "reasoning" and of_others(hit, tokens, sentence, words))
        or mentioned(hit, tokens, sentence, words)
    )


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
        return _is_closed(hit, tokens) and not _is_record(hit, tokens)
    if _is_key(hit, tokens):
        return False
    return at == "line" or _is_cue(hit, tokens)


def _is_cue(hit: Hit, tokens: Tokens) -> bool:
    """``Reasoning:`` where the text ends: the model is to go on from there. Before data it is a heading."""
    after = hit.last + 1
    if after >= len(tokens) or tokens.words[after] not in ":：":
        return False
    return all(word == BREAK for word in tokens.words[after + 1 : after + 3])


def _is_name(hit: Hit, tokens: Tokens) -> bool:
    """Whether the phrase is or ends within a name of code: ``steps_taken``, ``--plan-first``."""
    start, end = tokens.span(hit.first, hit.last)
    text, words = tokens.text, range(hit.first, min(hit.last, hit.first + _NAME))
    if (
        text[end : end + 1] == "_"
        or text[max(0, start - 1) : start] == "_"
        or text[max(0, start - 2) : start] == "--"
    ):
        return True
    return any(text[tokens.ends[one] : tokens.starts[one + 1]] == "_" for one in words)


def _is_given(hit: Hit, tokens: Tokens, sentence: Sentence) -> bool:
    """Whether the phrase is a label that a field of its name fills in: ``Critique: {critique}``."""
    if hit.first > sentence.first or sentence.last - hit.first >= _NAME:
        return False
    said = tokens.words[hit.first : sentence.last + 1]
    if FIELD not in said:
        return False
    at = said.index(FIELD)
    field = tokens.text[slice(*tokens.span(hit.first + at, hit.first + at))].lower()
    return said[at - 1] in ":：" and tokens.words[hit.first] in field


def _is_key(hit: Hit, tokens: Tokens) -> bool:
    """``"reasoning": "..."`` is a key of a record that a program reads."""
    before = tokens.text[max(0, tokens.starts[hit.first] - 1) : tokens.starts[hit.first]]
    return before == '"' and _KEY.match(tokens.text, tokens.starts[hit.first]) is not None


def _is_record(hit: Hit, tokens: Tokens) -> bool:
    """Whether a tag with a name of its own is one of several fields, as a program reads them:
    ``<reasoning>``, ``<method>``, ``<value>`` side by side, or of two that an element holds."""
    start, end = tokens.span(hit.first, hit.last)
    name = tokens.text[start + 1 : end - 1].strip().lower()
    if name in hit.rule.technique.names:
        return False
    around = tokens.text[max(0, start - _NEAR) : end + _NEAR]
    fields = {match[1] for match in _FIELD.finditer(around)} - {name}
    held = _HOLDER.search(tokens.text, max(0, start - _NEAR), start)
    return len(fields) >= (1 if held else _FEWEST_FIELDS)


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
    if tokens.words[hit.first] in words.alternatives:
        return False
    # ``Write it without mistakes and you get a tip`` denies the mistakes.
    apart = {",", ";"} if hit.rule.technique.group == "reasoning" else {",", ";", words.conjunction}
    for end in _ends_before(hit, sentence):
        first = words.negations.ends_at(tokens, end, _NEGATION)
        if first >= sentence.first and not (set(tokens.words[first : hit.first]) & apart):
            return True
    last = tokens.words[max(sentence.first, hit.first - 2) : hit.first]
    if last == [",", words.conjunction] or not apart.isdisjoint(last[-1:]):
        return False
    if last and last[-1] in words.alternatives:
        begin = max(sentence.first, hit.first - _REACH)
        return any(words.negations.at(tokens, one) for one in range(begin, hit.first))
    return False


def _ends_before(hit: Hit, sentence: Sentence) -> range:
    """Where words may end that a phrase hangs on, the nearest first. What presses has a subject of its own:
    ``If it does not fit, we will cancel``."""
    between = _BETWEEN if hit.rule.technique.group == "reasoning" else 0
    return range(hit.first, max(sentence.first, hit.first - between) - 1, -1)


def _of_others(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """``students think step by step``, ``ask the user to explain``: somebody stands right before."""
    for end in _ends_before(hit, sentence):
        if words.others.ends_at(tokens, end, 3) >= sentence.first:
            return not (set(tokens.words[end : hit.first]) & {",", ":", ";", "and", "then"})
    return False


def _for_others(hit: Hit, tokens: Tokens, sentence: Sentence, words: Words) -> bool:
    """``solve it step by step so that a student can follow``: the steps are what is wanted."""
    if hit.rule.saying.cut != "words":
        return False
    return any(words.others.at(tokens, one) for one in range(hit.last + 1, sentence.last)[:_REACH])
