"""Which files may be written: what a person has not committed is left alone, and what belongs with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from migrate.review.records import Run
from migrate.review.uncommitted import Standing, standings
from migrate.rewrite.proposal import Proposal
from migrate.rewrite.selection import selected, touching
from migrate.sources.source import Outcome

# ``committed``: a file must be as it was committed. ``staged``: what is staged counts as looked after, as in
# a pre-commit hook. ``any``: --allow-dirty. ``strict``: like committed, repoint's own earlier texts too.
Care: TypeAlias = Literal["committed", "staged", "any", "strict"]

_WHY: dict[Standing, str] = {
    "staged": "has uncommitted changes",
    "modified": "has uncommitted changes",
    "untracked": "is new and not committed",
    "unknown": "git does not say whether it has uncommitted changes",
}
_FINE: dict[Care, tuple[Standing, ...]] = {
    "committed": ("clean", "outside"),
    "staged": ("clean", "outside", "staged"),
    "strict": ("clean", "outside"),
    "any": ("clean", "outside", "staged", "modified", "untracked", "unknown"),
}


class Admitted(msgspec.Struct, frozen=True):
    """``proposal`` is what may be written, ``outcomes`` what becomes of the other files, ``standings`` how
    each file stands with git."""

    proposal: Proposal
    outcomes: tuple[Outcome, ...]
    standings: dict[str, Standing]


def admitted(root: Path, proposal: Proposal, runs: Sequence[Run], care: Care) -> Admitted:
    """The part of ``proposal`` that ``care`` allows. A change is left out whole: where one of its files may
    not be written, its part in the others is not either."""
    known = standings(root, [one.path for one in proposal.changes])
    if care != "strict":
        known = _without_own(proposal, known, runs)
    refused = {path: _reason(known[path], care) for path in known if known[path] not in _FINE[care]}
    if not refused:
        return Admitted(proposal, (), known)
    kept = {one.change for one in proposal.applied} - touching(proposal.applied, refused)
    rest = selected(proposal, kept)
    allowed = tuple(one for one in rest.changes if one.path not in refused)  # some belong to no finding
    rest = msgspec.structs.replace(rest, changes=allowed)
    failed = rest.outcomes[len(proposal.outcomes) :]
    written = {one.path for one in rest.changes} | {one.path for one in failed}
    skipped = [Outcome(path, "skipped", reason) for path, reason in refused.items()]
    for change in proposal.changes:
        if change.path not in refused and change.path not in written:
            because = _companion(proposal, change.path, refused)
            reason = f"not written: it belongs together with {because}, which {_WHY[known[because]]}"
            skipped.append(Outcome(change.path, "skipped", reason))
    return Admitted(rest, (*skipped, *failed), known)


def _without_own(
    proposal: Proposal, known: Mapping[str, Standing], runs: Sequence[Run]
) -> dict[str, Standing]:
    """``known``, where a text that repoint itself left counts as the one it was made from: nobody's work is
    in it but what was there before."""
    before: dict[tuple[str, str], Standing] = {}
    for run in reversed(runs):
        for file in run.files:
            before |= {(file.path, one): file.standing for one in file.texts}
    return {
        one.path: before.get((one.path, one.source.digest), known[one.path])
        if known[one.path] in ("staged", "modified")
        else known[one.path]
        for one in proposal.changes
    }


def _reason(standing: Standing, care: Care) -> str:
    what = "them" if standing in ("staged", "modified") else "it"
    if standing == "unknown":
        return f"{_WHY[standing]}; see what git status says, or give --allow-dirty"
    if care == "strict":
        return f"{_WHY[standing]}; commit {what} first"
    if care == "staged":
        return f"{_WHY[standing]}; stage or commit {what}, or give --allow-dirty"
    return f"{_WHY[standing]}; commit {what} or give --allow-dirty"


def _companion(proposal: Proposal, path: str, refused: Collection[str]) -> str:
    """The first refused file that shares a change with ``path``, maybe by way of a file that failed."""
    ids = touching(proposal.applied, {path})
    paths = (edit.path for one in proposal.applied if one.change in ids for edit in one.edits)
    return next((one for one in paths if one in refused), min(refused))
