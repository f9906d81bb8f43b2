"""Findings in, Proposal out: which changes are made, and the proved new text of every file they touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog import Catalog
from migrate.errors import ProofError
from migrate.findings.finding import Finding
from migrate.program.inventory import Inventory
from migrate.rewrite.find import find
from migrate.rewrite.grouping import contradicting
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.rewrite.selection import edits_in, rewritten
from migrate.settings import Settings
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from migrate.findings.baseline import Baseline


def propose(
    inventory: Inventory, settings: Settings, catalog: Catalog, baseline: Baseline | None = None
) -> Proposal:
    """Everything that is wrong, and what would be changed under ``settings``.

    A change that cannot be made in one of its files is made in none, and becomes a manual finding; a
    file whose new text cannot be proved is failed. Raises SettingsError for a model or gateway that the
    catalog does not know.
    """
    found = find(inventory, settings, catalog, baseline)
    changes = _chosen(found.findings, inventory, settings)
    attempt = _Attempt(inventory)
    while attempt.refuse(changes):
        changes = {name: group for name, group in changes.items() if name not in attempt.refused}
    applied = tuple(finding for group in changes.values() for finding in group)
    left = tuple(_refused(finding, attempt.refused) for finding in found.findings)
    outcomes = (*inventory.outcomes, *attempt.failed.values())
    return Proposal(left, applied, attempt.texts(changes), outcomes, found.ignored, found.known)


def _chosen(found: Sequence[Finding], inventory: Inventory, settings: Settings) -> dict[str, list[Finding]]:
    """The changes to make, by id: whole ones, safe ones unless more is included."""
    by_change: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.edits:
            by_change.setdefault(finding.change, []).append(finding)
    editable = inventory.editable
    allowed = {"safe", "review"} if settings.include_review else {"safe"}
    chosen = {}
    for name, group in by_change.items():
        edits = [edit for finding in group for edit in finding.edits]
        inside = all(edit.path in editable for edit in edits)
        if inside and {one.safety for one in group} <= allowed and not contradicting(edits):
            chosen[name] = group
    return chosen


def _refused(finding: Finding, refused: Mapping[str, str]) -> Finding:
    if not finding.edits or finding.change not in refused:
        return finding
    cure = f"{finding.cure}, by hand: {refused[finding.change]}"
    return msgspec.structs.replace(finding, safety="manual", edits=(), cure=cure)


class _Attempt:
    """Tries changes on the files they touch. ``refused`` holds why each change that cannot be made is
    not, by its id; ``failed`` the files whose new text could not be proved."""

    def __init__(self, inventory: Inventory) -> None:
        self.refused: dict[str, str] = {}
        self.failed: dict[str, Outcome] = {}
        self._inventory = inventory
        self._done: dict[tuple[str, tuple[str, ...]], FileChange] = {}

    def refuse(self, changes: Mapping[str, list[Finding]]) -> bool:
        """Tries all ``changes``; whether some of them turned out not to be possible."""
        before = len(self.refused)
        for path in _paths(changes):
            names = tuple(name for name, group in changes.items() if any(one.touches(path) for one in group))
            try:
                self._change(path, names, changes)
            except ProofError as error:
                self._blame(path, names, changes, error)
        return len(self.refused) > before

    def texts(self, changes: Mapping[str, list[Finding]]) -> tuple[FileChange, ...]:
        """The new text of every file that ``changes``, which have been tried, change."""
        found = []
        for path in _paths(changes):
            names = tuple(name for name, group in changes.items() if any(one.touches(path) for one in group))
            change = self._change(path, names, changes)
            if change.new_text != change.source.text:
                found.append(change)
        return tuple(found)

    def _blame(
        self, path: str, names: Sequence[str], changes: Mapping[str, list[Finding]], error: ProofError
    ) -> None:
        """Finds the changes that fail alone; where none does, all of the file are refused."""
        blamed: dict[str, ProofError] = {}
        for name in names:
            try:
                self._change(path, (name,), changes)
            except ProofError as own:
                blamed[name] = own
        for name in blamed or names:
            reason = blamed.get(name, error)
            self.refused[name] = str(reason)
            if reason.rule == "proof":
                rules = ", ".join(sorted({finding.rule for finding in changes[name]}))
                self.failed[path] = Outcome(path, "failed", f"{rules} not applied: {reason}")

    def _change(self, path: str, names: tuple[str, ...], changes: Mapping[str, list[Finding]]) -> FileChange:
        """The file with the changes ``names`` made. Raises ProofError."""
        key = (path, names)
        if key not in self._done:
            findings = [one for name in names for one in changes[name] if one.touches(path)]
            edits = [edit for finding in findings for edit in edits_in(path, finding.edits)]
            source = self._inventory.file(path)
            assert source is not None, path
            text = rewritten(source, edits)
            self._done[key] = FileChange(source, text, tuple(sorted({one.rule for one in findings})))
        return self._done[key]


def _paths(changes: Mapping[str, list[Finding]]) -> list[str]:
    return sorted({edit.path for group in changes.values() for one in group for edit in one.edits})
