"""Writes a Proposal to disk: each file whole or not at all, and changes that belong together all or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from migrate.findings.finding import Finding
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.sources.source import Outcome
from migrate.sources.writing import unchanged_since, write, write_atomically


def apply_changes(proposal: Proposal) -> tuple[Outcome, ...]:
    """Writes every change and says how each file ended, sorted by path. Never raises for the file system.

    A file that changed since it was read is ``failed`` and the rest goes on, save for the files that share
    a finding's ``change`` with it: a new address without its new key would send the old key there.
    """
    outcomes: list[Outcome] = []
    for group in _groups(proposal.changes, proposal.applied):
        outcomes += write_together(group)
    return tuple(sorted(outcomes))


def _groups(changes: Sequence[FileChange], applied: Iterable[Finding]) -> list[list[FileChange]]:
    """The changes, split so that no ``change`` of a finding spans two groups."""
    group_of = {change.path: index for index, change in enumerate(changes)}
    for paths in _together(applied):
        present = [path for path in paths if path in group_of]
        joined = {group_of[path] for path in present}
        for path, group in group_of.items():
            if group in joined:
                group_of[path] = min(joined)
    groups: dict[int, list[FileChange]] = {}
    for change in changes:
        groups.setdefault(group_of[change.path], []).append(change)
    return list(groups.values())


def _together(applied: Iterable[Finding]) -> list[list[str]]:
    """The files of each change that spans findings, and of each finding alone."""
    paths: dict[str, list[str]] = {}
    for index, finding in enumerate(applied):
        name = finding.change or f"finding {index}"
        paths.setdefault(name, []).extend(edit.path for edit in finding.edits)
    return list(paths.values())


def write_together(group: Sequence[FileChange]) -> list[Outcome]:
    """Writes the files of one group; where one of them cannot be, the others keep or get back their text."""
    stale = [change for change in group if not unchanged_since(change.source)]
    if stale:
        reason = "changed on disk since it was read; run again"
        failed = [Outcome(change.path, "failed", reason) for change in stale]
        return failed + [_held(one, stale[0].path) for one in group if one not in stale]
    written: list[FileChange] = []
    for change in group:
        outcome = write(change.source, change.new_text)
        if outcome.state == "failed":
            taken_back = [_taken_back(one, change.path) for one in written]
            later = group[len(written) + 1 :]
            return [*taken_back, outcome, *(_held(one, change.path) for one in later)]
        written.append(change)
    return [Outcome(change.path, "changed", _cured(change)) for change in group]


def _held(change: FileChange, because: str) -> Outcome:
    return Outcome(change.path, "failed", f"not written: it belongs together with {because}, which failed")


def _taken_back(change: FileChange, because: str) -> Outcome:
    source = change.source
    try:
        write_atomically(source.absolute, source.raw, source.mode)
    except OSError as error:
        why = error.strerror or str(error)
        return Outcome(
            change.path, "failed", f"written, but {because}, which belongs to it, failed; restore it: {why}"
        )
    return _held(change, because)


def _cured(change: FileChange) -> str:
    return ", ".join(change.rules)
