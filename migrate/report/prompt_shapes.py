"""What ``repoint prompts`` prints as JSON, as records. It holds no words for people."""

from __future__ import annotations

import msgspec

from migrate.prompts.analysis import Analysis, Policy, Span


class AnalysedText(msgspec.Struct, frozen=True, kw_only=True):
    """One analysed text. Offsets count characters (code points) from 0, the end exclusive. ``flag`` is set
    where a label of the group reasoning or tone was found; ``rewrite`` is null unless ``policy`` is auto."""

    id: str
    flag: bool
    labels: tuple[str, ...]
    spans: tuple[Span, ...]
    rewrite: str | None
    policy: Policy


def analysed(name: str, analysis: Analysis) -> AnalysedText:
    """The record of one analysis."""
    return AnalysedText(
        id=name,
        flag=analysis.flag,
        labels=analysis.labels,
        spans=analysis.spans,
        rewrite=analysis.rewrite,
        policy=analysis.policy,
    )
