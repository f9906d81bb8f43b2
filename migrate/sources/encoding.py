"""Bytes to text and back, without loss: what does not round-trip is refused with its reason."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate.sources.source import Source, State


class UndecodableError(Exception):
    """These bytes have no usable text; ``str(error)`` says why and what cures it, ``line`` where.

    ``state`` is how the file ends: ``failed`` where it is wrong, ``skipped`` where repoint cannot keep it.
    """

    def __init__(self, reason: str, line: int = 1, state: State = "failed") -> None:
        super().__init__(reason)
        self.line = line
        self.state = state


def encoding_of(raw: bytes, *, python: bool) -> str:
    """The encoding of a file: for Python what ``tokenize.detect_encoding`` says, else UTF-8.

    Raises UndecodableError where the declaration itself is wrong.
    """
    if python and _may_declare(raw):
        return _declared(raw)
    return "utf-8-sig" if raw.startswith(BOM_UTF8) else "utf-8"


def decode(raw: bytes, encoding: str) -> str:
    """The text of ``raw`` without its byte order mark, line ends kept.

    Raises UndecodableError where the bytes are not of that encoding or would not come back the same.
    """
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(_not_in(encoding), raw.count(b"\n", 0, error.start) + 1) from None
    except (LookupError, ValueError):  # rot13 and its like are codecs, but not of text
        raise UndecodableError(_not_in(encoding)) from None
    # UTF-8 is one to one; others (utf-7, the iso-2022 family) can spell one text in several ways.
    if not encoding.startswith("utf-8") and _encoded(text, encoding) != raw:
        reason = f"its {encoding} bytes cannot be written back as they are; convert the file to UTF-8"
        raise UndecodableError(reason, state="skipped")
    return text


def encode(source: Source, text: str) -> bytes:
    """The bytes of ``text`` as ``source`` is written: its encoding, its byte order mark.

    ``encode(source, source.text) == source.raw`` for every Source that was read.
    Raises UnicodeEncodeError where ``text`` has a character that the encoding cannot hold.
    """
    return text.encode(source.encoding)


def _may_declare(raw: bytes) -> bool:
    second = raw.find(b"\n", raw.find(b"\n") + 1)
    return b"coding" in (raw[:second] if second >= 0 else raw)


def _declared(raw: bytes) -> str:
    import tokenize

    try:
        return tokenize.detect_encoding(io.BytesIO(raw).readline)[0]
    except SyntaxError as error:
        message = str(error)
        if "invalid or missing" in message:  # tokenize met bytes that are not UTF-8 before any cookie
            raise UndecodableError(_not_in("utf-8")) from None
        raise UndecodableError(f"{message}; correct the coding cookie") from None


def _not_in(encoding: str) -> str:
    if encoding.startswith("utf-8"):
        return "not UTF-8; add a coding cookie or convert it to UTF-8"
    return f"not {encoding}, which its coding cookie says; correct the cookie or convert the file"


def _encoded(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None
