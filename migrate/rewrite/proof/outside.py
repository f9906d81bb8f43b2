"""Proves that the text outside the changed expressions is the same, character for character.

It trusts the trees to be as expected, and looks at text only.
"""

from __future__ import annotations

import io
import itertools
import tokenize
from collections import Counter
from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import (
    OF_IMPORTS,
    Edit,
    InsertAfter,
    NameArgument,
    Recast,
    RemoveStatement,
    RenameArgument,
    RenameEntry,
    ReplaceExpression,
    ReplaceText,
)
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.source import TextOffsets
from migrate.rewrite.proof.removing import kept_text
from migrate.rewrite.proof.stretches import prove_stretches
from migrate.rewrite.proof.uses import Region


def prove_outside(
    old: TextOffsets,
    new: TextOffsets,
    regions: Sequence[Region],
    edits: Sequence[Edit],
    removed: Sequence[tuple[int, int]] = (),
) -> None:
    """Raises ProofError unless ``new`` is ``old`` without ``removed`` and nothing but ``regions`` changed.

    The old text is cut at the regions; what lies between must stand between the same nodes of the new
    text, from its first character to its last. Inserted lines are empty in ``new``.
    """
    at_old = at_new = 0
    bounds = [*(region.start for region in regions), len(old.text)][1:]
    for region, bound in zip(regions, bounds, strict=True):
        piece = kept_text(old.text, at_old, region.start, removed)
        if not new.text.startswith(piece, at_new):
            raise ProofError("proof", f"text before line {region.node.lineno} changed outside the edits")
        start = at_new + len(piece)
        inside = _edits_in(old, region, edits)
        end = new.end_of(region.node)
        if any(isinstance(edit, (ReplaceExpression, Recast)) for edit in inside):
            end = _end(new, region, start, kept_text(old.text, region.end, bound, removed))
        elif start != new.start_of(region.node):
            raise ProofError("proof", f"line {region.node.lineno}: text beside an edited expression changed")
        at_old, at_new = region.end, end
        _prove_comments(old.text[region.start : region.end], new.text[start:end], inside)
        _prove_literal(old.text[region.start : region.end], new.text[start:end], inside)
        prove_stretches(old, (region.start, region.end), new.text[start:end], inside)
    if kept_text(old.text, at_old, len(old.text), removed) != new.text[at_new:]:
        raise ProofError("proof", "text outside the edits changed behind the last of them")


def _end(new: TextOffsets, region: Region, start: int, follows: str) -> int:
    """Where the region ends in the new text: with its node, or with parentheses that the node needs."""
    end = new.end_of(region.node)
    opened = new.text[start : new.start_of(region.node)]
    if not opened:
        return end
    at = new.text.find(follows, end)
    if at < 0 or opened.strip(" \t\r\n(") or new.text[end:at].strip(" \t\r\n)"):
        raise ProofError("proof", f"line {region.node.lineno}: text beside an edited expression changed")
    return at


def _edits_in(old: TextOffsets, region: Region, edits: Sequence[Edit]) -> list[Edit]:
    found: list[Edit] = []
    for edit in edits:
        if not isinstance(edit, (*OF_IMPORTS, InsertAfter, RemoveStatement)):
            start, end = old.offsets(edit.span)
            if region.start <= start and end <= region.end:
                found.append(edit)
    return found


def _prove_literal(old: str, new: str, edits: Sequence[Edit]) -> None:
    """In a literal with one new text, nothing but the old text may differ: no quote, prefix or escape."""
    if len(edits) == 1 and isinstance(edits[0], ReplaceText) and edits[0].within is None:
        head = _same(old, new)
        tail = _same(old[head:][::-1], new[head:][::-1])
        changed = old[head : len(old) - tail].replace("\r\n", "\n")
        if changed not in edits[0].old:
            raise ProofError("proof", f"{where(edits[0])}: more than {edits[0].old!r} changed in the literal")


def _same(one: str, two: str) -> int:
    """How many characters both begin with."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return sum(1 for _ in pairs)


def _prove_comments(old: str, new: str, edits: Sequence[Edit]) -> None:
    """Comments may go only with something that is removed or replaced."""
    if "#" in old and all(
        isinstance(edit, (ReplaceText, RenameArgument, RenameEntry, NameArgument, Recast)) for edit in edits
    ):
        lost = Counter(_comments(old)) - Counter(_comments(new))
        if lost:
            raise ProofError("proof", f"{where(edits[0])}: the comment {next(iter(lost))!r} would be lost")


def _comments(source: str) -> list[str]:
    try:
        tokens = tokenize.generate_tokens(io.StringIO(f"(\n{source}\n)").readline)
        return [token.string for token in tokens if token.type == tokenize.COMMENT]
    except (tokenize.TokenError, SyntaxError) as error:
        raise ProofError("proof", "an edited region cannot be read for its comments") from error
