"""Compares what is assessed with the labels, and counts. Reads no package."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from benchmarks.usecases.labels import Label
from migrate.plan.assessment import UNCLEAR, Assessment

GUARDED = frozenset(("legal", "medical", "finance"))


class Judged(msgspec.Struct, frozen=True):
    """One label and what was made out; None where no call was found there."""

    label: Label
    found: Assessment | None

    @property
    def right(self) -> bool:
        """The use case is one of those that the label allows."""
        return self.found is not None and self.found.use_case in self.label.uses

    @property
    def definite(self) -> bool:
        """A reader can tell what the call is for, so "unclear" is no right answer."""
        return UNCLEAR not in self.label.uses

    @property
    def claims_wrongly(self) -> bool:
        """Something else is claimed than the label allows; an unclear answer claims nothing."""
        return self.found is not None and self.found.use_case != UNCLEAR and not self.right

    @property
    def wrong_on_guarded(self) -> bool:
        """A wrong claim where it would cost most: of legal, medical and financial work, or about it."""
        about = set(self.label.uses) | {self.found.use_case if self.found else ""}
        return self.claims_wrongly and not GUARDED.isdisjoint(about)

    @property
    def latency_right(self) -> bool:
        return self.found is not None and self.found.latency in self.label.latencies


def lines(title: str, judged: Iterable[Judged]) -> list[str]:
    """The figures of one set, a line each."""
    rows = list(judged)
    definite = [one for one in rows if one.definite]
    single = [one for one in rows if len(one.label.latencies) == 1]
    return [
        f"== {title}: {len(rows)} calls",
        _share("use case right", [one.right for one in rows], "75 %"),
        _share("  of those that a reader can tell", [one.right for one in definite]),
        _share("  claimed wrongly", [one.claims_wrongly for one in rows]),
        _share("  on legal, medical, finance", [one.wrong_on_guarded for one in rows], "0"),
        _share("latency right", [one.latency_right for one in rows], "85 %"),
        _share("  of those with one right answer", [one.latency_right for one in single]),
        f"  not found by scan: {sum(one.found is None for one in rows)}",
    ]


def complaint(one: Judged) -> str:
    """What is wrong with one answer; empty where nothing is."""
    said, label = one.found, one.label
    where = f"{label.package}/{label.path}:{label.line}"
    if said is None:
        return f"MISSING  {where}"
    parts = []
    if not one.right:
        why = "; ".join(evidence.words for evidence in said.evidence)
        guess = f" (guess {said.guess})" if said.guess else ""
        parts.append(f"{said.use_case}{guess}, not {'|'.join(label.uses)} [{why}]")
    if not one.latency_right:
        why = "; ".join(evidence.words for evidence in said.latency_evidence)
        parts.append(f"{said.latency}, not {'|'.join(label.latencies)} [{why}]")
    return f"WRONG    {where}: {' / '.join(parts)}" if parts else ""


def _share(name: str, right: list[bool], target: str = "") -> str:
    count = sum(right)
    share = f"{100 * count / len(right):5.1f} %" if right else "    -  "
    return f"{name:34} {count:4} of {len(right):4}  {share}{f'  (target {target})' if target else ''}"
