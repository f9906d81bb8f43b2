"""Which edits want which node: matched by the node's exact offsets, each edit ticked off when it is taken.

It refuses edits that cannot both be made, and changes nothing.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import TypeVar

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import (
    OF_IMPORTS,
    Edit,
    InsertAfter,
    Recast,
    RemoveItem,
    RemoveStatement,
    ReplaceText,
)
from migrate.rewrite.engine.cst_module import Offsets, Parsed
from migrate.rewrite.engine.edits import ArgumentEdit, EntryEdit, where
from migrate.rewrite.engine.source import TextOffsets, split_lines

_EditT = TypeVar("_EditT", bound=Edit)
_NOTHING = cst.Name("_")


class Targets:
    """The edits of one file by the offsets of what they change."""

    def __init__(self, parsed: Parsed, edits: Sequence[Edit]) -> None:
        lines = TextOffsets(split_lines(parsed.text))
        self._spans = parsed.spans
        self._edits: dict[Offsets, list[Edit]] = {}
        for edit in edits:
            if not isinstance(edit, OF_IMPORTS):
                self._edits.setdefault(lines.offsets(edit.span), []).append(edit)
        self._keys = sorted(self._edits)
        self._taken: set[int] = set()
        self._keeps = {id(edit): lines.offsets(edit.keep) for edit in edits if isinstance(edit, Recast)}
        self._kept: dict[Offsets, cst.BaseExpression] = dict.fromkeys(self._keeps.values(), _NOTHING)

    def at(self, node: cst.CSTNode) -> Sequence[Edit]:
        """The edits whose span is exactly this node's."""
        return self._edits.get(self._spans.get(node, (-1, -1)), ())

    def take(self, edits: list[_EditT]) -> list[_EditT]:
        """Ticks ``edits`` off."""
        self._taken.update(id(edit) for edit in edits)
        return edits

    def keep(self, node: cst.BaseExpression, new: cst.BaseExpression) -> None:
        """Remembers what became of ``node``, where a Recast keeps it."""
        span = self._spans.get(node, (-1, -1))
        if span in self._kept:
            self._kept[span] = new

    def kept(self, edit: Recast, node: cst.CSTNode, edits: Sequence[Edit]) -> cst.BaseExpression:
        """What became of the expression that ``edit``, at ``node``, keeps. Raises ProofError where there
        is none, and where another edit wants something of what does not stay."""
        start, end = self._keeps[id(edit)]
        found = self._kept[start, end]
        own_start, own_end = self._spans[node]
        if found is _NOTHING or not (own_start <= start and end <= own_end):
            raise ProofError("engine", f"{where(edit)}: there is no expression to keep at {edit.keep}")
        for key in self._keys[bisect.bisect_left(self._keys, (own_start, 0)) :]:
            if key[0] >= own_end:
                break
            inside = start <= key[0] and key[1] <= end
            for other in () if inside or key[1] > own_end else self._edits[key]:
                if other not in edits and not isinstance(other, InsertAfter):
                    raise ProofError(
                        "engine", f"{where(other)}: two edits contradict: {other!r} and {edit!r}"
                    )
        return found

    def starts_in(self, node: cst.CSTNode) -> bool:
        """Whether any edit's span starts inside ``node``, its decorators included."""
        if node not in self._spans:
            return False
        start, end = self._spans[node]
        for decorator in getattr(node, "decorators", ()):
            start = min(start, self._spans[decorator.decorator][0])
        at = bisect.bisect_left(self._keys, (start, 0))
        return at < len(self._keys) and self._keys[at][0] < end

    def refuse_others(self, node: cst.CSTNode, edits: Sequence[Edit]) -> None:
        """Raises ProofError where an edit outside ``edits`` wants something of ``node`` or inside it."""
        start, end = self._spans[node]
        for key in self._keys[bisect.bisect_left(self._keys, (start, 0)) :]:
            if key[0] >= end:
                return
            # A longer span that starts here too is a call of this expression, not a part of it.
            for other in self._edits[key] if key[1] <= end else ():
                if other not in edits and not isinstance(other, InsertAfter):
                    raise ProofError(
                        "engine", f"{where(other)}: two edits contradict: {other!r} and {edits[0]!r}"
                    )

    def refuse_inside(self, node: cst.CSTNode) -> None:
        """Raises ProofError where an edit points into ``node``, an f-string: before Python 3.12 the
        positions in it are wrong."""
        start, end = self._spans[node]
        for key in self._keys[bisect.bisect_left(self._keys, (start + 1, 0)) :]:
            if key[0] >= end:
                return
            place = where(self._edits[key][0])
            raise ProofError("engine", f"{place}: positions inside an f-string cannot be trusted")

    def refuse_left(self) -> None:
        """Raises ProofError for an edit that no node took."""
        for edits in self._edits.values():
            for edit in edits:
                if id(edit) not in self._taken:
                    kind = _kind(edit)
                    raise ProofError("engine", f"{where(edit)}: there is no {kind} at exactly this span")


def _kind(edit: Edit) -> str:
    if isinstance(edit, ArgumentEdit):
        return "call"
    if isinstance(edit, EntryEdit):
        return "dict"
    return _KINDS.get(type(edit), "expression")


_KINDS: dict[type, str] = {
    ReplaceText: "string",
    InsertAfter: "statement",
    RemoveStatement: "statement",
    RemoveItem: "list or tuple",
}
