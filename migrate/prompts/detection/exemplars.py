"""Finds examples in a prompt, and rationales that stand before their answers. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from migrate.prompts.detection.records import Cue, Part, length, parts, said
from migrate.prompts.language.placeholders import pattern

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FEWEST_WORDS = 5
_FEWEST_BEHIND_CUE = 3
_FEWEST_OF_ASIDE = 8
_LONGEST_ASIDE = 60  # words
_LONGEST_CONCLUSION = 150
_FEWEST_UNASKED = 2
_LONGEST_SOLUTION = 4_000
_VALUE = re.compile(r"[^\[{<\n]*\d[^\[{<\n]*\Z")
_FEWEST_OF_SOLUTION = 15  # words
_SUM = re.compile(r"\d[^\n]{0,40}=|=[^\n]{0,40}\d|\\\\boxed|<<")
_LONGEST_STATEMENT = 9  # words
_LETTERS = re.compile(r"[^\W\d_]+")
_RECORD = re.compile(r"\s*(?:```\w*\s*)?[\[{]{1,3}\s*[\"'{]")
_WORKED = re.compile(r"\d[ \t]?[-+*/×÷·x][ \t]?[\d(][^\n=]{0,60}=[ \t]?\S")


class Exemplars(msgspec.Struct, frozen=True):
    """How many examples a prompt shows, and the ranges of the rationales in them."""

    count: int = 0
    rationales: tuple[tuple[int, int], ...] = ()


class Signs(msgspec.Struct, frozen=True):
    """What examples are told by: the folded cue before a part of one, what begins a conclusion, what does so
    within a sentence, what gives a reason, the line with the result of a solution, the sentence that states
    an answer, and words that speak to the reader."""

    cues: Mapping[str, Cue]
    conclusion: re.Pattern[str]
    result: re.Pattern[str]
    reason: re.Pattern[str]
    results: re.Pattern[str]
    stated: re.Pattern[str]
    addressed: re.Pattern[str]


def worked(text: str, begin: int, signs: Signs) -> tuple[tuple[int, int], ...]:
    """What stands behind a trigger that ends at ``begin`` and is followed by what it asks for: prose that
    speaks to nobody, and comes to a result."""
    end = len(text.rstrip())
    if end > _LONGEST_SOLUTION or signs.addressed.search(text, begin) or pattern().search(text, begin):
        return ()
    stated = signs.stated.search(text, max(begin, end - _LONGEST_CONCLUSION), end)
    last = stated.start() if stated else end
    comes_out = stated or _WORKED.search(text, begin) or signs.conclusion.search(text, begin)
    if length(text, begin, last) < _FEWEST_OF_SOLUTION or not comes_out or "?" in text[begin:]:
        return ()
    return ((begin, len(text[:last].rstrip())),)


def exemplars(text: str, signs: Signs) -> Exemplars:
    """The examples of a text."""
    found = parts(text, signs.cues)
    count = 0
    rationales: list[tuple[int, int]] = []
    asides: list[tuple[int, int]] = []
    loose = 0  # rationales behind an answer, as where one heading stands over all
    asked: Part | None = None
    pending: tuple[int, int] | None = None
    line_before = answered = False
    for part in found:
        spoken = said(text, part)
        if part.cue in ("question", "example"):
            # A second question of a record is a part of what is asked.
            asked, pending, answered = (part if spoken else None), None, False
        elif part.cue == "rationale" and not _instructs(text, part, signs):
            loose += answered and spoken
            if pending is not None and spoken and line_before:
                pending = (pending[0], part.end)
            else:
                enough = length(text, part.start, part.end) >= _FEWEST_BEHIND_CUE
                pending = (part.start, part.end) if asked and not answered and spoken and enough else None
            line_before = "\n" not in text[part.start : part.end].strip()
        elif part.cue == "answer" and spoken:
            count += asked is not None
            if pending:
                rationales.append(pending)
            elif asked and (end := _concluded(text, part, signs)):
                rationales.append((part.start, end))
            elif asked and not answered and (aside := _aside(text, asked, signs)):
                asides.append(aside)
            answered, pending = True, None
    if loose > len(rationales) or _tells(text, rationales, signs):
        rationales = []
    if len(asides) == count:
        rationales += asides
    return Exemplars(
        count, tuple(rationales) or _unasked(text, found, signs) or _solution(text, found, signs)
    )


def _tells(text: str, rationales: Sequence[tuple[int, int]], signs: Signs) -> bool:
    """Whether what would be the only rationale tells the reader what to do."""
    return len(rationales) == 1 and signs.addressed.match(text, _begin(text, rationales[0][0])) is not None


def _instructs(text: str, part: Part, signs: Signs) -> bool:
    """Whether a part that is a rationale only by its place speaks to the reader."""
    return part.label not in signs.cues and signs.addressed.search(text, part.start, part.end) is not None


def _begin(text: str, at: int) -> int:
    """The first character from ``at`` that is no space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _aside(text: str, part: Part, signs: Signs) -> tuple[int, int] | None:
    """A line of its own below what is asked that gives a reason, before the label of the answer."""
    lines = text[part.start : part.end].rstrip()
    at = lines.rfind("\n") + 1
    if not at or not lines[:at].strip() or not signs.reason.search(lines, at):
        return None
    enough = _FEWEST_OF_ASIDE <= length(lines, at, len(lines)) <= _LONGEST_ASIDE
    return (part.start + at, part.start + len(lines)) if enough and "?" not in lines[at:] else None


