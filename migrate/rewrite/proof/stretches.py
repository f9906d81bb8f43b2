"""Proves that beside the named stretches of a literal nothing differs, not even how something is spelled."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import Edit, ReplaceText
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.source import TextOffsets
from migrate.rewrite.engine.spelling import opening_of


def prove_stretches(old: TextOffsets, region: tuple[int, int], new: str, edits: Sequence[Edit]) -> None:
    """Raises ProofError unless ``new`` is the old text of ``region`` with only the stretches of ``edits``
    replaced. A part of a concatenation that is emptied may be gone, with the blanks on one side of it."""
    exact = [one for one in edits if isinstance(one, ReplaceText) and one.within is not None]
    if not exact or len(exact) < len(edits):
        return
    stretches = sorted(old.offsets(one.within) for one in exact if one.within is not None)
    emptied = sorted(_part(old, region, one) for one in exact)
    if not (_matches(old, region, new, stretches) or _matches(old, region, new, emptied)):
        raise ProofError("proof", f"{where(exact[0])}: the literal changed beside its edits")


def _matches(
    old: TextOffsets, region: tuple[int, int], new: str, stretches: Sequence[tuple[int, int]]
) -> bool:
    """Whether what lies around ``stretches`` stands in ``new``, in order, from its start to its end."""
    at, place = region[0], 0
    for start, end in stretches:
        kept = old.text[at:start]
        place = (0 if new.startswith(kept) else -1) if at == region[0] else new.find(kept, place)
        if place < 0:
            return False
        at, place = max(end, at), place + len(kept)
    return new[place:].endswith(old.text[at : region[1]])


def _part(old: TextOffsets, region: tuple[int, int], edit: ReplaceText) -> tuple[int, int]:
    """The whole part of a concatenation with the blanks on one side of it, where the edit empties it; else
    the stretch."""
    assert edit.within is not None
    start, end = old.offsets(edit.within)
    first, last = old.offsets(edit.span)
    prefix, quote = opening_of(old.text[first:last])
    if edit.new or start > first + len(prefix + quote) or end < last - len(quote):
        return start, end
    if last < region[1]:
        blanks = len(old.text[last : region[1]]) - len(old.text[last : region[1]].lstrip())
        return first, last + blanks
    return len(old.text[:first].rstrip()), last
