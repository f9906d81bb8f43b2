"""Which stretches of which literals a change of a prompt's text takes out, margins that a program takes off
included. It makes no edits.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from migrate.prompts.prompt import Piece, PromptText
from migrate.sources.lines import Lines
from migrate.sources.place import Span


class Change(Protocol):
    """``text[start:end]`` of a prompt becomes ``new``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def new(self) -> str: ...


class UnplaceableError(Exception):
    """A change of a prompt that cannot be made in its source; the message says why."""


class Stretch(msgspec.Struct, frozen=True):
    """What a change takes out of one literal: source from ``place`` on, which reads ``old``."""

    literal: int
    span: Span
    old: str


def stretches_of(prompt: PromptText, change: Change, lines: dict[str, Lines]) -> Iterator[Stretch]:
    """One stretch a literal. Raises UnplaceableError where a field lies in the way."""
    run: list[_Cut] = []
    for piece in touched_by(prompt, change):
        if piece.kind == "field":
            raise UnplaceableError("a field would go with it")
        here = _cut(piece, change, lines)
        if run and not _joins(run[-1], here, lines):
            yield _stretch(prompt, run, lines)
            run = []
        run.append(here)
    if run:
        yield _stretch(prompt, _with_margin(prompt, run, change, lines), lines)


class _Cut(msgspec.Struct, frozen=True):
    """``source[start:end]`` of a literal in ``path``."""

    literal: int
    path: str
    start: int
    end: int


def _cut(piece: Piece, change: Change, lines: dict[str, Lines]) -> _Cut:
    """What a change takes of one piece; of an escape all or nothing."""
    path = piece.place.path
    start, end = lines[path].offsets(piece.place.span)
    if piece.kind == "text":
        first, last = max(change.start, piece.start), min(change.end, piece.end)
        start, end = start + first - piece.start, start + last - piece.start
    return _Cut(piece.literal, path, start, end)


def touched_by(prompt: PromptText, change: Change) -> list[Piece]:
    """The pieces that a change takes something from; for an insertion the written one that it goes into."""
    if change.start < change.end:
        return [
            one for one in prompt.pieces if one.start < change.end and change.start < max(one.end, one.start)
        ]
    written = [one for one in prompt.pieces if one.kind == "text"]
    return [one for one in written if one.start <= change.start <= one.end][:1]


def _joins(before: _Cut, here: _Cut, lines: dict[str, Lines]) -> bool:
    """Whether two cuts stand side by side in one literal, with nothing between but a margin that the program
    takes off (``dedent``)."""
    if before.literal != here.literal or here.start < before.end:
        return False
    return not lines[here.path].text[before.end : here.start].strip(" \t")


def _with_margin(prompt: PromptText, run: list[_Cut], change: Change, lines: dict[str, Lines]) -> list[_Cut]:
    """Where whole lines go, their margin goes too; where the next line moves up, its margin goes."""
    first, last = run[0], run[-1]
    source = lines[first.path].text
    apart = any(one.end < other.start for one, other in itertools.pairwise(run))
    if apart and change.start and prompt.text[change.start - 1] == "\n" != prompt.text[change.end - 1]:
        raise UnplaceableError("the line that is left would lose its margin")
    if not prompt.text[: change.end].endswith("\n") or change.new.endswith("\n"):
        return run
    behind = _blanks(source, last.end)
    if behind == last.end or _covers(prompt, last.end, last, lines):
        return run
    before = len(source[: first.start].rstrip(" \t"))
    if before < first.start and source[before - 1 : before] in ("\n", "\r") and not change.new:
        return [msgspec.structs.replace(first, start=before), *run[1:]]
    return [*run[:-1], msgspec.structs.replace(last, end=behind)]


def _blanks(source: str, at: int) -> int:
    """The offset behind the blanks that begin at ``at``."""
    while source[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def _covers(prompt: PromptText, offset: int, near: _Cut, lines: dict[str, Lines]) -> bool:
    """Whether the character of source at ``offset`` is one of the prompt's."""
    for piece in prompt.pieces:
        if piece.literal == near.literal and piece.kind != "field":
            start, end = lines[near.path].offsets(piece.place.span)
            if start <= offset < end:
                return True
    return False


def _stretch(prompt: PromptText, run: Sequence[_Cut], lines: dict[str, Lines]) -> Stretch:
    literal, path = run[0].literal, run[0].path
    if literal < 0:
        raise UnplaceableError("nothing of it is written in the code")
    start, end = run[0].start, run[-1].end
    return Stretch(
        literal, lines[path].between(start, end), _reading(prompt, literal, start, end, lines[path])
    )


def _reading(prompt: PromptText, literal: int, start: int, end: int, lines: Lines) -> str:
    """What a stretch of a literal reads as; margins that are no part of the prompt read as they stand."""
    found: list[str] = []
    at = start
    for piece in prompt.pieces:
        if piece.literal != literal or piece.kind == "field":
            continue
        first, last = lines.offsets(piece.place.span)
        if last <= start or first >= end:
            continue
        found.append(lines.text[at : max(first, at)])
        text = prompt.text[piece.start : piece.end]
        found.append(text[max(start - first, 0) : min(end, last) - first] if piece.kind == "text" else text)
        at = min(end, last)
    found.append(lines.text[at:end])
    return "".join(found)
