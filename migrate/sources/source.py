"""The records of this part: Source, one file as bytes and text, and Outcome, how a file ended.

Nothing here touches the disk.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

    from migrate.sources.place import Place

Newline: TypeAlias = Literal["\n", "\r\n", "\r", "mixed"]
NewlineStyle: TypeAlias = Literal["\n", "\r\n", "\r"]
State: TypeAlias = Literal["changed", "unchanged", "skipped", "failed"]

_STYLES: tuple[NewlineStyle, ...] = ("\n", "\r\n", "\r")


class Source(msgspec.Struct, frozen=True, dict=True):
    """One file, exactly as it is on disk.

    ``path`` is relative to the scanned root, with ``/``. ``text`` is ``raw`` decoded, without the
    byte order mark and with the line ends of the file: nothing is translated. ``encoding`` is the
    name that ``tokenize.detect_encoding`` gives (``utf-8-sig`` where there is a byte order mark).
    ``mode`` holds the permission bits, ``stamp`` is (mtime in nanoseconds, size in bytes). ``cells`` is empty
    but for the joined text of a notebook: the first line and the number of every cell.
    """

    path: str
    absolute: Path
    raw: bytes
    text: str
    encoding: str = "utf-8"
    bom: bool = False
    newline: Newline = "\n"
    mode: int = 0o644
    stamp: tuple[int, int] = (0, 0)
    cells: tuple[tuple[int, int], ...] = ()

    @cached_property
    def digest(self) -> str:
        """Hex digest of ``raw``, 32 characters: the key of caches and journals."""
        return digest(self.raw)

    def line_of(self, place: Place) -> int:
        """The line of ``text`` on which ``place`` starts, told by cell or not."""
        first = next((line for line, number in self.cells if number == place.cell), 1)
        return place.span.line + first - 1


class Outcome(msgspec.Struct, frozen=True, order=True):
    """How the file (or skipped folder) ``path`` ended; ``reason`` is one short sentence, with its cure."""

    path: str
    state: State
    reason: str = ""
    line: int | None = None


def digest(raw: bytes) -> str:
    """Hex digest of some bytes, 32 characters (BLAKE2b, 128 bits)."""
    import hashlib

    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def newline_counts(text: str) -> dict[NewlineStyle, int]:
    """How often each line end occurs; ``\\r\\n`` counts once and as itself."""
    pairs = text.count("\r\n")
    return {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}


def newline_of(text: str) -> Newline:
    """The one line end of ``text`` (``\\n`` where it has none), or ``mixed``."""
    if "\r" not in text:
        return "\n"
    present = [style for style, count in newline_counts(text).items() if count]
    return present[0] if len(present) == 1 else "mixed"
