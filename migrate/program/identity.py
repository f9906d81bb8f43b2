"""Stable ids of call sites: what a call is and which function it stands in, never its line."""

from __future__ import annotations

from hashlib import blake2b

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
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        length = _SHORTEST
        while digest[:length] in self._taken:
            length += 1
        self._taken.add(digest[:length])
        return digest[:length]
