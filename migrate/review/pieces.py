"""A patch as pieces, the smallest parts that a person can take out: lines that go and come together."""

from __future__ import annotations

import io
from collections.abc import Iterator

import msgspec

from migrate.errors import UsageError
from migrate.review.diff import quoted

# Latin-1 is one character a byte, so that files of all encodings can stand in one patch.
_BYTES = "latin-1"


class Piece(msgspec.Struct, frozen=True, order=True):
    """From line ``line`` of the old file on, the lines ``removed`` give way to ``added``; both hold their
    line ends and are bytes in the guise of Latin-1. Where nothing is removed, it is added before ``line``.
    """

    path: str
    line: int
    removed: tuple[str, ...]
    added: tuple[str, ...]

    def touches(self, other: Piece) -> bool:
        """Whether both change the same lines, or add at the same place."""
        if self.path != other.path:
            return False
        mine, theirs = self.line + len(self.removed), other.line + len(other.removed)
        if not self.removed or not other.removed:
            return self.line <= theirs and other.line <= mine
        return self.line < theirs and other.line < mine

    def collides(self, other: Piece) -> bool:
        """Whether not both can be made: the same lines go, or one adds amid lines that the other removes."""
        if self.path != other.path or self == other:
            return False
        mine, theirs = self.line + len(self.removed), other.line + len(other.removed)
        if self.removed and other.removed:
            return self.line < theirs and other.line < mine
        return self.line < other.line < mine or other.line < self.line < theirs

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def pieces(patch: bytes) -> Iterator[Piece]:
    """The pieces of a patch in git's form, as ``repoint diff`` prints it. Raises UsageError for no patch."""
    from unidiff.errors import UnidiffParseError
    from unidiff.patch import PatchSet

    try:
        files = PatchSet(io.StringIO(patch.decode(_BYTES), newline="\n"))
    except UnidiffParseError as error:
        raise UsageError(
            f"the patch cannot be read: {error}; take out whole hunks, or correct their numbers"
        ) from None
    for file in files:
        for hunk in file:
            yield from _of_hunk(str(file.target_file), hunk)


def _of_hunk(name: str, hunk: object) -> Iterator[Piece]:
    line = start = hunk.source_start + (0 if hunk.source_length else 1)  # type: ignore[attr-defined]
    removed: list[str] = []
    added: list[str] = []
    for one in (*hunk, None):  # type: ignore[misc]
        if one is not None and one.is_removed:
            removed.append(one.value)
        elif one is not None and one.is_added:
            added.append(one.value)
        elif one is not None and one.line_type == "\\":
            _cut_line_end(removed, added)
        else:
            if removed or added:
                yield Piece(name, start, tuple(removed), tuple(added))
            line += len(removed) + 1
            start, removed, added = line, [], []


def _cut_line_end(removed: list[str], added: list[str]) -> None:
    last = added or removed
    if last:
        last[-1] = last[-1].removesuffix("\n")


def name_in_patch(path: str) -> str:
    """How the new side of a patch names the file ``path``."""
    return quoted(f"b/{path}")
