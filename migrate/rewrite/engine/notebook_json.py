"""Where the source of a notebook's cell has to change in the JSON, and how characters are spelled there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from migrate.errors import ProofError
from migrate.sources.cells import split_lines
from migrate.sources.notebooks import Cell, Piece
from migrate.sources.spelling import spelled


def changes(text: str, cell: Cell, source: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, new) of every stretch of the JSON that makes ``source`` of the cell's source."""
    old = cell.source
    if old == source:
        return
    offsets = spelled(text, cell)
    if offsets is None:
        raise ProofError("engine", f"cell {cell.number} is spelled in a way that cannot be edited")
    for change in _differences(old, source):
        yield from _stretches(text, cell, offsets, change)


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, new text) of what differs, in characters of ``old``, as small as lines allow."""
    before, after = split_lines(old), split_lines(new)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if a1 - a0 == b1 - b0:
            for index in range(a1 - a0):
                yield _trimmed(starts[a0 + index], before[a0 + index], after[b0 + index])
        else:
            yield starts[a0], starts[a1], "".join(after[b0:b1])


def _trimmed(start: int, old: str, new: str) -> tuple[int, int, str]:
    """What differs between two texts, without what they begin and end with alike."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return start + first, start + len(old) - last, new[first : len(new) - last]


def _stretches(
    text: str, cell: Cell, offsets: Sequence[tuple[int, int]], change: tuple[int, int, str]
) -> Iterator[tuple[int, int, str]]:
    """The stretches of JSON behind one change of the source, which may lie in several strings."""
    start, end, new = change
    if start == end:
        if new:
            at = offsets[start][0] if start < len(offsets) else cell.pieces[-1].end
            yield at, at, _as_json(text, cell, new, followed=start < len(offsets))
        return
    for index, (first, last, piece) in enumerate(_parts(cell, start, end)):
        left = new if index == 0 else ""
        place = offsets[first][0], offsets[last - 1][1]
        if not left and place == (piece.start, piece.end) and len(cell.pieces) > 1:
            yield (*_with_comma(cell, piece), "")
        else:
            yield (*place, _as_json(text, cell, left, followed=place[1] != piece.end))


def _parts(cell: Cell, start: int, end: int) -> Iterator[tuple[int, int, Piece]]:
    """``start`` to ``end``, in characters of the source, cut where one string ends and the next begins."""
    first = 0
    for piece in cell.pieces:
        last = first + len(piece.value)
        if max(first, start) < min(last, end):
            yield max(first, start), min(last, end), piece
        first = last


def _with_comma(cell: Cell, piece: Piece) -> tuple[int, int]:
    """The stretch of a whole string of a list, with the comma that it does not need any more."""
    index = cell.pieces.index(piece)
    if index:
        return cell.pieces[index - 1].end + 1, piece.end + 1
    return piece.start - 1, cell.pieces[1].start - 1


def _as_json(text: str, cell: Cell, new: str, *, followed: bool) -> str:
    """``new`` as it stands between the quotes; where the source is a list, every line gets a string of its
    own. ``followed`` says that more of the old string stands behind it."""
    ascii_only = text.isascii()
    lines = split_lines(new)
    written = [json.dumps(line, ensure_ascii=ascii_only)[1:-1] for line in lines]
    if text[cell.start] != "[":
        return "".join(written)
    joint = f'"{_between(text, cell)}"'
    ended = followed and bool(lines) and lines[-1].endswith(("\n", "\r"))
    return joint.join(written) + (joint if ended else "")


def _between(text: str, cell: Cell) -> str:
    """What stands between two strings of the list: comma, line end, indentation."""
    if len(cell.pieces) > 1:
        return text[cell.pieces[0].end + 1 : cell.pieces[1].start - 1]
    return f",{text[cell.start + 1 : cell.pieces[0].start - 1] or ' '}"
