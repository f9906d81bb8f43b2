"""From disk to Source: bytes first, the needles next, and decoding only for what is left."""

from __future__ import annotations

import os
import re
import stat
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.sources.encoding import UndecodableError, decode, encoding_of
from migrate.sources.kinds import kind_of
from migrate.sources.known import stamp_of
from migrate.sources.source import Outcome, Source, newline_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migrate.sources.discovery import Discovery
    from migrate.sources.known import KnownFiles

LIMIT = 5_000_000

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_GENERATED = re.compile(rb"@generated|DO NOT EDIT")
_FIRST_LINES = 5
# A notebook keeps pictures beside its code.
_ROOM_FOR_OUTPUTS = 10
_FIRST_BYTES = 1000


def read(root: Path, relative: str, limit: int = LIMIT, *, named: bool = False) -> Source | Outcome:
    """The file ``relative`` under ``root``, or why it cannot be used. ``limit`` is in bytes.

    ``named`` says that a person gave this very file: generated code is then taken too.
    """
    result = _read(root, relative, lambda _: True, limit, named)
    assert result is not None, "only a missing needle gives nothing"
    return result


def peek(root: Path, relative: str, limit: int = LIMIT) -> bytes:
    """The bytes of a file, to search in; none where it is no plain file, too large or unreadable."""
    absolute = f"{root}{os.sep}{relative}"
    try:
        status = os.stat(absolute)  # noqa: PTH116 - a string a file, as in _read
        return b"" if _refusal(relative, status, limit) else _bytes(absolute)
    except OSError:
        return b""


def load(
    discovery: Discovery,
    needles: tuple[bytes, ...],
    limit: int = LIMIT,
    known: KnownFiles | None = None,
    imports: tuple[bytes, ...] = (),
) -> Iterator[Source | Outcome]:
    """Every discovered file that holds a needle or imports one of ``imports``, in order; what cannot be
    read, as Outcomes.

    A file without either yields nothing: it is unchanged. ``known`` tells of files that need not be opened.
    """
    patterns = _import_patterns(imports)

    def wanted(raw: bytes) -> bool:
        return holds(raw, needles, patterns)

    for relative in discovery.files:
        most = limit * _ROOM_FOR_OUTPUTS if relative.endswith(".ipynb") else limit
        result = _read(discovery.root, relative, wanted, most, relative in discovery.named, known)
        if result is not None:
            yield result


def holds(raw: bytes, needles: tuple[bytes, ...], patterns: tuple[re.Pattern[bytes], ...] = ()) -> bool:
    """Whether any needle or pattern occurs in ``raw``; without needles, every file is wanted."""
    if not needles or any(needle in raw for needle in needles):
        return True
    return any(pattern.search(raw) for pattern in patterns)


def _import_patterns(names: tuple[bytes, ...]) -> tuple[re.Pattern[bytes], ...]:
    """What finds the import of any of ``names``. Two patterns, because one that begins with a plain word is
    searched as fast as that word, and any number of names costs no more."""
    if not names:
        return ()
    either = b"|".join(map(re.escape, names))
    return tuple(re.compile(word + rb" (?:" + either + rb")\b") for word in (b"from", b"import"))


def _read(
    root: Path,
    relative: str,
    wanted: Callable[[bytes], bool],
    limit: int,
    named: bool,
    known: KnownFiles | None = None,
) -> Source | Outcome | None:
    absolute = f"{root}{os.sep}{relative}"
    try:
        # Before the bytes: a file written in between then shows by its stamp when it is written back.
        status = os.stat(absolute)  # noqa: PTH116 - a string a file, not a Path: it is 37,000 of them
        refused = _refusal(relative, status, limit)
        stamp = stamp_of(status)
        if known is not None and not refused and known.matches(relative, stamp) is False:
            return None
        raw = b"" if refused else _bytes(absolute)
    except OSError as error:
        return _unreadable(relative, absolute, error)
    if refused:
        return refused
    matches = wanted(raw)
    if known is not None:
        known.note_match(relative, stamp, matches)
    if not matches:
        return None
    return _source(Path(absolute), relative, raw, status, named)


def _refusal(relative: str, status: os.stat_result, limit: int) -> Outcome | None:
    """Why a file is not even opened: opening a FIFO or a device can block or act."""
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "a FIFO, socket or device"
        return Outcome(relative, "skipped", f"not a file but {what}")
    if status.st_size > limit:
        return Outcome(
            relative, "skipped", f"larger than {size_words(limit)}; raise max-file-size to include it"
        )
    return None


def _bytes(absolute: str) -> bytes:
    with os.fdopen(os.open(absolute, _OPEN_FLAGS), "rb", buffering=0) as file:
        return file.read()


def _source(
    absolute: Path, relative: str, raw: bytes, status: os.stat_result, named: bool
) -> Source | Outcome:
    python = kind_of(relative) in ("python", None)
    if b"\x00" in raw:
        return Outcome(relative, "skipped", "binary, or UTF-16: it holds NUL bytes; convert it to UTF-8")
    if python and not named and _is_generated(raw):
        return Outcome(
            relative, "skipped", "generated code, as its first lines say; name the file to include it"
        )
    try:
        encoding = encoding_of(raw, python=python)
        text = decode(raw, encoding)
    except UndecodableError as error:
        return Outcome(relative, error.state, str(error), error.line)
    return Source(
        path=relative,
        absolute=absolute,
        raw=raw,
        text=text,
        encoding=encoding,
        bom=raw.startswith(BOM_UTF8),
        newline=newline_of(text),
        mode=stat.S_IMODE(status.st_mode),
        stamp=(status.st_mtime_ns, status.st_size),
    )


def _is_generated(raw: bytes) -> bool:
    first = raw[:_FIRST_BYTES].split(b"\n", _FIRST_LINES)[:_FIRST_LINES]
    return any(_GENERATED.search(line) for line in first)


def _unreadable(relative: str, absolute: str, error: OSError) -> Outcome:
    if isinstance(error, PermissionError):
        return Outcome(relative, "failed", "no permission to read it; allow reading or exclude it")
    if isinstance(error, FileNotFoundError):
        broken = os.path.islink(absolute)  # noqa: PTH114
        return Outcome(relative, "skipped", "broken symlink" if broken else "deleted since it was listed")
    return Outcome(relative, "failed", f"cannot be read: {error.strerror or error}")


def size_words(size: int) -> str:
    """A number of bytes as people write it: ``5 MB``, ``512 kB``, ``20 bytes``."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"
