"""What is suspect, and how that spreads. A key is a plain name, of an attribute or a class; a name with the
place it stands in, where it is told apart; or one of those below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

ALWAYS = ("", "always")
"""What is suspect whatever else is."""


def result_of(name: str) -> Hashable:
    """What functions of that name give."""
    return (name, "()")


def given_back(name: str) -> Hashable:
    """What the functions give that functions of that name give back."""
    return (name, "()()")


def handed_to(name: str) -> Hashable:
    """What functions of that name call the functions with that they are given."""
    return (name, "handed")


def keyword(name: str) -> Hashable:
    """What is passed under that name."""
    return (name, "keyword")


def stored(name: str) -> Hashable:
    """What is put into something under that name, from outside of it."""
    return (name, "stored")


def receiver_of(name: str) -> Hashable:
    """What ``self`` is in the methods of classes of that name."""
    return (name, "self")


class Spreading:
    """``reached`` are the keys that are suspect, while what leads to others is still being added."""

    def __init__(self) -> None:
        self.reached: set[Hashable] = {ALWAYS}
        self._leads: defaultdict[Hashable, list[Hashable]] = defaultdict(list)

    def join(self, source: Hashable, target: Hashable) -> None:
        """Where ``source`` is suspect, ``target`` is; an empty one is nothing."""
        if source in self.reached:
            self._reach(target)
        else:
            self._leads[source].append(target)

    def _reach(self, target: Hashable) -> None:
        queue = [target]
        for one in queue:
            if one and one not in self.reached:
                self.reached.add(one)
                queue += self._leads.pop(one, ())
