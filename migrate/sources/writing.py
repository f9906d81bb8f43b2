"""The last step to disk: one file replaced as a whole, or left as it was. Keeps no journal."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.sources.encoding import encode
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from migrate.sources.source import Source

_CREATE_FLAGS = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
)
_ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write(source: Source, new_text: str) -> Outcome:
    """Give ``source``'s file a new text, if it is still what was read. Never raises for the file system.

    The outcome is ``changed``, ``unchanged`` (the text is the same) or ``failed`` with the reason.
    """
    if new_text == source.text:
        return Outcome(source.path, "unchanged")
    try:
        data = encode(source, new_text)
    except UnicodeEncodeError as error:
        line = new_text.count("\n", 0, error.start) + 1
        reason = f"{source.encoding} cannot hold a character of the new text; convert the file to UTF-8"
        return Outcome(source.path, "failed", reason, line)
    if not unchanged_since(source):
        return Outcome(source.path, "failed", "changed on disk since it was read; run again")
    try:
        write_atomically(source.absolute, data, source.mode)
    except OSError as error:
        return Outcome(source.path, "failed", unwritable(source.absolute, error))
    return Outcome(source.path, "changed")


def unchanged_since(source: Source) -> bool:
    """Whether the file still holds ``source.raw``: the same stamp, or another stamp and the same bytes."""
    try:
        status = source.absolute.stat()
        if (status.st_mtime_ns, status.st_size) == source.stamp:
            return True
        return status.st_size == len(source.raw) and source.absolute.read_bytes() == source.raw
    except OSError:
        return False


def write_atomically(path: Path, data: bytes, mode: int) -> None:
    """Give ``path`` (its target, if it is a symlink) the content ``data`` and the permission bits ``mode``.

    At any moment the file has its old or its new content, whole. Raises OSError; the file is then the
    old one and nothing is left beside it. A file without any write bit is refused, root or not, and so
    is what is no file: a device is never replaced.
    """
    target = Path(os.path.realpath(path))
    _check_writable(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.repoint")
    try:
        _write_new(temporary, data, target, mode)
        os.replace(temporary, target)  # noqa: PTH105 - the same call, and tests replace it
    except BaseException:  # Ctrl-C too: it must not leave the temporary file
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(target.parent)


def unwritable(path: Path, error: OSError) -> str:
    """One line that says why ``path`` could not be written, and the cure where there is one."""
    if isinstance(error, PermissionError):
        folder = Path(os.path.realpath(path)).parent
        if not os.access(folder, os.W_OK):
            return f"its folder {folder.name}/ is read-only; allow writing there"
        return "it is read-only; allow writing to it"
    return f"cannot be written: {error.strerror or error}"


def _check_writable(target: Path) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):  # a rename would put a file where a device or a FIFO was
        raise OSError(errno.EINVAL, "it is not a file but a folder, device, FIFO or socket")
    if not mode & _ANY_WRITE or not os.access(target, os.W_OK):
        raise PermissionError(13, "read-only file", str(target))


def _write_new(path: Path, data: bytes, like: Path, mode: int) -> None:
    with os.fdopen(os.open(path, _CREATE_FLAGS, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    _give_owner(path, like)
    path.chmod(mode)


def _give_owner(path: Path, like: Path) -> None:
    """Root in a container must not take a user's files; where the system refuses, the writer owns it."""
    with contextlib.suppress(OSError, AttributeError):  # Windows has no chown
        wanted, present = like.stat(), path.stat()
        if (wanted.st_uid, wanted.st_gid) != (present.st_uid, present.st_gid):
            os.chown(path, wanted.st_uid, wanted.st_gid)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut; systems that cannot open a folder do without."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
