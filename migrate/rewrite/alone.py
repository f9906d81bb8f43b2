"""Every change made alone, for reports that offer it as a fix: proved new texts of the files it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from migrate.errors import ProofError
from migrate.rewrite.grouping import contradicting
from migrate.rewrite.proposal import FileChange
from migrate.rewrite.selection import edits_in, rewritten

if TYPE_CHECKING:
    from migrate.findings.finding import FileEdit, Finding
    from migrate.sources.source import Source


def alone(
    findings: Iterable[Finding], source_of: Callable[[str], Source | None]
) -> Mapping[str, tuple[FileChange, ...]]:
    """The files that each change (by its id) changes; one that cannot be proved by itself is left out."""
    members: dict[str, list[Finding]] = {}
    for one in findings:
        if one.edits:
            members.setdefault(one.change, []).append(one)
    made = {}
    for change, group in members.items():
        edits = [edit for one in group for edit in one.edits]
        files = None if contradicting(edits) else _files(edits, group, source_of)
        if files:
            made[change] = files
    return made


def _files(
    edits: list[FileEdit], group: list[Finding], source_of: Callable[[str], Source | None]
) -> tuple[FileChange, ...] | None:
    rules = tuple(sorted({one.rule for one in group}))
    found = []
    for path in sorted({one.path for one in edits}):
        source = source_of(path)
        if source is None:
            return None
        try:
            text = rewritten(source, edits_in(path, edits))
        except ProofError:
            return None
        if text != source.text:
            found.append(FileChange(source, text, rules))
    return tuple(found)
