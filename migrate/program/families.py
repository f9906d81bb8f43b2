"""What is known of the ancestors and heirs of classes, so that it is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from migrate.program.values import Definition

Class: TypeAlias = tuple[str, int]
"""The path of a file and the index of one of its scopes."""


class Families:
    """``ancestors`` holds the class itself and its ancestors, by class."""

    def __init__(self) -> None:
        self.ancestors: dict[Class, list[Definition]] = {}
        self._members: dict[Class, frozenset[Class]] = {}
        self._heirs: dict[Class, tuple[int, list[Definition]]] = {}
        self._open = 0

    @contextmanager
    def opening(self) -> Iterator[None]:
        """While ancestors are looked for, nothing that is made from those known so far is kept."""
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    def members(self, one: Definition, ancestry: list[Definition]) -> frozenset[Class]:
        """The ``ancestry`` of class ``one``, to look classes up in."""
        key = (one.path, one.scope)
        found = self._members.get(key)
        if found is None:
            found = frozenset((other.path, other.scope) for other in ancestry)
            if not self._open:
                self._members[key] = found
        return found

    def heirs(self, path: str, scope: int, generation: int) -> list[Definition] | None:
        """The heirs of a class that were kept in this ``generation`` of the program, if any."""
        kept = self._heirs.get((path, scope))
        return kept[1] if kept is not None and kept[0] == generation else None

    def keep(self, path: str, scope: int, generation: int, heirs: list[Definition]) -> None:
        if not self._open:
            self._heirs[path, scope] = (generation, heirs)
