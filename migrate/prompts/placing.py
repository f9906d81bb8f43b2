"""Carries a change of a prompt's text to the source: which stretches of which literals or files become what.

A change that cannot be made where exactly this text is written, and only there, is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from migrate.errors import RepointError
from migrate.findings.edits import ReplaceSpan, ReplaceText
from migrate.findings.finding import FileEdit
from migrate.prompts.prompt import Piece, PromptText
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span


class Change(Protocol):
    """``text[start:end]`` of a prompt becomes ``new``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def new(self) -> str: ...


class UnplaceableError(RepointError):
    """A change of a prompt that cannot be made in its source; the message says why."""


class _Stretch(msgspec.Struct, frozen=True):
    """What a change takes out of one literal: source from ``place`` on, which reads ``old``."""

    literal: int
    span: Span
    old: str


def placed(prompt: PromptText, changes: Sequence[Change], lines: dict[str, Lines]) -> tuple[FileEdit, ...]:
    """The edits that make ``changes`` of ``prompt``; ``lines`` holds the text of every file it stands in.

    Raises UnplaceableError.
    """
    _refuse_twice(prompt, changes)
    return tuple(edit for one in changes for edit in _edits(prompt, one, lines))


def _refuse_twice(prompt: PromptText, changes: Sequence[Change]) -> None:
    """A stretch of source that the prompt holds twice (a separator, a loop) must not be changed for one."""
    places = [piece.place for piece in prompt.pieces if piece.kind != "field"]
    for one in changes:
        for piece in _touched(prompt, one):
            if piece.kind != "field" and places.count(piece.place) > 1:
                raise UnplaceableError("the same words of the source stand in the prompt more than once")


def _edits(prompt: PromptText, change: Change, lines: dict[str, Lines]) -> Iterator[FileEdit]:
    stretches = list(_stretches(prompt, change, lines))
    if not stretches:
        raise UnplaceableError("nothing of it is written in the code")
    for index, one in enumerate(stretches):
        literal = prompt.literals[one.literal]
        new = change.new if index == 0 else ""
        path = literal.place.path
        if literal.format == "python":
            yield FileEdit(path, ReplaceText(literal.place.span, one.old, new, one.span))
        elif literal.format == "text":
            raw = lines[path].slice(one.span)
            end = "\r\n" if "\r\n" in lines[path].text else "\n"
            yield FileEdit(path, ReplaceSpan(one.span, raw, new.replace("\n", end)))
        else:
            yield FileEdit(path, _in_document(literal.format, one, new, lines[path]))


def _in_document(form: str, stretch: _Stretch, new: str, lines: Lines) -> ReplaceSpan:
    """In configuration only words are changed that stand there character by character."""
    raw = lines.slice(stretch.span)
    if raw != stretch.old or any(one in new for one in "\"'\\\n:#{}[]&*!|>%@`"):
        raise UnplaceableError(f"in {form.upper()} it is spelled in a way that is left to a person")
    return ReplaceSpan(stretch.span, raw, new)


def _stretches(prompt: PromptText, change: Change, lines: dict[str, Lines]) -> Iterator[_Stretch]:
    """One stretch a literal. Raises UnplaceableError where a field lies in the way."""
    run: list[tuple[int, Piece, int, int]] = []
    for piece in _touched(prompt, change):
        if piece.kind == "field":
            raise UnplaceableError("a field would go with it")
        first, last = max(change.start, piece.start), min(change.end, piece.end)
        if piece.kind == "escape":
            first, last = piece.start, piece.end
        if run and not _joins(run[-1], (piece.literal, piece, first, last), lines):
            yield _stretch(prompt, run, lines)
            run = []
        run.append((piece.literal, piece, first, last))
    if run:
        yield _stretch(prompt, run, lines)


def _touched(prompt: PromptText, change: Change) -> list[Piece]:
    """The pieces that a change takes something from; for an insertion the written one that it goes into."""
    if change.start < change.end:
        return [
            one
            for one in prompt.pieces
            if one.start < change.end and (change.start < one.end or one.start == one.end > change.start)
        ]
    written = [one for one in prompt.pieces if one.kind == "text"]
    inside = [one for one in written if one.start <= change.start <= one.end]
    return inside[:1]


def _joins(
    before: tuple[int, Piece, int, int], here: tuple[int, Piece, int, int], lines: dict[str, Lines]
) -> bool:
    """Whether two touched pieces stand side by side in one literal."""
    return before[0] == here[0] and _offsets(before, lines)[1] == _offsets(here, lines)[0]


def _offsets(one: tuple[int, Piece, int, int], lines: dict[str, Lines]) -> tuple[int, int]:
    _, piece, first, last = one
    start, end = lines[piece.place.path].offsets(piece.place.span)
    if piece.kind == "text":
        return start + first - piece.start, start + last - piece.start
    return start, end


def _stretch(
    prompt: PromptText, run: Sequence[tuple[int, Piece, int, int]], lines: dict[str, Lines]
) -> _Stretch:
    literal = run[0][0]
    if literal < 0:
        raise UnplaceableError("nothing of it is written in the code")
    start, end = _offsets(run[0], lines)[0], _offsets(run[-1], lines)[1]
    old = "".join(prompt.text[first:last] for _, _, first, last in run)
    return _Stretch(literal, lines[prompt.literals[literal].place.path].between(start, end), old)


def touched_places(prompt: PromptText, changes: Sequence[Change]) -> list[Place]:
    """Where what the changes take is written."""
    return [one.place for change in changes for one in _touched(prompt, change)]
