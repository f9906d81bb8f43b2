"""Files of the user's cache folder: written in one step, checked when they are read, thrown away when
there are too many. Nothing here raises: a cache that cannot be used is none.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from migrate.resources import cache_folder

LARGEST = 256_000_000
"""The bytes that the folder may hold before the oldest files go."""
_DAY = 86_400
_DIGEST = 16
_MARK = "pruned"


class Keeper:
    """Keeps bytes under names below one folder of the cache; without a folder, nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._writable = folder is not None

    def get(self, name: str) -> bytes | None:
        """What was kept under ``name``; None where that is missing or not as it was written."""
        if self._folder is None:
            return None
        try:
            data = (self._folder / name).read_bytes()
        except (OSError, ValueError):
            return None
        payload = data[_DIGEST:]
        return payload if _digest(payload) == data[:_DIGEST] else None

    def put(self, name: str, payload: bytes) -> None:
        """Replaces the file in one step: another run may be reading or writing it."""
        if self._folder is None or not self._writable:
            return
        place = self._folder / name
        draft = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_digest(payload) + payload)
            draft.replace(place)
        except OSError:
            self._writable = False  # a full disk or a read-only folder: not tried again in this run
            with suppress(OSError):
                draft.unlink()


def keeper(part: str, use: bool = True) -> Keeper:
    """The Keeper for the folder ``part`` of the cache; one that keeps nothing where it is not to be used."""
    try:
        return Keeper(cache_folder() / part if use else None)
    except RuntimeError:  # no home folder
        return Keeper(None)


def prune(largest: int = LARGEST) -> None:
    """Once a day, where the cache holds more than ``largest`` bytes: drops the oldest files down to half."""
    with suppress(OSError, RuntimeError):
        folder = cache_folder()
        mark = folder / _MARK
        now = time.time()
        if mark.exists() and now - mark.stat().st_mtime < _DAY:
            return
        mark.touch()
        files = sorted(_files(folder))
        size = sum(one[1] for one in files)
        if size <= largest:
            return
        for _, bytes_of_file, path in files:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108
            size -= bytes_of_file
            if size <= largest // 2:
                return


def _files(folder: Path) -> Iterator[tuple[float, int, str]]:
    """(time of change, size, path) of every file that the cache holds."""
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(top, name)  # noqa: PTH118
            status = os.stat(path)  # noqa: PTH116
            if name != _MARK:
                yield status.st_mtime, status.st_size, path


def _digest(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_DIGEST).digest()
