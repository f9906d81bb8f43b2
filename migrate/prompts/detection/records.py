"""Reads a text as labelled parts, as ``Ticket: ...``, ``Because: ...``, ``Class: ...``, and says what each
label is for: from the words that are known, and where labels repeat from which of them is filled in and
which is left for the model. It judges nothing.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from migrate.prompts.language.placeholders import pattern
from migrate.prompts.language.tokens import CJK, fold_label

Cue: TypeAlias = Literal["question", "answer", "rationale", "example"]

_LABEL = re.compile(
    r"[ \t]*[*_#(>\[-]{0,4}[ \t]?([^\W\d_][^:：\n|\"]{0,36}?)[ \t]*#?\d{0,3}[*_\"'\])]{0,3}[ \t]*[:：](?!//)"
)
_HEADING = re.compile(
    r"(?m)^[ \t]*(?:#{1,6}[ \t]*|\[|<)([^\W\d_][^\W\d]{0,20}(?: [^\W\d_]{1,20})?)"
    r"[ \t]*\d{0,2}(?:[ \t]*$|\][ \t]*$|>)"
)
_CLOSING = re.compile(r"\s*(?:</[A-Za-z_]{1,40}>\s*)+\Z")
_WORDS = re.compile(r"\w+")
_WIDE = re.compile(f"[{CJK}]")
_TEMPLATE = re.compile(
    r"[\[<({](?=.{0,200}?[^\W\d_]{2}).{0,200}[\])>}]\W*|.{0,120}\bhere\b.{0,40}", re.IGNORECASE | re.DOTALL
)
_MOST_WORDS = 4  # of a label that no rule knows
_FEWEST = 2  # times that such a label stands in a text
_PARAGRAPH = 2_000  # characters of one that a label may stand in
_BETWEEN = 5  # words of a part between what is asked and the answer, that is no second question


class Part(msgspec.Struct, frozen=True):
    """What stands behind a label, to the next one: ``text[start:end]``; the label begins at ``begin``."""

    label: str
    cue: Cue | None
    begin: int
    start: int
    end: int


def parts(text: str, cues: Mapping[str, Cue]) -> list[Part]:
    """The labelled parts of a text whose labels are known or repeat."""
    found = list(_divided(text, cues))
    given = {one.label for one in found if one.cue == "rationale" and _is_field(text, one)}
    found = [msgspec.structs.replace(one, cue="question") if one.label in given else one for one in found]
    unknown = {one.label for one in found if one.cue is None}
    if not unknown:
        return found
    roles = _roles(text, found, unknown)
    return [msgspec.structs.replace(one, cue=one.cue or roles.get(one.label)) for one in found]


def _is_field(text: str, part: Part) -> bool:
    """Whether nothing but a template field stands behind a label: it is given, and not for the model."""
    rest = text[part.start : part.end].strip(" \t\n`'\"")
    return bool(rest) and pattern().fullmatch(rest) is not None


def said(text: str, part: Part) -> bool:
    """Whether a part says something itself, and is no field or blank to be filled."""
    rest = pattern().sub(" ", text[part.start : part.end]).strip()
    return bool(_WORDS.search(rest)) and not _TEMPLATE.fullmatch(rest)


def length(text: str, start: int, end: int) -> int:
    """How many words a range has; two characters of a script without spaces count as one."""
    wide = len(_WIDE.findall(text, start, end))
    return len(_WORDS.findall(text, start, end)) + wide // 2


def _divided(text: str, cues: Mapping[str, Cue]) -> Iterator[Part]:
    labels = [(match.start(1), match.end(), fold_label(match[1])) for match in _labels(text)]
    labels = sorted([*labels, *_headings(text, cues)])
    often = Counter(label for _, _, label in labels)
    kept: list[tuple[int, int, Cue | None, str]] = []
    before = ""
    asked: set[str] = set()
    for begin, start, label in labels:
        cue = cues.get(label)
        # What follows a rationale is the answer, however it is called.
        if cue is None and cues.get(before) == "rationale" and often[label] < _FEWEST:
            cue = "answer"
        inside = cue == "question" and label not in asked and _is_inside(text, kept, begin)
        if cue == "question" and not inside:
            asked.add(label)
        if not inside and (cue or (often[label] >= _FEWEST and len(label.split()) <= _MOST_WORDS)):
            kept.append((begin, start, cue, label))
        before = label
    for number, (begin, start, cue, label) in enumerate(kept):
        end = kept[number + 1][0] if number + 1 < len(kept) else len(text)
        end = text.rfind("\n", start, end) if end < len(text) else end
        closing = _CLOSING.search(text, start, end) if text[begin - 1 : begin] == "<" else None
        yield Part(label, cue, begin, start, closing.start() if closing else end)


def _is_inside(text: str, kept: Sequence[tuple[int, int, Cue | None, str]], begin: int) -> bool:
    """Whether a label of a question goes on with an answer, as ``Hypothesis:`` in one to ``Q:``: it stands in
    its paragraph."""
    if not kept or kept[-1][2] != "answer":
        return False
    return text.find("\n\n", max(kept[-1][1], begin - _PARAGRAPH), begin) < 0


def _labels(text: str) -> Iterator[re.Match[str]]:
    line = 0
    while line < len(text):
        if match := _LABEL.match(text, line):
            yield match
        line = text.find("\n", line) + 1 or len(text)


def _headings(text: str, cues: Mapping[str, Cue]) -> list[tuple[int, int, str]]:
    """Known labels that stand as headings or tags, where one of a question does so twice: a prompt may have
    one heading for each of its own parts."""
    found = [
        (match.start(1), match.end(), fold_label(match[1]))
        for match in _HEADING.finditer(text)
        if fold_label(match[1]) in cues
    ]
    often = Counter(label for _, _, label in found if cues[label] == "question")
    return found if any(count >= _FEWEST for count in often.values()) else []


def _roles(text: str, found: Sequence[Part], unknown: set[str]) -> dict[str, Cue]:
    """What unknown labels are for. The last record is the one to be answered: what it fills in is a question,
    the label that it ends in or leaves out is for the model. Of those, the last of a record is its answer,
    and prose before that a rationale."""
    records = _records(found)
    if len(records) < _FEWEST:
        return {}
    *before, last = records
    filled = {one.label for one in last if text[one.start : one.end].strip()}
    open_ended = not text[last[-1].start : last[-1].end].strip() or any(
        pattern().search(text, one.start, one.end) for one in last
    )
    complete = filled >= {one.label for one in records[0]}
    closing = {record[-1].label for record in before}
    own: dict[str, list[Part]] = {}
    for one in itertools.chain.from_iterable(before):
        own.setdefault(one.label, []).append(one)
    roles: dict[str, Cue] = {}
    for label in unknown & own.keys():
        prose = all(length(text, one.start, one.end) >= _BETWEEN for one in own[label])
        if closing == {label} and (not complete or last[-1].label == label):
            roles[label] = "answer"
        elif not complete and label in filled:
            roles[label] = "question"
        elif open_ended and not complete and prose and len(before) < 2 * len(own[label]) <= 2 * len(before):
            roles[label] = "rationale"
    return roles


def _records(found: Sequence[Part]) -> list[list[Part]]:
    """The parts in records, each beginning with the label of the first that repeats."""
    often = Counter(one.label for one in found)
    head = next((one.label for one in found if often[one.label] >= _FEWEST and one.cue != "example"), None)
    records: list[list[Part]] = []
    for one in found:
        if one.label == head:
            records.append([one])
        elif records and one.cue != "example":
            records[-1].append(one)
    return records
