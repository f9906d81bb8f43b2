"""One writer at a time: a lock that the system itself lets go of when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from migrate.errors import UsageError

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Holds the lock ``file``, which is made where it is missing and stays. Raises UsageError while another
    process holds it, OSError where it cannot be opened."""
    descriptor = os.open(file, _FLAGS, 0o600)
    try:
        if not _taken(descriptor):
            who = f"another repoint{_holder(descriptor)}"
            raise UsageError(f"{who} is writing here; wait until it has ended, then run again")
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    """Takes the lock, unless somebody has it. A file system without locks gives it to everybody: each
    file's text is compared before it is written in any case."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # behind the text: what is locked cannot be read
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _holder(descriptor: int) -> str:
    with suppress(OSError, ValueError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        return f" (process {int(os.read(descriptor, 32))})"
    return ""
