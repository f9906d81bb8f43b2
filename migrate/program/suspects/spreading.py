"""What is suspect, and how that spreads. A key is a plain name, of an attribute of an object or a class; a
name with the place it stands in, where it is told apart; or one of those below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeAlias

from migrate.program.suspects.reaching import OF_BUILTINS

ALWAYS = ("", "always")
"""What is suspect whatever else is."""
CALLABLE = ("", "callable")
"""What is a function, method or class of a package whatever else is."""


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


def exported(name: str) -> Hashable:
    """What modules offer under that name, which others import."""
    return (name, "exported")


def stored(name: str) -> Hashable:
    """What is put into something under that name, from outside of it."""
    return (name, "stored")


def receiver_of(name: str) -> Hashable:
    """What ``self`` is in the methods of classes of that name."""
    return (name, "self")


Sources: TypeAlias = tuple[Sequence[Hashable], Sequence[Hashable], Sequence[Hashable]]
"""The keys that an expression owes being suspect to: those of which it stands for the same, those for an
object that they make or hold, and those of which it is a method."""


def _name_of(key: Hashable) -> Hashable:
    """The name that a key is about: it is that, or has it behind a place or before what it stands for."""
    return (key[2] if len(key) > 2 else key[0]) if isinstance(key, tuple) else key


class Spreading:
    """``reached`` are the keys that are suspect, while what leads to others is still being added;
    ``callables`` those of them that may stand for a function, a method or a class itself, not only for what
    one makes or is found on; ``called`` are the names in those keys."""

    def __init__(self) -> None:
        self.reached: set[Hashable] = {ALWAYS, CALLABLE}
        self.callables: set[Hashable] = {CALLABLE}
        self.called: set[Hashable] = set()
        self._alike: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
        self._objects: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
        self._methods: defaultdict[Hashable, list[Hashable]] = defaultdict(list)

    def join(self, source: Hashable, target: Hashable) -> None:
        """``target`` stands for what ``source`` does; an empty one for nothing."""
        if source in self.callables:
            self._reach(target, True)
        else:
            if source in self.reached:
                self._reach(target, False)
            self._alike[source].append(target)

    def join_object(self, source: Hashable, target: Hashable) -> None:
        """Where ``source`` is suspect, ``target`` is, but as an object only."""
        if source in self.reached:
            self._reach(target, False)
        else:
            self._objects[source].append(target)

    def join_all(self, sources: Sources, target: Hashable) -> None:
        """``target`` stands for one of the ``sources``."""
        alike, objects, methods = sources
        for one in alike:
            self.join(one, target)
        for one in objects:
            self.join_object(one, target)
        for one in methods:
            if one in self.reached:
                self._reach(target, True)
            else:
                self._methods[one].append(target)

    def _reach(self, target: Hashable, as_callable: bool) -> None:
        if target in self.callables or (target in self.reached and not as_callable):
            return
        queue = [(target, as_callable)]
        for one, wanted in queue:
            called = wanted and one not in OF_BUILTINS
            if not one or one in self.callables or (one in self.reached and not called):
                continue
            if one not in self.reached:
                self.reached.add(one)
                queue += ((other, False) for other in self._objects.pop(one, ()))
                queue += ((other, True) for other in self._methods.pop(one, ()))
            if called:
                self.callables.add(one)
                self.called.add(_name_of(one))
                queue += ((other, True) for other in self._alike.pop(one, ()))
            else:
                queue += ((other, False) for other in self._alike.get(one, ()))
