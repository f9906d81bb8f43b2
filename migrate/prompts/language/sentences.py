"""Divides a text into sentences: runs of tokens with the characters that belong to them. Knows no word."""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

from migrate.prompts.language.tokens import BLOCK, BREAK, FIELD, Tokens

_ENDS = frozenset(".!?…。！？")
_MARKER = re.compile(r"[ \t]*(?:(?:[-*•–+>]|\(?\d{1,3}[.):]|\(?[A-Za-z][.)])[ \t]+|#{1,6}[ \t]*|>[ \t]*)")
_OPENING = "*_`\"'“‘«(（「『【["
_CLOSING = "*_`\"'”’»)）」』】]"
_PAIRS = {"”": "“", "»": "«", ")": "(", "）": "（", "」": "「", "】": "【", "』": "『"}
_BULLETS = "-*•–+"
_LABEL = 5  # tokens before a field that fills in what the label names
_ADHERING = 6  # characters of emphasis, quotes and brackets at one end


class Sentence(msgspec.Struct, frozen=True):
    """Tokens ``first`` to ``last``, the mark at its end among them; characters ``start`` to ``end``, with the
    emphasis and quotes around it and without the marker of a list. ``line`` is where its line begins where it
    is the first in it, else -1."""

    first: int
    last: int
    start: int
    end: int
    line: int


class Sentences:
    """The sentences of a text, in order. ``abbreviations`` end in a full stop that ends nothing."""

    def __init__(self, tokens: Tokens, abbreviations: frozenset[str] = frozenset()) -> None:
        self.tokens = tokens
        self._abbreviations = abbreviations
        self.all: list[Sentence] = []
        self._firsts: list[int] = []
        at = 0
        while at < len(tokens):
            if tokens.words[at] in (BREAK, BLOCK):
                at += 1
                continue
            at = self._take(at)

    def __len__(self) -> int:
        return len(self.all)

    def index(self, token: int) -> int:
        """The number of the sentence that holds a token, or of the one before it."""
        return max(0, bisect_right(self._firsts, token) - 1)

    def _take(self, at: int) -> int:
        """Adds the sentence that begins at a token, and returns the token after it."""
        tokens = self.tokens
        line = self._line_start(at)
        first = at if line < 0 else self._after_marker(at, line)
        if first >= len(tokens) or tokens.words[first] == BREAK:
            return first + 1
        last = first
        while last + 1 < len(tokens) and tokens.words[last + 1] != BREAK and not self._ends(last, first):
            last += 1
        start = _back(tokens.text, tokens.starts[first], self._end_before(at))
        end = _forth(tokens.text, tokens.ends[last])
        while end > tokens.ends[last] and _closes_more(tokens.text, start, end):
            end -= 1
        self.all.append(Sentence(first, last, start, end, line))
        self._firsts.append(first)
        return last + 1

    def _end_before(self, at: int) -> int:
        return self.all[-1].end if self.all else 0

    def _line_start(self, at: int) -> int:
        """Where the line of a token begins if nothing stands before the token there, else -1."""
        text, start = self.tokens.text, self.tokens.starts[at]
        earlier = self.tokens.ends[at - 1] if at else 0
        line = text.rfind("\n", earlier and earlier - 1, start) + 1
        return line if line or not earlier else -1

    def _after_marker(self, at: int, line: int) -> int:
        marker = _MARKER.match(self.tokens.text, line)
        end = marker.end() if marker else line
        while at < len(self.tokens) and self.tokens.starts[at] < end and self.tokens.words[at] != BREAK:
            at += 1
        return at

    def _ends(self, index: int, first: int) -> bool:
        """Whether a token ends its sentence."""
        words, text = self.tokens.words, self.tokens.text
        if words[index] == FIELD:
            # ``Question: {q} Think first.``
            after = self.tokens.starts[index + 1]
            return words[index - 1] in ":：" and index - first <= _LABEL and text[after].isupper()
        if words[index] not in _ENDS:
            return False
        end = self.tokens.ends[index]
        if words[index] == "…" and index > first and words[index - 1][0] == words[index + 1][0] == "<":
            return False  # ``<think>...</think>``
        if words[index] in "。！？":
            return words[index + 1] not in "。！？"
        if words[index + 1] == BLOCK:
            return True
        if text[end : end + 1].strip() and text[end] not in _CLOSING + "<":
            return text[end] > "\u2fff"
        before = words[index - 1] if index > first else ""
        if words[index] == "." and before in self._abbreviations:
            return False
        return not (words[index] == "." and _numbers(words, index, first))


def is_item(one: Sentence, text: str) -> bool:
    """Whether a sentence is the first of an item of a list."""
    if one.line < 0:
        return False
    marker = text[one.line : one.start].strip()
    return bool(marker) and (marker[0] in _BULLETS or marker.strip("().:").isalnum())


def _numbers(words: list[str], index: int, first: int) -> bool:
    """``1.`` within a line counts what follows: ``Do this: 1. Read it 2. Sum it``."""
    return words[index - 1].isdigit() and (index - 1 == first or words[index - 2] in ":;.,!?")


def _back(text: str, start: int, limit: int) -> int:
    lowest = max(limit, start - _ADHERING)
    while start > lowest and text[start - 1] in _OPENING:
        start -= 1
    return start


def _closes_more(text: str, start: int, end: int) -> bool:
    """Whether the quote or bracket that ends a sentence was opened before it: it is that of a whole text."""
    last = text[end - 1]
    opening = _PAIRS.get(last)
    if last == '"':
        return text.count(last, start, end) % 2 == 1
    return opening is not None and text.count(opening, start, end) < text.count(last, start, end)


def _forth(text: str, end: int) -> int:
    highest = min(len(text), end + _ADHERING)
    while end < highest and text[end] in _CLOSING:
        end += 1
    return end
