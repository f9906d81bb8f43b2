"""What an expression holds of an answer, as far as stage ``sdk`` follows it. Plain records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from migrate.sources.place import Place

Kind: TypeAlias = Literal["other", "nothing", "empty", "answer", "list", "stream", "either", "mixed"]


class Held(msgspec.Struct, frozen=True):
    """What a value is, of an answer to one of the calls at ``sources``.

    ``other`` is anything else, ``nothing`` a value that stands for no answer yet (None, ""), ``empty`` a new
    list. ``answer`` names what it is, what a list holds, or what a stream yields; ``either`` is an answer or
    a stream of ``pieces``. ``whole`` tells what a call returned from a part of that. ``waits``: it has to be
    awaited first; ``later``: each item of the list has to be. ``plain``: the answer is made the dict that it
    was in 0.x where it is given. ``mixed`` may be an answer or something else.
    """

    kind: Kind = "other"
    answer: str = ""
    pieces: str = ""
    whole: bool = False
    waits: bool = False
    later: bool = False
    plain: bool = False
    sources: frozenset[Place] = frozenset()

    @property
    def tracked(self) -> bool:
        """Whether it has anything to do with an answer."""
        return bool(self.sources)


ANY = "*"  # in place of the name of an answer made a dict: it, any part of it, or something else
OTHER = Held()
NOTHING = Held("nothing")
EMPTY = Held("empty")


def join(one: Held, two: Held) -> Held:
    """What is one of two things."""
    sources = one.sources | two.sources
    for first, second in ((one, two), (two, one)):
        if first.kind == "nothing" or (first.kind == "empty" and second.kind == "list"):
            return msgspec.structs.replace(second, sources=sources)
    if msgspec.structs.replace(one, sources=sources) == msgspec.structs.replace(two, sources=sources):
        return msgspec.structs.replace(one, sources=sources)
    if _are_dicts(one, two):
        whole = one.whole or two.whole
        return Held("answer", ANY, whole=whole, waits=one.waits or two.waits, plain=True, sources=sources)
    return Held("mixed", sources=sources) if sources else OTHER


def _are_dicts(one: Held, two: Held) -> bool:
    """Whether two different things are dicts, their parts, or something that is no answer at all."""
    plain = all(held.plain or not held.tracked for held in (one, two)) and (one.plain or two.plain)
    return plain and not one.later and not two.later and one.waits == two.waits


def joined(values: Iterable[Held]) -> Held:
    """What is one of several things; nothing where there are none."""
    result = NOTHING
    for one in values:
        result = join(result, one)
    return result


def awaited(held: Held) -> Held:
    return msgspec.structs.replace(held, waits=False) if held.waits else held


def item(held: Held) -> Held:
    """What iterating over ``held`` gives."""
    if held.kind == "list":
        return Held("answer", held.answer, waits=held.later, plain=held.plain, sources=held.sources)
    if held.kind in ("stream", "either"):
        name = held.answer if held.kind == "stream" else held.pieces
        return Held("answer", name, whole=True, plain=held.plain, sources=held.sources)
    if held.plain and held.kind == "answer" and not held.waits:
        return held if held.answer == ANY else OTHER  # the keys of a dict
    return Held("mixed", sources=held.sources) if held.tracked else OTHER
