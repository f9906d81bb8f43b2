"""Which files are loaded because they mention a name, and how many at the most: as many as the files that may
call a model are worth. In a large program names are shared by files that have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from itertools import islice

_MOST_FOR_A_NAME = 200
_FEWEST = 500
_FOR_EACH = 5  # files for each one that may call a model
_SHARE = 2  # of what is left, one question gets a part


class Pulling:
    """``mentioning`` gives the files that hold a name and may see what a file defines; ``matching`` is how
    many files may call a model by their text."""

    def __init__(self, mentioning: Callable[[str, str], Iterator[str]], matching: int) -> None:
        self._mentioning = mentioning
        self._left = _FEWEST + _FOR_EACH * matching
        self._share = 0
        self._asked: set[tuple[str, str]] = set()
        self._cut: set[tuple[str, str]] = set()
        self.begin()

    def begin(self) -> None:
        """A question from outside begins: it may have its share of the files that are left."""
        self._share = max(self._left // _SHARE, 1)

    def files(self, name: str, definer: str, loaded: Container[str]) -> list[str]:
        """The files that are to be loaded for ``name``, which ``definer`` defines; none where they are too
        many, or were asked for before."""
        if (name, definer) in self._asked:
            return []
        self._asked.add((name, definer))
        found = list(islice(self._mentioning(name, definer), _MOST_FOR_A_NAME + 1))
        new = [path for path in found[:_MOST_FOR_A_NAME] if path not in loaded]
        if len(new) > min(self._left, self._share):
            new = []
            self._cut.add((name, definer))
        elif len(found) > _MOST_FOR_A_NAME:
            self._cut.add((name, definer))
        self._left -= len(new)
        self._share -= len(new)
        return new

    def is_cut(self, name: str, definer: str) -> bool:
        """Whether files that mention ``name`` were left out."""
        return (name, definer) in self._cut

    def asked(self) -> frozenset[tuple[str, str]]:
        """The names and definers asked for so far."""
        return frozenset(self._asked)
