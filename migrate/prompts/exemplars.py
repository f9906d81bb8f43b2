"""Finds examples in a prompt, and rationales that stand before their answers. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from migrate.prompts.placeholders import pattern
from migrate.prompts.tokens import fold

Cue: TypeAlias = Literal["question", "answer", "rationale", "example"]

_CUE = re.compile(
    r"[ \t]*[*_#(>-]{0,4}[ \t]?([^\W\d_][^:：\n|\"]{0,36}?)[ \t]*#?\d{0,3}[*_\"']{0,3}[ \t]*[:：]"
)
_WORDS = re.compile(r"\w+")
_TEMPLATE = re.compile(r"[\[<({].{0,200}[\])>}]\W*|.{0,120}\bhere\b.{0,40}", re.IGNORECASE | re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FEWEST_WORDS = 5
_FEWEST_BEHIND_CUE = 3
_LONGEST_CONCLUSION = 150
_LONGEST_SOLUTION = 4_000
_VALUE = re.compile(r"[^\[{<\n]*\d[^\[{<\n]*\Z")
_FEWEST_OF_SOLUTION = 15  # words
_SUM = re.compile(r"\d[^\n]{0,40}=|=[^\n]{0,40}\d|\\\\boxed|<<")


class Exemplars(msgspec.Struct, frozen=True):
    """How many examples a prompt shows, and the ranges of the rationales in them."""

    count: int = 0
    rationales: tuple[tuple[int, int], ...] = ()


class Signs(msgspec.Struct, frozen=True):
    """What examples are told by: the folded cue before a part of one, what begins a conclusion, and the line
    with the result of a solution."""

    cues: Mapping[str, Cue]
    conclusion: re.Pattern[str]
    results: re.Pattern[str]


class _Part(msgspec.Struct, frozen=True):
    cue: Cue
    start: int
    end: int


def exemplars(text: str, signs: Signs) -> Exemplars:
    """The examples of a text."""
    parts = list(_parts(text, signs.cues))
    count = 0
    rationales: list[tuple[int, int]] = []
    asked = answered = False
    pending: _Part | None = None
    last: _Part | None = None
    for part in parts:
        said = _said(text, part)
        if part.cue in ("question", "example"):
            asked, answered, pending = said, False, None
        elif part.cue == "rationale":
            before = asked and not answered
            if pending is not None and said and _is_line(text, last):
                pending = _Part(part.cue, pending.start, part.end)
            else:
                pending = part if before and said and _is_prose(text, part) else None
            last = part
        elif said:
            count += asked
            if pending is not None:
                rationales.append((pending.start, pending.end))
            elif asked and (end := _concluded(text, part, signs.conclusion)):
                rationales.append((part.start, end))
            answered, pending = True, None
    return Exemplars(count, tuple(rationales) or _solution(text, signs.results))


def _solution(text: str, results: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """A text that is nothing but a worked solution: prose with sums, and in its last line what comes out."""
    end = len(text.rstrip())
    last = text.rfind("\n", 0, end) + 1
    if not last or end > _LONGEST_SOLUTION or not results.match(text, last) or not _VALUE.search(text, last):
        return ()
    if len(_WORDS.findall(text, 0, last)) < _FEWEST_OF_SOLUTION or not _SUM.search(text, 0, last):
        return ()
    return ((0, len(text[:last].rstrip())),)


def _parts(text: str, cues: Mapping[str, Cue]) -> Iterator[_Part]:
    """The parts of a text that begin with a known cue, each to the next one."""
    cue: Cue | None = None
    start = line = 0
    while line < len(text):
        match = _CUE.match(text, line)
        known = cues.get(" ".join(fold(match[1]).split())) if match else None
        if match and known:
            if cue:
                yield _Part(cue, start, line)
            cue, start = known, match.end()
        line = text.find("\n", line) + 1 or len(text)
    if cue:
        yield _Part(cue, start, len(text))


def _said(text: str, part: _Part) -> bool:
    """Whether a part says something itself, and is no field or blank to be filled."""
    rest = pattern().sub(" ", text[part.start : part.end]).strip()
    return bool(_WORDS.search(rest)) and not _TEMPLATE.fullmatch(rest)


def _is_line(text: str, part: _Part | None) -> bool:
    """Whether a part is one line, as in ``Follow up: ...`` and ``Intermediate answer: ...``."""
    return part is not None and "\n" not in text[part.start : part.end].strip()


def _is_prose(text: str, part: _Part) -> bool:
    return len(_WORDS.findall(text, part.start, part.end)) >= _FEWEST_BEHIND_CUE


def _concluded(text: str, part: _Part, conclusion: re.Pattern[str]) -> int:
    """Where the conclusion begins that an answer comes to after saying why, 0 where it does not."""
    blank = _BLANK_LINE.search(text, part.start, part.end)
    end = blank.start() if blank else part.end
    for match in conclusion.finditer(text, part.start, end):
        if end - match.end() <= _LONGEST_CONCLUSION:
            said = len(_WORDS.findall(text, part.start, match.start()))
            return match.start() if said >= _FEWEST_WORDS else 0
    return 0
