"""What would be changed, and why: the Proposal that check, diff and apply share. Writes nothing."""

from __future__ import annotations

import msgspec

from migrate.findings.finding import Finding
from migrate.sources.source import Outcome, Source


class FileChange(msgspec.Struct, frozen=True):
    """The proved new text of one file; ``rules`` are those whose findings it cures."""

    source: Source
    new_text: str
    rules: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.source.path


class Proposal(msgspec.Struct, frozen=True):
    """All findings, the changes that cure the ``applied`` ones, and the outcome of every other file.

    ``findings`` holds every finding, applied ones included, sorted by place. ``outcomes`` are the files
    that could not be read, parsed or proved; a file without an outcome or a change is unchanged.
    ``ignored`` are findings that comments switch off, ``known`` those that the baseline accepts; they are
    not among the others.
    """

    findings: tuple[Finding, ...]
    applied: tuple[Finding, ...]
    changes: tuple[FileChange, ...]
    outcomes: tuple[Outcome, ...]
    ignored: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()

    @property
    def left(self) -> tuple[Finding, ...]:
        """The findings that stay for a person."""
        cured = {id(finding) for finding in self.applied}
        return tuple(finding for finding in self.findings if id(finding) not in cured)
