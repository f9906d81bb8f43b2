"""A patch that a person edited by hand, read back as pieces: the numbers of its hunks need not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from migrate.errors import UsageError
from migrate.review.pieces import Piece, name_in_patch, pieces
from migrate.rewrite.proposal import FileChange

_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


def edited_pieces(patch: bytes, files: Sequence[FileChange]) -> tuple[Piece, ...] | None:
    """The pieces of an edited patch over ``files``; None where nothing is left of it. Raises UsageError."""
    text = "\n".join(_recounted(patch.decode("latin-1").split("\n")))
    names = {name_in_patch(one.path): one.path for one in files}
    found = []
    for piece in pieces(text.encode("latin-1")):
        if piece.path not in names:
            raise UsageError(f"{piece.path}: not a file of this change; edit only the lines of its hunks")
        found.append(msgspec.structs.replace(piece, path=names[piece.path]))
    return tuple(found) or None


def _recounted(lines: Sequence[str]) -> Iterator[str]:
    """The lines without the remarks, and each hunk's lengths as they are now."""
    hunk: list[str] = []
    for line in [*lines, "diff "]:
        if line.startswith("#"):
            continue
        if line.startswith(("diff ", "--- ", "+++ ", "@@ ")):
            yield from _of_hunk(hunk)
            hunk = []
        if line.startswith("@@ ") or hunk:
            hunk.append(line)
        elif line != "diff ":
            yield line
    yield ""


def _of_hunk(hunk: list[str]) -> Iterator[str]:
    if not hunk:
        return
    match = _HUNK.match(hunk[0])
    body = [line for line in hunk[1:] if line]
    strange = next((line for line in body if line[0] not in " +-\\"), None)
    if match is None or strange is not None:
        at = strange or hunk[0]
        raise UsageError(f"the edited patch cannot be read at {at!r}; begin lines with +, - or a space")
    if not any(line[0] in "+-" for line in body):
        return
    old = sum(line[0] in " -" for line in body)
    new = sum(line[0] in " +" for line in body)
    yield f"@@ -{match[1]},{old} +{match[2]},{new} @@"
    yield from body
