"""Which bindings of a name can reach a place in the same scope. Follows branches, loops and ``try``;
knows nothing of values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate.facts.builder import ELSEWHERE
from migrate.facts.expressions import Guard
from migrate.facts.records import Binding, Block, FileFacts, Group, Position

END: Position = (1 << 60, 0)


class Flow:
    """The control flow of one file, prepared for many questions."""

    def __init__(self, facts: FileFacts) -> None:
        self._blocks: tuple[Block, ...] = facts.blocks
        self._groups: tuple[Group, ...] = facts.groups
        self._inside: dict[int, list[Group]] = {}
        for group in facts.groups:
            parent = facts.blocks[group.blocks[0]].parent
            self._inside.setdefault(parent, []).append(group)
        self._closed: dict[int, Position] = {}
        told = [*(one.guards for one in facts.blocks), *(one.after for one in facts.groups)]
        self._subjects = frozenset(guard.subject for guards in told for guard in guards)

    def is_guarded(self, subject: str) -> bool:
        """Whether any test of the file says something about ``subject``."""
        return subject in self._subjects

    def guards(self, subject: str, block: int, position: Position) -> list[tuple[Position, Guard]]:
        """What tests say of ``subject`` at ``position`` in ``block``, and from where on."""
        found: list[tuple[Position, Guard]] = []
        while block >= 0:
            for group in self._inside.get(block, ()):
                if group.start < position:
                    found += [(group.start, one) for one in group.after if one.subject == subject]
            here = self._blocks[block]
            found += [(here.start, one) for one in here.guards if one.subject == subject]
            block, position = here.parent, here.start
        return found

    def instead(
        self, subject: str, binding: Binding, block: int, bindings: Iterable[Binding]
    ) -> tuple[Guard, ...]:
        """What is known of a name, seen from ``block``, where ``binding``, in an arm that a test of the name
        opens, is not what it was given last: the test came out the other way."""
        around = set(self._around(block))
        here = self._blocks[binding.block]
        if binding.block in around or here.group == ELSEWHERE:
            return ()
        group = self._groups[here.group]
        if group.kind != "choice" or self._passed_by(here.parent, around, {one.block for one in bindings}):
            return ()
        first = group.blocks[0]
        told = group.failed if binding.block == first else self._blocks[first].guards
        return tuple(one for one in told if one.subject == subject) if len(group.blocks) <= 2 else ()

    def _passed_by(self, block: int, around: set[int], bound: set[int]) -> bool:
        """Whether control can come from outside of ``block`` to where ``around`` meets it, and the name not
        be given another value in one of the blocks ``bound``."""
        while block not in around:
            here = self._blocks[block]
            if here.group == ELSEWHERE or self._groups[here.group].kind != "choice":
                return True
            group = self._groups[here.group]
            others = [one for one in group.blocks if one != block]
            if not group.exhaustive or any(
                one not in bound and not self._blocks[one].leaves for one in others
            ):
                return True
            block = here.parent
        return False

    def _around(self, block: int) -> Iterator[int]:
        while block >= 0:
            yield block
            block = self._blocks[block].parent

    def reaching(
        self, bindings: tuple[Binding, ...], home: int, block: int, position: Position
    ) -> tuple[list[Binding], bool]:
        """The bindings of scope ``home`` that ``position`` in ``block`` may see, latest first, and whether
        one of them is always seen (then nothing from before or from an outer scope is)."""
        if len(bindings) == 1:
            only = bindings[0]
            if only.scope == home and only.block == block and only.value is not None and only.at <= position:
                return [only], True
        bound = _Bound(self._blocks, bindings)
        found = [one for one in bindings if one.scope != home]
        whole = self._climb(bound, block, position, found)
        return list(dict.fromkeys(found)), whole

    def _climb(self, bound: _Bound, block: int, position: Position, found: list[Binding]) -> bool:
        while True:
            if self._collect(bound, block, position, found):
                return True
            here = self._blocks[block]
            if here.group == ELSEWHERE:
                return False
            group = self._groups[here.group]
            if group.kind == "loop":
                self._collect(bound, block, END, found)
            elif group.kind == "try" and block != group.blocks[0]:
                self._collect(bound, group.blocks[0], END, found)
            block, position = here.parent, group.start

    def _collect(self, bound: _Bound, block: int, before: Position, found: list[Binding]) -> bool:
        """Adds what ``block`` binds before a position; returns whether it always binds the name."""
        if block not in bound.around:
            return self._is_closed(block, before)
        events: list[tuple[Position, Binding | Group]] = [
            (one.at, one) for one in bound.by_block.get(block, ()) if one.at <= before
        ]
        events += [(one.start, one) for one in self._inside.get(block, ()) if one.start < before]
        events.sort(key=lambda event: event[0], reverse=True)
        for _, event in events:
            if isinstance(event, Binding):
                found.append(event)
                return True
            if self._collect_group(bound, event, found):
                return True
        return False

    def _collect_group(self, bound: _Bound, group: Group, found: list[Binding]) -> bool:
        always = group.exhaustive
        for block in group.blocks:
            if self._blocks[block].leaves and group.kind == "choice":
                continue
            binds = self._collect(bound, block, END, found)
            always = always and (binds or self._blocks[block].leaves)
        return always

    def _is_closed(self, block: int, before: Position) -> bool:
        """Whether control never comes from the start of a block to a position in it: every arm of a choice
        before that leaves."""
        if block not in self._closed:
            inside = self._inside.get(block, ())
            self._closed[block] = min((one.start for one in inside if self._leaves(one)), default=END)
        return self._closed[block] < before

    def _leaves(self, group: Group) -> bool:
        return group.exhaustive and all(
            self._blocks[one].leaves or self._is_closed(one, END) for one in group.blocks
        )


class _Bound:
    """The bindings of a name ``by_block``, and the blocks that hold one or are ``around`` one that does."""

    def __init__(self, blocks: tuple[Block, ...], bindings: Iterable[Binding]) -> None:
        self.by_block: dict[int, list[Binding]] = {}
        for one in bindings:
            if one.value is not None:  # a declaration (``x: int``) binds nothing
                self.by_block.setdefault(one.block, []).append(one)
        self.around: set[int] = set()
        for block in self.by_block:
            here = block
            while here >= 0 and here not in self.around:
                self.around.add(here)
                here = blocks[here].parent
