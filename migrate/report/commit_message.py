"""The message of a stage's commit: which rule changed what where, and what was left alone and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from migrate.findings.finding import Finding
from migrate.report.counts import number
from migrate.report.masking import mask
from migrate.settings import Topic
from migrate.sources.source import Outcome

_LEFT = 40  # findings left alone that are told one by one; the rest is a number


def commit_message(
    left: Sequence[Finding], stage: Topic, written: Sequence[Finding], skipped: Sequence[Outcome]
) -> str:
    """The message for a commit that cures ``written``; of ``left``, what belongs to ``stage`` is told, and
    every file that was ``skipped``."""
    files = {edit.path for one in written for edit in one.edits}
    places = {one.place for one in written}
    lines = [
        f"repoint {stage}: {number(len(places), 'place')} in {number(len(files), 'file')}",
        "",
        *_sites(written),
    ]
    alone = [f"  {one.path}: {one.reason}" for one in skipped]
    alone += [_line(one) for one in left if one.stage == stage and not one.note]
    if alone:
        lines += ["", "Left alone:", *alone[:_LEFT]]
        lines += [f"  and {len(alone) - _LEFT:,} more"] * (len(alone) > _LEFT)
    return "\n".join(lines) + "\n"


def _sites(written: Iterable[Finding]) -> list[str]:
    """A heading a rule, below it a line a place: where it was before the edit, in git's own terms."""
    rules: dict[str, list[str]] = {}
    for one in written:
        rules.setdefault(one.rule, []).append(f"  {one.place.line}")
    lines: list[str] = []
    for rule, places in sorted(rules.items()):
        lines += [rule, *dict.fromkeys(places)]
    return lines


def _line(one: Finding) -> str:
    why = " ".join(mask(f"{one.message} {one.cure}").split())
    return f"  {one.place.line} {one.rule}: {why}"
