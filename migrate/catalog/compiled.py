"""Keeps the records built from rules files, so that the next run decodes them instead of parsing TOML.

A copy counts only while every file it was built from, data and code, has the size and time it had then; it is
MessagePack, which cannot execute. Where it cannot be written, nothing is lost but the time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from migrate import __version__
from migrate.resources import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

_CODE = Path(__file__).parent


class _Copy(msgspec.Struct, frozen=True, array_like=True):
    stamp: str
    payload: msgspec.Raw


def compiled(name: str, kind: type[T], paths: Sequence[Path], build: Callable[[], T]) -> T:
    """What ``build`` makes of ``paths``, taken from the copy called ``name`` while that is good."""
    stamp = _stamp(paths)
    try:
        place = cache_folder() / f"catalog-{name}.msgpack"
    except RuntimeError:  # no home folder
        return build()
    found = _read(place, stamp, kind)
    if found is not None:
        return found
    built = build()
    _write(place, stamp, built)
    return built


def _stamp(paths: Sequence[Path]) -> str:
    """Sizes and times of the data files and of the code that reads them."""
    files = [os.fspath(path) for path in paths]
    with os.scandir(_CODE) as entries:
        files += sorted(entry.path for entry in entries if entry.name.endswith(".py"))
    stats = ((file, os.stat(file)) for file in files)  # noqa: PTH116 - Path.stat twice as slow
    rows = [f"{file} {stat.st_size} {stat.st_mtime_ns}" for file, stat in stats]
    return "\n".join([__version__, *rows])


def _read(place: Path, stamp: str, kind: type[T]) -> T | None:
    try:
        copy = msgspec.msgpack.decode(place.read_bytes(), type=_Copy)
        if copy.stamp != stamp:
            return None
        return msgspec.msgpack.decode(copy.payload, type=kind)
    except (OSError, msgspec.DecodeError):
        return None


def _write(place: Path, stamp: str, built: object) -> None:
    """Replaces the copy in one step: another run may be reading it."""
    data = msgspec.msgpack.encode(_Copy(stamp, msgspec.Raw(msgspec.msgpack.encode(built))))
    draft = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(place)
    except OSError:
        with suppress(OSError):
            draft.unlink()
