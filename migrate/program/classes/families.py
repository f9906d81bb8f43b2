"""What is known of the ancestors and heirs of classes, so that it is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from migrate.program.solving.memory import Memory
from migrate.program.solving.values import Definition

Class: TypeAlias = tuple[str, int]
"""The path of a file and the index of one of its scopes."""
Work: TypeAlias = Callable[[], list[Definition]]


class Families:
    """Kept in a Memory, since bases are expressions like any other; what stands for good is kept here."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._ancestry: dict[Class, list[Definition]] = {}
        self._members: dict[Class, frozenset[Class]] = {}

    def ancestry(self, one: Class, compute: Work) -> list[Definition]:
        """The class itself and its ancestors; only itself while they are being looked for."""
        known = self._ancestry.get(one)
        if known is not None:
            return known
        alone = [Definition(*one)]
        found, stands = self._memory.standing(
            lambda: self._memory.kept(("ancestry", *one), 0, compute, alone)
        )
        if stands:
            self._ancestry[one] = found
        return found

    def members(self, one: Class, ancestry: list[Definition]) -> frozenset[Class]:
        """The ``ancestry`` of class ``one``, to look classes up in."""
        found = self._members.get(one)
        if found is None:
            found = frozenset((other.path, other.scope) for other in ancestry)
            if one in self._ancestry:
                self._members[one] = found
        return found

    def heirs(self, one: Class, generation: int, compute: Work) -> list[Definition]:
        """The heirs of a class among the files that are loaded in this ``generation`` of the program."""
        return self._memory.kept(("heirs", *one), generation, compute, [])
