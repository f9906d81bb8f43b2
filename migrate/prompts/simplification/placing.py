"""Carries a change of a prompt's text to the source: which stretches of which literals or files become what.

A change that cannot be made where exactly this text is written, and only there, is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from migrate.findings.edits import ReplaceSpan, ReplaceText
from migrate.findings.finding import FileEdit
from migrate.prompts.prompt import Piece, PromptText
from migrate.prompts.simplification.stretches import (
    Change,
    Stretch,
    UnplaceableError,
    stretches_of,
    touched_by,
)
from migrate.sources.lines import Lines


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
        for piece in touched_by(prompt, one):
            if piece.kind != "field" and places.count(piece.place) > 1:
                raise UnplaceableError("the same words of the source stand in the prompt more than once")


def _edits(prompt: PromptText, change: Change, lines: dict[str, Lines]) -> Iterator[FileEdit]:
    ways = [list(stretches_of(prompt, one, lines)) for one in _alike(prompt, change)]
    stretches = min(ways, key=len)
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


class _Moved(msgspec.Struct, frozen=True):
    start: int
    end: int
    new: str = ""


def _alike(prompt: PromptText, change: Change) -> list[Change]:
    """``change``, and where it only takes out words with a blank before or behind them, the same with the
    other blank: one of the two may lie in another literal."""
    found: list[Change] = [change]
    text, start, end = prompt.text, change.start, change.end
    if change.new or start >= end:
        return found
    if text[start] in " \n" and text[end : end + 1] == text[start]:
        found.append(_Moved(start + 1, end + 1))
    if start and text[end - 1] in " \n" and text[start - 1] == text[end - 1]:
        found.append(_Moved(start - 1, end - 1))
    return found


def _in_document(form: str, stretch: Stretch, new: str, lines: Lines) -> ReplaceSpan:
    """In configuration the proof reads the file again; what comes in must need no quotes or escapes there."""
    raw = lines.slice(stretch.span)
    if any(one in new for one in "\"'\\\n:#{}[]&*!|>%@`"):
        raise UnplaceableError(f"in {form.upper()} it is spelled in a way that is left to a person")
    return ReplaceSpan(stretch.span, raw, new)


def touched(prompt: PromptText, changes: Sequence[Change]) -> list[Piece]:
    """The written pieces that changes take something from."""
    return [one for change in changes for one in touched_by(prompt, change) if one.kind != "field"]
