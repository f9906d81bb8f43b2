"""Stable ids of call sites: what a call is and which function it stands in, never its line."""

from __future__ import annotations

from zlib import crc32

_SHORTEST = 6


class Identities:
    """Hands out ids; the same program gets the same ones."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, str], int] = {}
        self._taken: set[str] = set()

    def next(self, path: str, function: str, symbol: str) -> str:
        """The id of the next call of ``symbol`` inside ``function`` of the file ``path``."""
        key = (path, function, symbol)
        self._counts[key] = self._counts.get(key, 0) + 1
        text = "\0".join((*key, str(self._counts[key])))
        digest = fingerprint(text)
        length = _SHORTEST
        while digest[:length] in self._taken:
            length += 1
        self._taken.add(digest[:length])
        return digest[:length]


def fingerprint(text: str) -> str:
    """16 hexadecimal digits that stand for ``text``. Not a secret's hash: hashlib takes 3 ms to import."""
    data = text.encode("utf-8", "surrogatepass")
    return f"{crc32(data):08x}{crc32(data[::-1]):08x}"
