"""A patch that a person has taken parts out of, checked against what repoint would do now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from migrate.errors import UsageError
from migrate.review.diff import patch
from migrate.review.pieces import Piece, name_in_patch, pieces
from migrate.rewrite.alone import alone
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.rewrite.selection import selected


def trimmed(proposal: Proposal, kept: bytes) -> Proposal:
    """``proposal`` with only the changes that the patch ``kept`` still holds.

    Raises UsageError where the patch is not what repoint would do now, or holds a change in part: parts that
    were decided together are made together.
    """
    names = {name_in_patch(one.path): one.path for one in proposal.changes}
    wanted = [_named(one, names) for one in pieces(kept)]
    offered = set(_of(proposal.changes))
    for piece in wanted:
        if piece not in offered:
            raise UsageError(
                f"{piece}: not what repoint would change there now; make the patch anew, or take this out"
            )
    result = selected(proposal, _whole_changes(proposal, set(wanted), offered))
    _compare(result, wanted)
    return result


def _whole_changes(proposal: Proposal, wanted: set[Piece], offered: set[Piece]) -> set[str]:
    """The ids of the changes all of whose parts are wanted. Raises UsageError for one that is torn."""
    sources = {one.path: one.source for one in proposal.changes}
    left_out = offered - wanted
    found = set()
    for change, files in alone(proposal.applied, sources.get).items():
        own = list(_of(files))
        missing, present = _touching(left_out, own), _touching(wanted, own)
        if present and missing:
            raise UsageError(
                f"{present[0]} and {min(missing)} belong to one change ({change}); keep both or take both out"
            )
        if present or not missing:
            found.add(change)
    return found


def _touching(found: Iterable[Piece], own: Sequence[Piece]) -> list[Piece]:
    """Those of ``found``, imports aside, that change lines which one of ``own`` changes."""
    return [one for one in found if any(one.touches(mine) for mine in own) and not _imports(one)]


def _compare(result: Proposal, wanted: Sequence[Piece]) -> None:
    """Raises UsageError where the kept changes do not give exactly the patch: an import that is not needed
    any more, or one that is missing."""
    given, asked = set(_of(result.changes)), set(wanted)
    if asked - given:
        raise UsageError(f"{min(asked - given)}: nothing that was kept needs it; take it out too")
    if given - asked:
        raise UsageError(f"{min(given - asked)}: what was kept needs it; keep it too")


def _of(changes: Iterable[FileChange]) -> Iterable[Piece]:
    for change in changes:
        for piece in pieces(patch([change])):
            yield msgspec.structs.replace(piece, path=change.path)


def _named(piece: Piece, names: dict[str, str]) -> Piece:
    if piece.path not in names:
        raise UsageError(f"{piece.path}: repoint would not change this file now; make the patch anew")
    return msgspec.structs.replace(piece, path=names[piece.path])


def _imports(piece: Piece) -> bool:
    """Whether a piece only adds imports: several changes may share one."""
    lines = [line.strip() for line in piece.added if line.strip()]
    return not piece.removed and all(line.startswith(("import ", "from ")) for line in lines)
