"""Where words go: a result to stdout or to --output, everything else to stderr. Knows no verb.

A reader that went away, as ``head`` does, is no error; neither is a stream that was closed from the start.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import msgspec

from migrate.errors import UsageError


class Output(msgspec.Struct, frozen=True):
    """How this run was asked to speak. ``verbosity`` is -1 for -q, 0, or 1 for -v."""

    format: str
    file: Path | None = None
    verbosity: int = 0
    no_color: bool = False

    @property
    def on_terminal(self) -> bool:
        """Whether a person reads the result as it is printed."""
        return self.file is None and is_terminal(sys.stdout)

    @property
    def colour(self) -> bool:
        """Whether the result may be coloured."""
        return self.on_terminal and not self.no_color and "NO_COLOR" not in os.environ

    def check(self) -> None:
        """Raises UsageError where --output cannot be written: before the work, not after it."""
        if self.file is None:
            return
        if self.file.is_dir():
            raise UsageError(f"--output: {self.file} is a folder; name a file")
        if not self.file.absolute().parent.is_dir():
            raise UsageError(f"--output: {self.file.parent} is no folder; create it first")

    def result(self, result: str | bytes) -> None:
        """Prints the result, or writes it to --output whole. Raises UsageError where that fails."""
        data = result.encode("utf-8", "backslashreplace") if isinstance(result, str) else result
        if self.file is not None:
            write_file(self.file, data, "--output: ")
        else:
            _print(data)

    def talk(self, *lines: str) -> None:
        """Says something about the run, unless -q was given."""
        if self.verbosity >= 0:
            say(*lines)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether ``stream`` is a terminal that understands more than plain lines."""
    try:
        return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # closed
        return False


def say(*lines: str) -> None:
    """Lines to stderr, if there is one."""
    if sys.stderr is None or not lines:
        return
    with suppress(OSError, ValueError):
        text = "\n".join(lines) + "\n"
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def close() -> None:
    """Flushes what is left; without this, Python itself would complain of a reader that went away."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            _abandon(stream)


def _print(data: bytes) -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_as_shown(data))  # bytes: no system translates the line ends
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        _abandon(sys.stdout)
        # Windows says EINVAL where others say EPIPE.
        if not isinstance(error, OSError) or error.errno in (errno.EPIPE, errno.EINVAL):
            return
        raise UsageError(f"the result cannot be printed: {error.strerror or error}") from None


def _as_shown(data: bytes) -> bytes:
    """A pipe gets UTF-8 whatever the locale; a terminal what it can show."""
    encoding = sys.stdout.encoding or "utf-8"
    if encoding.lower().replace("-", "") == "utf8" or not sys.stdout.isatty():
        return data
    return data.decode("utf-8", "replace").encode(encoding, "backslashreplace")


def _abandon(stream: TextIO) -> None:
    """Points a broken stream at nothing, so that the last flush of the process is quiet."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def write_file(file: Path, data: bytes, named: str = "") -> None:
    """Writes a file whole. Raises UsageError where that fails; ``named`` is the flag that named it."""
    from migrate.sources.writing import unwritable, write_atomically

    try:
        if file.exists() and not file.is_file():  # /dev/null, a FIFO: written to, never replaced
            with file.open("wb") as stream:
                stream.write(data)
            return
        mode = file.stat().st_mode & 0o7777 if file.exists() else 0o666 & ~_umask()
        write_atomically(file, data, mode)
    except OSError as error:
        raise UsageError(f"{named}{file}: {unwritable(file, error)}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
