"""Which files may see what another file defines: the import statements of a repository, read as text.

An over-approximation on purpose: it decides what is worth parsing, never what a name means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from functools import lru_cache

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]+)|import[ \t]+([^\n#;]+))",
    re.MULTILINE,
)
_WORD = re.compile(rb"\w+")
# Names beyond ASCII are found too: their bytes are not told apart from letters.
_IDENTIFIER = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")


class Importers:
    """Files by the names that stand in their import statements."""

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        """``files`` are paths with their raw bytes; the bytes are not kept."""
        self._by_name: dict[bytes, list[str]] = {}
        self._closures: dict[bytes, frozenset[str]] = {}
        for path, raw in files:
            for name in _imported_names(raw):
                self._by_name.setdefault(name, []).append(path)

    def of(self, path: str) -> frozenset[str]:
        """``path`` and every file that imports it, directly or through others."""
        importers = self._through(_tail(path))
        return importers if path in importers else importers | {path}

    def _through(self, name: bytes) -> frozenset[str]:
        """Files that import something called ``name``, directly or through others."""
        if name not in self._closures:
            found: set[str] = set()
            seen = {name}
            queue = [name]
            while queue:
                importers = self._by_name.get(queue.pop(), ())
                found.update(importers)
                fresh = set(map(_tail, importers)) - seen
                seen |= fresh
                queue += fresh
            self._closures[name] = frozenset(found)
        return self._closures[name]


class Words:
    """Files by the identifiers they hold, in code or not; a file is read when it is first asked about."""

    def __init__(self) -> None:
        self._files: dict[bytes, set[str]] = {}
        self._indexed: set[str] = set()

    def add(self, files: Iterable[str], read: Callable[[str], bytes]) -> None:
        """Reads those of ``files`` that are new."""
        for path in set(files) - self._indexed:
            self._indexed.add(path)
            for word in set(_IDENTIFIER.findall(read(path))):
                self._files.setdefault(word, set()).add(path)

    def holding(self, name: bytes) -> Set[str]:
        """The files read so far that hold ``name``."""
        return self._files.get(name, frozenset())


def _imported_names(raw: bytes) -> set[bytes]:
    names: set[bytes] = set()
    for match in _IMPORT.finditer(raw):
        for part in match.groups():
            if part:
                names.update(_WORD.findall(part))
    return names


@lru_cache(maxsize=100_000)
def _tail(path: str) -> bytes:
    """The name that an import of ``path`` ends in: ``llm`` of ``app/llm.py``, ``app`` of its package."""
    stem = path.removesuffix("/__init__.py").removesuffix(".py")
    return stem.rpartition("/")[2].encode("utf-8", "surrogatepass")
