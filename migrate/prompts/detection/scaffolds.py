"""Finds places that a text gives to reasoning by its layout: a list of steps of thinking that ends in an
answer, and a blank label for reasoning above one for the answer. It changes nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from migrate.prompts.detection.records import Part, parts, said
from migrate.prompts.language.matching import Lexicon
from migrate.prompts.language.sentences import Sentence, Sentences, is_item
from migrate.prompts.language.tokens import Tokens, fold_label
from migrate.prompts.language.words import Words

_FEWEST_ITEMS = 3
_FEWEST_STEPS = 2
_ENOUGH_STEPS = 3  # where nothing says that an answer follows
_HEAD = 4  # tokens of a name before a step: ``Plan: outline the approach``
_HEADING = re.compile(
    r"(?m)^[ \t]*(?:#{1,6}[ \t]*|\[|\*\*|【)([^\W\d_][^\n#\[\]*:【】]{1,30}?)(?:\]|\*\*|】)?[ \t]*$"
)
_ITEM = re.compile(r"(?m)^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]")
_LONGEST_DESCRIPTION = 160  # characters
_APART = 3  # sentences within one item
_DESCRIPTION = re.compile(r"[\[<{(]{1,2}[^\[\]<>{}()\n]{1,120} [^\[\]<>{}()\n]{1,120}[\]>})]{1,2}\.?")
Range = tuple[int, int]


def scaffolds(text: str, sentences: Sentences, lexicon: Lexicon, taken: Collection[int]) -> Iterator[Range]:
    """The character ranges of lists of thinking steps in which no phrase was found, ``taken`` being the
    sentences with one, and of blank labels for reasoning."""
    for run in _lists(sentences):
        lead = sentences.all[run[0] - 1] if run[0] else None
        first = run[0] - 1 if lead and _hands_over(lead, sentences.tokens) else run[0]
        last = run[-1] + 1 if run[-1] + 1 < len(sentences) else len(sentences)
        if len(run) < _FEWEST_ITEMS or any(one in taken for one in range(first, last)):
            continue
        if any(_thinks(run, first, sentences, words) for words in lexicon.words.values()):
            yield sentences.all[first].start, sentences.all[run[-1]].end
    yield from _inline(sentences, lexicon, taken)
    for start, end in _headed(text, lexicon):
        if not any(start <= sentences.all[one].start < end for one in taken):
            yield start, end
    yield from _slots(text, parts(text, lexicon.signs.cues), lexicon)


def _lists(sentences: Sentences) -> Iterator[list[int]]:
    """The items of each list, by the number of their first sentence."""
    run: list[int] = []
    for number, one in enumerate(sentences.all):
        if is_item(one, sentences.tokens.text):
            if run and number - run[-1] > _APART:
                yield run
                run = []
            run.append(number)
        elif (
            one.line >= 0 and run and not sentences.tokens.text[one.line : one.start].startswith((" ", "\t"))
        ):
            yield run
            run = []
    if run:
        yield run


def _inline(sentences: Sentences, lexicon: Lexicon, taken: Collection[int]) -> Iterator[Range]:
    """Steps that are counted within a line: ``Go in order: 1. Restate it. 2. Recall facts. 3. Answer.``"""
    words = sentences.tokens.words
    number = 1
    while number < len(sentences):
        last = number
        while last < len(sentences) and _counted(sentences.all[last], words) == last - number + 2:
            last += 1
        items = sentences.all[number:last]
        lead = sentences.all[number - 1]
        if len(items) >= _FEWEST_STEPS and "1" in words[lead.first : lead.last]:
            free = not any(one in taken for one in range(number - 1, last))
            if free and any(_reasons(items, sentences.tokens, own) for own in lexicon.words.values()):
                yield lead.start, items[-1].end
        number = max(last, number + 1)


def _counted(one: Sentence, words: Sequence[str]) -> int:
    """The number that a sentence begins with, as ``2.``, else 0."""
    numbered = one.line < 0 and one.last > one.first + 1 and words[one.first + 1] in ".):"
    return int(words[one.first]) if numbered and words[one.first].isdecimal() else 0


def _reasons(items: Sequence[Sentence], tokens: Tokens, words: Words) -> bool:
    """Whether counted items are steps of thinking, the last of which answers."""
    first = [one.first + 2 for one in items]
    steps = sum(words.ponders.at(tokens, at) > 0 or words.weighing.at(tokens, at) > 0 for at in first[:-1])
    return steps > 0 and steps >= len(items) - _FEWEST_STEPS and words.concludes.at(tokens, first[-1]) > 0


def _hands_over(lead: Sentence, tokens: Tokens) -> bool:
    return tokens.words[lead.last] in ":："


def _thinks(run: Sequence[int], first: int, sentences: Sentences, words: Words) -> bool:
    tokens = sentences.tokens
    lead = sentences.all[first]
    ordered = first < run[0] and any(
        words.proceedings.at(tokens, one) and not words.thinking.at(tokens, one)
        for one in range(lead.first, lead.last)
    )
    last = sentences.all[run[-1]]
    concluded = any(
        words.concludes.at(tokens, one) for one in range(last.first, min(last.first + _HEAD, last.last) + 1)
    )
    asked = ordered or (concluded and last.last - last.first <= _HEAD)
    steps = sum(
        _begins(sentences.all[number], words, tokens) or (asked and _asks(sentences.all[number], tokens))
        for number in run
    )
    if steps < _FEWEST_STEPS:
        return False
    announced = first < run[0] and any(
        words.openings.at(tokens, one) or words.proceedings.at(tokens, one)
        for one in range(lead.first, lead.last)
    )
    return concluded or (announced and steps >= _ENOUGH_STEPS)


def _asks(one: Sentence, tokens: Tokens) -> bool:
    return tokens.words[one.last] in "?？"


def _begins(one: Sentence, words: Words, tokens: Tokens) -> bool:
    """Whether an item begins with a step of thinking, behind a name and words that lead up to it."""
    at = one.first
    for index in range(one.first, min(one.first + _HEAD, one.last)):
        if tokens.words[index] in ":：":
            at = index + 1
    while at < one.last and (length := words.leads.at(tokens, at)):
        at += length
    return words.ponders.at(tokens, at) > 0


def _headed(text: str, lexicon: Lexicon) -> Iterator[Range]:
    """``[Thinking]`` above ``[Answer]``, or headings of these names, with at most a description between."""
    found = list(_HEADING.finditer(text))
    for one, following in itertools.pairwise(found):
        reasons = fold_label(one[1]) in lexicon.workings
        answers = lexicon.signs.cues.get(fold_label(following[1])) == "answer"
        between = text[one.end() : following.start()]
        listed = len(_ITEM.findall(between)) >= _FEWEST_STEPS
        if reasons and answers and len(between) <= _LONGEST_DESCRIPTION and not listed:
            yield one.start(1), following.start()


def _slots(text: str, found: Sequence[Part], lexicon: Lexicon) -> Iterator[Range]:
    """``Analysis:`` above ``Final answer:``, both to be filled; ``Working:`` above any other blank."""
    for one, following in itertools.pairwise(found):
        if one.cue != "rationale" or following.cue != "answer" or not text[one.begin].isupper():
            continue
        line = text.find("\n", following.start)
        first = msgspec.structs.replace(following, end=min(following.end, line if line >= 0 else len(text)))
        choice = "|" in text[first.start : first.end]
        blank = not text[one.start : one.end].strip() and not text[first.start : first.end].strip()
        blank = blank and one.label in lexicon.workings
        known = choice or blank or following.label in lexicon.signs.cues
        if _is_blank(text, one) and not said(text, first) and known:
            yield one.begin, one.end


def _is_blank(text: str, part: Part) -> bool:
    """Whether nothing but a description in brackets stands behind a label: ``{thought}`` is to be judged."""
    rest = text[part.start : part.end].strip(" \t\n*_`-")
    return not rest or _DESCRIPTION.fullmatch(rest) is not None
