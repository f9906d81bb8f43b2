"""A prompt while it is put together: parts of text, each with the stretch of source that spells it.

Cutting, trimming and joining are done here, so that every one of them keeps what is written where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TypeAlias

import msgspec

from migrate.prompts.prompt import PieceKind, StringLiteral
from migrate.sources.place import Place


class Part(msgspec.Struct, frozen=True, gc=False):
    """``text`` and the offsets of what spells it in the file ``path``. ``literal`` is where it stands; None
    for a field that stands in no string. A ``field`` shows ``{code}``. ``between``: it stands between all
    items of a list that is joined."""

    text: str
    kind: PieceKind
    path: str
    start: int
    end: int
    literal: StringLiteral | None = None
    between: bool = False


Draft: TypeAlias = tuple[Part, ...]

MOST_DRAFTS = 256
_MOST_PRODUCTS = 16


def text_of(draft: Iterable[Part]) -> str:
    """The whole text."""
    return "".join(part.text for part in draft)


def field(code: str, path: str, start: int, end: int, literal: StringLiteral | None = None) -> Part:
    """A placeholder that is shown as ``{code}``, on one line."""
    return Part("{" + " ".join(code.split()) + "}", "field", path, start, end, literal)


def cut(draft: Draft, start: int, end: int) -> Draft:
    """``draft`` from character ``start`` to ``end``. A field is kept whole where any of it is."""
    found: list[Part] = []
    at = 0
    for part in draft:
        size = len(part.text)
        first, last = max(start - at, 0), min(end - at, size)
        at += size
        if size and first >= last:
            continue
        if part.kind != "text":
            found.append(part)
            continue
        found.append(
            msgspec.structs.replace(
                part, text=part.text[first:last], start=part.start + first, end=part.start + last
            )
        )
    return tuple(found)


def trimmed(draft: Draft, sides: str, characters: str | None) -> Draft:
    """``draft`` without white space, or ``characters``, at its left (``l``) or right (``r``) side. What a
    field at an end holds is not known: nothing behind it is taken."""
    whole = text_of(draft)
    first, last = 0, len(whole)
    ends = _fixed_ends(draft)
    if "l" in sides:
        first = min(last - len(whole.lstrip(characters)), ends[0])
    if "r" in sides:
        last = max(first, len(whole.rstrip(characters)), ends[1])
    return cut(draft, first, last)


def _fixed_ends(draft: Draft) -> tuple[int, int]:
    """Where the first field begins and the last one ends; the text's end and start where there is none."""
    spots: list[tuple[int, int]] = []
    at = 0
    for part in draft:
        if part.kind == "field":
            spots.append((at, at + len(part.text)))
        at += len(part.text)
    return (spots[0][0], spots[-1][1]) if spots else (at, 0)


def without(draft: Draft, stretches: Sequence[tuple[int, int]]) -> Draft:
    """``draft`` without some stretches of its text, which are given in order and do not overlap."""
    found: list[Part] = []
    done = 0
    for start, end in stretches:
        found += cut(draft, done, start)
        done = end
    return (*found, *cut(draft, done, len(text_of(draft))))


def replaced(draft: Draft, old: str, new: Draft) -> Draft:
    """``draft.replace(old, new)``, for an ``old`` that is written out."""
    if not old:
        return draft
    whole = text_of(draft)
    found: list[Part] = []
    done = 0
    at = whole.find(old)
    while at >= 0:
        found += [*cut(draft, done, at), *new]
        done = at + len(old)
        at = whole.find(old, done)
    return (*found, *cut(draft, done, len(whole)))


def first_place(draft: Draft) -> Place | None:
    """The literal that the first written character stands in."""
    written = (part.literal.place for part in draft if part.literal is not None and part.kind != "field")
    return next(written, None)


def crossed(columns: Sequence[Sequence[Draft]]) -> list[Draft]:
    """Every way to put one draft of each column after the other; where there are too many, every draft once,
    beside the first of all other columns."""
    count = 1
    for column in columns:
        count *= max(len(column), 1)
    if count <= _MOST_PRODUCTS:
        return [_joined(row) for row in product(*columns)]
    first = [column[0] for column in columns if column]
    rows = [first]
    for place, column in enumerate(columns):
        rows += [[*first[:place], one, *first[place + 1 :]] for one in column[1:]]
    return [_joined(row) for row in rows[:MOST_DRAFTS]]


def _joined(row: Iterable[Draft]) -> Draft:
    return tuple(part for draft in row for part in draft)
