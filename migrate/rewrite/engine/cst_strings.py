"""Replaces a part of what a string literal spells, and leaves its prefix, quotes and escapes alone."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import ReplaceText
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.source import literal_text, occurrences

_String = cst.SimpleString | cst.FormattedString


@dataclasses.dataclass
class _Chunk:
    """A run of literal text: ``raw`` as it stands between ``start`` and ``end``, ``text`` as it reads."""

    node: cst.CSTNode
    start: str
    raw: str
    end: str
    text: str | None
    changes: list[tuple[int, int, str, ReplaceText]]


def edit_string(node: cst.BaseString, edits: Sequence[ReplaceText], newline: str) -> cst.BaseString:
    """``node`` (implicit concatenation included) with each ``old`` replaced by its ``new``.

    Raises ProofError where ``old`` does not occur exactly once, is spread over several literals or is
    written with escapes, and where ``new`` could not stand between these quotes as it is.
    """
    chunks = [chunk for part in _parts(node) for chunk in _chunks(part)]
    for edit in edits:
        _place(edit, chunks, newline)
    changed = {chunk.node: _applied(chunk) for chunk in chunks if chunk.changes}
    return _rebuilt(node, changed)


def _parts(node: cst.BaseString) -> Iterator[_String]:
    if isinstance(node, cst.ConcatenatedString):
        yield from _parts(node.left)
        yield from _parts(node.right)
    elif isinstance(node, (cst.SimpleString, cst.FormattedString)):
        yield node


def _chunks(node: _String) -> Iterator[_Chunk]:
    if isinstance(node, cst.SimpleString):
        # node.prefix is in lower case, whatever stands in the file.
        start, end = node.value[: len(node.prefix + node.quote)], node.quote
        yield _Chunk(node, start, node.raw_value, end, literal_text(node.value), [])
        return
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text = literal_text(node.start + part.value + node.end)
            yield _Chunk(part, node.start, part.value, node.end, text, [])


def _place(edit: ReplaceText, chunks: Sequence[_Chunk], newline: str) -> None:
    """Notes in the one chunk that holds ``old`` where it stands there."""
    holders = [(chunk, len(occurrences(chunk.text or "", edit.old))) for chunk in chunks]
    count = sum(number for _, number in holders)
    if count != 1:
        raise ProofError("engine", f"{where(edit)}: the string holds {edit.old!r} {count} times, not once")
    chunk = next(chunk for chunk, number in holders if number)
    pattern = re.escape(edit.old).replace("\\\n", "\n").replace("\n", r"(?:\r\n|\r|\n)")
    spots = [(match.start(1), match.end(1)) for match in re.finditer(f"(?=({pattern}))", chunk.raw)]
    if len(spots) != 1:
        raise ProofError(
            "engine", f"{where(edit)}: {edit.old!r} is not written out once in the literal (escapes?)"
        )
    chunk.changes.append((*spots[0], edit.new.replace("\n", newline), edit))


def _applied(chunk: _Chunk) -> str:
    """The chunk's new raw text. Raises ProofError where it does not read as it should."""
    raw, text = chunk.raw, chunk.text or ""
    behind = len(raw) + 1
    for start, end, new, edit in sorted(chunk.changes, key=lambda change: change[0], reverse=True):
        if end > behind:
            raise ProofError("engine", f"{where(edit)}: two edits contradict: they overlap in one string")
        raw, behind = raw[:start] + new + raw[end:], start
        at = occurrences(chunk.text or "", edit.old)[0]
        text = text[:at] + edit.new + text[at + len(edit.old) :]
    if literal_text(chunk.start + raw + chunk.end) != text:
        edit = chunk.changes[0][3]
        raise ProofError("engine", f"{where(edit)}: {edit.new!r} would need escaping in this literal")
    return raw


def _rebuilt(node: cst.BaseString, changed: dict[cst.CSTNode, str]) -> cst.BaseString:
    if isinstance(node, cst.ConcatenatedString):
        left, right = _rebuilt(node.left, changed), _rebuilt(node.right, changed)
        return node.with_changes(left=left, right=right)
    if isinstance(node, cst.FormattedString):
        parts = [part.with_changes(value=changed[part]) if part in changed else part for part in node.parts]
        return node.with_changes(parts=parts)
    if isinstance(node, cst.SimpleString) and node in changed:
        start = node.value[: len(node.prefix + node.quote)]
        return node.with_changes(value=f"{start}{changed[node]}{node.quote}")
    return node
