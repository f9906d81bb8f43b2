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
# An index pays where a run asks much; a commit of a few files asks little.
_FEW_QUESTIONS = 60
_WORD = re.compile(rb"\w+")
# Names beyond ASCII are found too: their bytes are not told apart from letters.
_IDENTIFIER = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")


class Importers:
    """Files by the names that stand in their import statements."""

    def __init__(self, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
        """``files`` are paths with the names that stand in their import statements."""
        self._by_name: dict[bytes, list[str]] = {}
        self._closures: dict[bytes, frozenset[str]] = {}
        for path, names in files:
            for name in names:
                self._by_name.setdefault(name, []).append(path)

    def of(self, path: str) -> frozenset[str]:
        """``path`` and every file that imports it, directly or through others."""
        importers = self._through(tail(path))
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
                fresh = set(map(tail, importers)) - seen
                seen |= fresh
                queue += fresh
            self._closures[name] = frozenset(found)
        return self._closures[name]


class Words:
    """Files by the identifiers they hold, in code or not; a file is read when it is first asked about."""

    def __init__(self, words: Callable[[str], bytes]) -> None:
        """``words`` gives the identifiers of a file, each with a space before and after it."""
        self._words = words
        self._texts: dict[str, bytes] = {}
        self._files: dict[bytes, set[str]] = {}
        self._indexed: set[str] = set()
        self._questions = 0

    def holding(self, name: bytes, among: Set[str]) -> Set[str]:
        """Those of the files ``among`` that hold ``name``."""
        for path in among - self._texts.keys():
            self._texts[path] = self._words(path)
        self._questions += 1
        if self._questions <= _FEW_QUESTIONS:
            word = b" %b " % name
            return {path for path in among if word in self._texts[path]}
        for path in among - self._indexed:
            self._indexed.add(path)
            for one in self._texts[path].split():
                self._files.setdefault(one, set()).add(path)
        return self._files.get(name, set()) & among


def identifiers(raw: bytes) -> set[bytes]:
    """The identifiers that stand in a file, in code or not."""
    return set(_IDENTIFIER.findall(raw))


def imported_names(raw: bytes) -> set[bytes]:
    """The names that stand in the import statements of a file."""
    names: set[bytes] = set()
    for match in _IMPORT.finditer(raw):
        for part in match.groups():
            if part:
                names.update(_WORD.findall(part))
    return names


@lru_cache(maxsize=100_000)
def tail(path: str) -> bytes:
    """The name that an import of ``path`` ends in: ``llm`` of ``app/llm.py``, ``app`` of its package."""
    stem = path.removesuffix("/__init__.py").removesuffix(".py")
    return stem.rpartition("/")[2].encode("utf-8", "surrogatepass")
