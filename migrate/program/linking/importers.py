"""Which files may see what another file defines: the import statements of a repository, read as text.

An over-approximation on purpose: it decides what is worth parsing, never what a name means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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


class Numbering:
    """Sets of files as whole numbers, a bit for each file: unions and intersections of thousands of files
    cost next to nothing."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = sorted(paths)
        self._numbers = {path: number for number, path in enumerate(self._paths)}

    def bit(self, path: str) -> int:
        """The set of ``path`` alone."""
        number = self._numbers.get(path)
        if number is None:
            number = self._numbers[path] = len(self._paths)
            self._paths.append(path)
        return 1 << number

    def together(self, paths: Iterable[str]) -> int:
        """The set of all ``paths``."""
        files = 0
        for path in paths:
            files |= self.bit(path)
        return files

    def paths(self, files: int) -> Iterator[str]:
        """The paths of a set: those that were there at first in order, then the others as they came."""
        while files:
            lowest = files & -files
            yield self._paths[lowest.bit_length() - 1]
            files ^= lowest


class Importers:
    """Files by the names that stand in their import statements."""

    def __init__(self, numbering: Numbering, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
        """``files`` are paths with the names that stand in their import statements."""
        self._numbering = numbering
        self._by_name: dict[bytes, int] = {}
        self._tails: dict[bytes, set[bytes]] = {}
        self._through: dict[bytes, int] = {}
        for path, names in files:
            bit, last = numbering.bit(path), tail(path)
            for name in names:
                self._by_name[name] = self._by_name.get(name, 0) | bit
                self._tails.setdefault(name, set()).add(last)

    def of(self, path: str) -> int:
        """The set of ``path`` and every file that imports it, directly or through others."""
        name = tail(path)
        if name not in self._through:
            self._close(name)
        return self._through[name] | self._numbering.bit(path)

    def _close(self, name: bytes) -> None:
        """Finds the files that import something called ``name``, directly or through others, and the same
        for all names on the way. Names that lead to each other are closed together (Tarjan's algorithm)."""
        found: dict[bytes, int] = {name: 0}
        lowest = {name: 0}
        waiting = [name]
        trail = [(name, iter(self._tails.get(name, ())))]
        while trail:
            here, others = trail[-1]
            for other in others:
                if other not in found and other not in self._through:
                    found[other] = lowest[other] = len(found)
                    waiting.append(other)
                    trail.append((other, iter(self._tails.get(other, ()))))
                    break
                if other not in self._through:
                    lowest[here] = min(lowest[here], found[other])
            else:
                trail.pop()
                if trail:
                    lowest[trail[-1][0]] = min(lowest[trail[-1][0]], lowest[here])
                if lowest[here] == found[here]:
                    self._settle(waiting, here)

    def _settle(self, waiting: list[bytes], first: bytes) -> None:
        """The names from ``first`` on lead to each other: they have the same files."""
        together = [waiting.pop()]
        while together[-1] != first:
            together.append(waiting.pop())
        files = 0
        for name in together:
            files |= self._by_name.get(name, 0)
            for other in self._tails.get(name, ()):
                files |= self._through.get(other, 0)
        self._through.update(dict.fromkeys(together, files))


class Words:
    """Files by the identifiers they hold, in code or not; a file is read when it is first asked about."""

    def __init__(self, numbering: Numbering, words: Callable[[str], bytes]) -> None:
        """``words`` gives the identifiers of a file, each with a space before and after it."""
        self._numbering = numbering
        self._words = words
        self._texts: dict[str, bytes] = {}
        self._files: dict[bytes, int] = {}
        self._read = 0
        self._indexed = 0
        self._questions = 0

    def holding(self, name: bytes, among: int) -> int:
        """Those of the files ``among`` that hold ``name``."""
        for path in self._numbering.paths(among & ~self._read):
            self._texts[path] = self._words(path)
        self._read |= among
        self._questions += 1
        if self._questions <= _FEW_QUESTIONS:
            word = b" %b " % name
            held = (path for path in self._numbering.paths(among) if word in self._texts[path])
            return self._numbering.together(held)
        for path in self._numbering.paths(among & ~self._indexed):
            bit = self._numbering.bit(path)
            for one in self._texts[path].split():
                self._files[one] = self._files.get(one, 0) | bit
        self._indexed |= among
        return self._files.get(name, 0) & among


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
