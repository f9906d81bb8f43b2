"""Records as JSON, whole or as JSON Lines: always UTF-8 that every parser takes."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


def indented(record: object) -> bytes:
    """One document, for people to read too."""
    return msgspec.json.format(_encoded(record), indent=2) + b"\n"


def lines(records: Iterable[object]) -> bytes:
    """JSON Lines: one record a line."""
    return b"".join(_encoded(one) + b"\n" for one in records)


def _encoded(record: object) -> bytes:
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:  # half of a surrogate pair, from a literal's escape or a file's name
        return msgspec.json.encode(_printable(msgspec.to_builtins(record)))


def _printable(value: object) -> object:
    r"""The same with lone surrogates written out, as ``\ud800``, which is how text output shows them."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_printable(key): _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value