def _unasked(text: str, found: Sequence[Part], signs: Signs) -> tuple[tuple[int, int], ...]:
    """Rationales of answers to questions without a label, where each states what it comes to and the last
    answer is left for the model: ``3, 5: even?`` above ``A: 3 + 5 is 8. The answer is True.``"""
    answers = [one for one in found if one.cue == "answer"]
    asked = any(one.cue == "question" for one in found)
    if asked or len(answers) < _FEWEST_UNASKED or said(text, answers[-1]):
        return ()
    ranges: list[tuple[int, int]] = []
    for one in answers[:-1]:
        end = _concluded(text, one, signs)
        if not end or not signs.stated.search(text, end, _paragraph_end(text, one)):
            return ()
        ranges.append((one.start, end))
    return tuple(ranges)


def _paragraph_end(text: str, part: Part) -> int:
    blank = _BLANK_LINE.search(text, part.start, part.end)
    return blank.start() if blank else part.end


def _states(text: str, start: int, so: re.Match[str], end: int) -> bool:
    """Whether what follows ``, so`` is a short statement that ends an answer, and a reason stands before."""
    rest = text[so.end() : end].strip()
    short = length(text, so.end(), end) <= _LONGEST_STATEMENT and not re.search(r"[.!?。！？]\s", rest)
    return short and bool(rest) and rest[-1] != "?" and length(text, start, so.start()) >= _FEWEST_WORDS


def _solution(text: str, found: Sequence[Part], signs: Signs) -> tuple[tuple[int, int], ...]:
    """A text that is nothing but a worked solution: prose with sums, and in its last line what comes out, or
    prose that speaks to nobody and states the answer last."""
    end = len(text.rstrip())
    if end > _LONGEST_SOLUTION:
        return ()
    last = text.rfind("\n", 0, end) + 1
    asked = any(one.cue == "question" for one in found)
    labelled = found and found[-1].cue == "answer" and found[-1].begin >= last and not asked
    result = last > 0 and (labelled or signs.results.match(text, last)) and _VALUE.match(text, last)
    if result and length(text, 0, last) >= _FEWEST_OF_SOLUTION and _SUM.search(text, 0, last):
        return ((0, len(text[:last].rstrip())),)
    stated = signs.stated.search(text, max(0, end - _LONGEST_CONCLUSION), end)
    if not stated or signs.addressed.search(text) or asked:
        return ()
    if length(text, 0, stated.start()) < _FEWEST_OF_SOLUTION:
        return ()
    return ((0, len(text[: stated.start()].rstrip())),)


def _concluded(text: str, part: Part, signs: Signs) -> int:
    """Where the conclusion begins that an answer comes to after saying why, 0 where it does not."""
    end = _paragraph_end(text, part)
    if _RECORD.match(text, part.start):
        return 0
    for match in signs.conclusion.finditer(text, part.start, end):
        if end - match.end() > _LONGEST_CONCLUSION:
            continue
        if signs.stated.search(text, match.end(), end) or not signs.addressed.search(text, match.end(), end):
            enough = length(text, part.start, match.start()) >= _FEWEST_WORDS
            return match.start() if enough else 0
    if (so := signs.result.search(text, part.start, end)) and _states(text, part.start, so, end):
        return so.start()
    worked = _WORKED.search(text, part.start, end)
    enough = len(_LETTERS.findall(text, part.start, end)) >= _FEWEST_WORDS
    return end if worked and enough and length(text, part.start, end) >= 2 * _FEWEST_WORDS else 0
