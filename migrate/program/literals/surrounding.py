"""One mention of a model id with the syntax around it, and how often its function is given such ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import msgspec

from migrate.facts.records import FileFacts, Holder, Mention, Scope

# More ids than this, side by side, are a list of what there is: nobody chooses between so many in one place.
MOST_CHOICES = 4


class Mentioned(msgspec.Struct, frozen=True):
    """A mention in its file. ``holders`` are around it, the nearest first."""

    mention: Mention
    holders: tuple[Holder, ...]
    scope: Scope
    registered: bool

    @property
    def call(self) -> Holder | None:
        """The call that the mention is an argument of, itself or as an item of a display passed to it."""
        for holder in self.holders:
            if holder.kind == "call":
                return holder
            if holder.kind != "sequence":
                return None
        return None

    def inside(self, kind: str) -> Holder | None:
        """The nearest holder of that kind."""
        return next((one for one in self.holders if one.kind == kind), None)


def mentioned_in(facts: FileFacts, is_id: Callable[[str], bool]) -> Iterator[Mentioned]:
    """Every string of the file that is a model id as a whole."""
    found = [one for one in facts.mentions if one.value and is_id(one.value)]
    registers = _registers(facts, found)
    for one in found:
        yield mentioned(facts, one, _register(facts, one) in registers)


def mentioned(facts: FileFacts, one: Mention, registered: bool = False) -> Mentioned:
    """A mention with what is around it; ``registered`` says that its function is given many such ids."""
    return Mentioned(one, tuple(around(facts, one)), facts.scopes[one.scope], registered)


def around(facts: FileFacts, mention: Mention) -> Iterator[Holder]:
    """The holders around a mention, the nearest first."""
    index = mention.holder
    while index >= 0:
        holder = facts.holders[index]
        yield holder
        index = holder.parent


def _register(facts: FileFacts, mention: Mention) -> tuple[str, str] | None:
    """Function and argument, where the mention is passed to one."""
    if mention.context != "argument":
        return None
    return facts.holders[mention.holder].name, mention.detail


def _registers(facts: FileFacts, found: list[Mention]) -> set[tuple[str, str] | None]:
    """The functions that one file gives so many different ids that it registers what there is."""
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in found:
        register = _register(facts, one)
        if register is not None:
            given[register].add(one.value)
    return {register for register, ids in given.items() if len(ids) > MOST_CHOICES}
