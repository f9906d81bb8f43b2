"""Changes as one patch in git's form, byte for byte what would be written. Reads and writes no file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from migrate.rewrite.proposal import FileChange
from migrate.sources.encoding import encode

_CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file\n"
# Latin-1 is one character a byte: so difflib, which compares text, compares bytes.
_BYTES = "latin-1"
_ESCAPES = {one: f"\\{letter}" for one, letter in zip('"\\\a\b\t\n\v\f\r', '"\\abtnvfr', strict=True)}


def patch(changes: Sequence[FileChange]) -> bytes:
    """The patch that ``git apply`` takes at the root that the paths are relative to; empty for no change.

    Every line is in its own file's encoding, with its own line end; modes are not mentioned.
    """
    return b"".join(file_patch(change.path, change.source.raw, _new_bytes(change)) for change in changes)


def patch_text(change: FileChange) -> str:
    """The patch of one file for reading, in a document or on a terminal: decoded as the file is."""
    return file_patch(change.path, change.source.raw, _new_bytes(change)).decode(
        change.source.encoding, "replace"
    )


def file_patch(path: str, old: bytes, new: bytes) -> bytes:
    """The patch of one file, whose contents are given; empty where they are the same."""
    before, after = lines_of(old), lines_of(new)
    hunks = difflib.unified_diff(before, after, n=_CONTEXT)
    body = "".join(_line(one) for one in list(hunks)[2:])  # without difflib's own two header lines
    return _header(path) + body.encode(_BYTES) if body else b""


def _new_bytes(change: FileChange) -> bytes:
    return encode(change.source, change.new_text)


def lines_of(raw: bytes) -> list[str]:
    """Lines as git counts them, in the guise of Latin-1: only a line feed ends one, and a carriage return
    belongs to the line."""
    lines = [line + "\n" for line in raw.decode(_BYTES).split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _line(line: str) -> str:
    return line if line.endswith("\n") else line + "\n" + _NO_NEWLINE


def _header(path: str) -> bytes:
    old, new = quoted(f"a/{path}"), quoted(f"b/{path}")
    # A name with a space ends in a tab, so that patch programs do not take the rest for a date.
    tab = "\t" if " " in path else ""
    return f"diff --git {old} {new}\n--- {old}{tab}\n+++ {new}{tab}\n".encode()


def quoted(path: str) -> str:
    """A name as git writes it: in quotes, with its bytes in octal, where it has any special character."""
    if path.isascii() and path.isprintable() and '"' not in path and "\\" not in path:
        return path
    return '"' + "".join(_characters(path)) + '"'


def _characters(path: str) -> Iterator[str]:
    for byte in path.encode("utf-8", "surrogateescape"):
        character = chr(byte)
        if character in _ESCAPES:
            yield _ESCAPES[character]
        else:
            yield character if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
