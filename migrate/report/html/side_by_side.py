"""Changes as rows with the old line beside the new one. Secrets are masked here."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal, TypeAlias

import msgspec

from migrate.report.masking import mask_line
from migrate.rewrite.proposal import FileChange

_CONTEXT = 3
RowKind: TypeAlias = Literal["same", "changed", "removed", "added"]


class Row(msgspec.Struct, frozen=True):
    """Line numbers count from 1; None, with an empty text, where there is no line on that side."""

    kind: RowKind
    old_line: int | None
    old: str
    new_line: int | None
    new: str


class ChangedFile(msgspec.Struct, frozen=True):
    """One file with its hunks."""

    path: str
    rules: tuple[str, ...]
    hunks: tuple[tuple[Row, ...], ...]


def changed_file(change: FileChange) -> ChangedFile:
    """``change`` as rows, with three lines of context."""
    old, new = change.source.text.splitlines(), change.new_text.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    hunks = matcher.get_grouped_opcodes(_CONTEXT)
    return ChangedFile(change.path, change.rules, tuple(tuple(_rows(one, old, new)) for one in hunks))


def _rows(
    codes: Sequence[tuple[str, int, int, int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[Row]:
    for kind, old_from, old_to, new_from, new_to in codes:
        before, after = range(old_from, old_to), range(new_from, new_to)
        for one, other in zip_longest(before, after):
            yield Row(
                "same" if kind == "equal" else _kind(one, other),
                None if one is None else one + 1,
                "" if one is None else mask_line(old[one]),
                None if other is None else other + 1,
                "" if other is None else mask_line(new[other]),
            )


def _kind(one: int | None, other: int | None) -> RowKind:
    if one is None:
        return "added"
    return "removed" if other is None else "changed"
