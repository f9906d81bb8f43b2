"""What earlier runs saw in the files of one repository, believed while a file's stat is what it was then:
whether it holds a needle, what it imports and which words it holds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeAlias

import msgspec

from migrate import __version__
from migrate.sources.keeping import Keeper, keeper, prune
from migrate.sources.source import digest

Stamp: TypeAlias = tuple[int, int, int, int]
"""Size, time of change and of the entry in nanoseconds, and inode."""
Find: TypeAlias = Callable[[], Collection[bytes]]

_FORMAT = 1
# A file that is written again within one tick of the file system's clock keeps its time.
_SETTLED = 2_000_000_000


class _Seen(msgspec.Struct, array_like=True, gc=False):
    """None where a question was not asked yet. Names are separated by spaces, with one at either end."""

    stamp: Stamp
    matches: bool | None = None
    imports: bytes | None = None
    words: bytes | None = None


class _Copy(msgspec.Struct, array_like=True):
    version: str
    files: dict[str, _Seen]


class KnownFiles:
    """Answers for the files below one root; ``save`` keeps the answers for the next run. ``reading`` is all
    that decides what is read of a file besides its content: the needles, the largest size."""

    def __init__(self, root: Path, reading: object = (), use: bool = True) -> None:
        self._root = root
        self._keeper = keeper("repositories") if use else Keeper(None)
        self._name = digest(os.fsencode(root))
        self._version = f"{__version__} {_FORMAT} {reading!r}"
        self._files = self._read() if use else {}
        self._settled = time.time_ns() - _SETTLED if use else 0
        self._changed = False

    def stamp(self, path: str) -> Stamp | None:
        """The stamp of the file as it is now: to be taken before its bytes are read."""
        try:
            return stamp_of(os.stat(f"{self._root}{os.sep}{path}"))  # noqa: PTH116 - a string a file
        except OSError:
            return None

    def matches(self, path: str, stamp: Stamp) -> bool | None:
        """Whether the file holds a needle; None where that is not known."""
        seen = self._files.get(path)
        return seen.matches if seen is not None and seen.stamp == stamp else None

    def note_match(self, path: str, stamp: Stamp, matches: bool) -> None:
        """Keeps whether a file that was read after ``stamp`` holds a needle."""
        seen = self._seen(path, stamp)
        if seen is not None and seen.matches is not matches:
            seen.matches = matches
            self._changed = True

    def imports(self, path: str, stamp: Stamp | None, find: Find) -> bytes:
        """The names that a file imports: those known, or what ``find`` reads."""
        seen = self._seen(path, stamp)
        if seen is None:
            return spaced(find())
        if seen.imports is None:
            seen.imports = spaced(find())
            self._changed = True
        return seen.imports

    def words(self, path: str, stamp: Stamp | None, find: Find) -> bytes:
        """The identifiers that a file holds."""
        seen = self._seen(path, stamp)
        if seen is None:
            return spaced(find())
        if seen.words is None:
            seen.words = spaced(find())
            self._changed = True
        return seen.words

    def save(self, paths: Collection[str]) -> None:
        """Keeps what is known of ``paths``, the files that there are."""
        if self._changed:
            files = {path: self._files[path] for path in paths if path in self._files}
            self._keeper.put(self._name, msgspec.msgpack.encode(_Copy(self._version, files)))
            self._changed = False
            prune()

    def _seen(self, path: str, stamp: Stamp | None) -> _Seen | None:
        """The row to keep answers in; None for a file that may be written again without a trace."""
        if stamp is None or max(stamp[1:3]) > self._settled:
            return None
        seen = self._files.get(path)
        if seen is None or seen.stamp != stamp:
            seen = self._files[path] = _Seen(stamp)
        return seen

    def _read(self) -> dict[str, _Seen]:
        data = self._keeper.get(self._name)
        try:
            copy = msgspec.msgpack.decode(data, type=_Copy) if data is not None else None
        except msgspec.DecodeError:
            return {}
        return copy.files if copy is not None and copy.version == self._version else {}


def stamp_of(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def spaced(words: Collection[bytes]) -> bytes:
    """``words`` in one piece, so that a word is found as `` word ``."""
    return b" ".join((b"", *words, b""))
