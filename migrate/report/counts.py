"""How a run ended in numbers, and the line that says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from migrate.findings.finding import SAFETIES
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from migrate.findings.finding import Finding
    from migrate.program.calls.callsite import CallSite
    from migrate.sources.source import State


class Counts(msgspec.Struct, frozen=True):
    """Files by outcome; ``scanned`` is all that were asked about, and those beside them that change.
    ``skipped`` counts a folder as one.

    ``calls`` and ``clients`` are call sites, the rest findings by safety, ``notes`` apart from them;
    ``ignored`` and ``known`` are those that comments and the baseline take out.
    """

    scanned: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    calls: int = 0
    clients: int = 0
    likely: int = 0
    safe: int = 0
    review: int = 0
    manual: int = 0
    notes: int = 0
    ignored: int = 0
    known: int = 0

    @property
    def findings(self) -> int:
        return self.safe + self.review + self.manual


def count(
    selected: Collection[str],
    sites: Iterable[CallSite],
    outcomes: Collection[Outcome],
    findings: Iterable[Finding] = (),
) -> Counts:
    """The counts of a run over the ``selected`` files; each file ends in exactly one state."""
    states = Counter[str](one.state for one in outcomes)
    ended = {one.path for one in outcomes if one.state != "unchanged"}
    beside = {one.path for one in outcomes if one.state in ("changed", "failed")}
    kinds = Counter("clients" if site.kind == "constructor" else "calls" for site in sites)
    safeties = Counter("notes" if one.note else one.safety for one in findings)
    return Counts(
        scanned=len({*selected, *beside}),
        changed=states["changed"],
        unchanged=len(set(selected) - ended),
        skipped=states["skipped"],
        failed=states["failed"],
        calls=kinds["calls"],
        clients=kinds["clients"],
        likely=sum(site.certainty == "likely" for site in sites),
        safe=safeties["safe"],
        review=safeties["review"],
        manual=safeties["manual"],
        notes=safeties["notes"],
    )


def final(*stages: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """One outcome a path, sorted; what a later stage says of a path replaces what was said before."""
    found: dict[str, list[Outcome]] = {}
    for outcomes in stages:
        now: dict[str, list[Outcome]] = {}
        for one in outcomes:
            now.setdefault(one.path, []).append(one)
        found |= now
    # A file may be told of twice within one stage; the worse of two outcomes holds.
    worst = [max(several, key=lambda one: _RANK[one.state]) for several in found.values()]
    return tuple(sorted(worst, key=lambda one: one.path))


_RANK: dict[State, int] = {"unchanged": 0, "skipped": 1, "changed": 2, "failed": 3}


def files_line(counts: Counts, changed: str = "changed") -> str:
    """``12 files scanned: 2 changed, 9 unchanged, 1 failed``."""
    words = {"changed": changed, "unchanged": "unchanged", "skipped": "skipped", "failed": "failed"}
    return f"{number(counts.scanned, 'file')} scanned: {_listed(counts, words)}"


def sites_line(counts: Counts) -> str:
    """``8 calls (1 of them likely), 3 clients``."""
    likely = f" ({counts.likely} of them only likely)" if counts.likely else ""
    return f"{number(counts.calls, 'call')}{likely}, {number(counts.clients, 'client')}"


def findings_line(counts: Counts) -> str:
    """``5 findings: 3 safe, 1 review, 1 manual; 2 notes``."""
    safeties = f": {_listed(counts, {one: one for one in SAFETIES})}" if counts.findings else ""
    notes = f"; {number(counts.notes, 'note')}" if counts.notes else ""
    more = {"ignored": "ignored by comments", "known": "known from the baseline"}
    apart = _listed(counts, more) if counts.ignored or counts.known else ""
    return f"{number(counts.findings, 'finding')}{safeties}{notes}" + f"; {apart}" * bool(apart)


def number(amount: int, what: str) -> str:
    return f"{amount:,} {what}" + ("" if amount == 1 else "s")


def _listed(counts: Counts, words: Mapping[str, str]) -> str:
    amounts = [(getattr(counts, name), word) for name, word in words.items()]
    return ", ".join(f"{amount:,} {word}" for amount, word in amounts if amount) or "none"
