"""The changes of a Proposal as a person is shown them, one at a time: each whole, with all its files."""

from __future__ import annotations

import msgspec

from migrate.findings.finding import Finding
from migrate.rewrite.alone import alone
from migrate.rewrite.proposal import FileChange, Proposal


class Card(msgspec.Struct, frozen=True):
    """One logical change: what it cures, and the files as they would be with it alone."""

    change: str
    findings: tuple[Finding, ...]
    files: tuple[FileChange, ...]

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(one.rule for one in self.findings)

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(one.path for one in self.files)


def cards(proposal: Proposal) -> list[Card]:
    """One card a change, in the order of their places; a change that alters no text has none."""
    sources = {one.path: one.source for one in proposal.changes}
    files = alone(proposal.applied, sources.get)
    members: dict[str, list[Finding]] = {}
    for one in proposal.applied:
        members.setdefault(one.change, []).append(one)
    found = [Card(change, tuple(group), files.get(change, ())) for change, group in members.items()]
    return sorted((one for one in found if one.files), key=lambda one: one.findings[0].place)
