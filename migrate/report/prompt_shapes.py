"""What ``repoint prompts`` prints as JSON, as records. It holds no words for people."""

from __future__ import annotations

from typing import Literal

import msgspec

from migrate.prompts.analysis import Analysis, Policy
from migrate.prompts.detection.spans import Span
from migrate.sources.source import Outcome


class AnalysedText(msgspec.Struct, frozen=True, kw_only=True):
    """One analysed text. Offsets count characters (code points) from 0, the end exclusive. ``flag`` is set
    where a label of the group reasoning or tone was found; ``rewrite`` is null unless ``policy`` is auto."""

    id: str
    flag: bool
    labels: tuple[str, ...]
    spans: tuple[Span, ...]
    rewrite: str | None
    policy: Policy


class PromptCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that sends a prompt. In a notebook the line counts in its cell, and cells from 1."""

    id: str
    path: str
    line: int
    cell: int | None


class PromptRow(msgspec.Struct, frozen=True, kw_only=True):
    """One prompt of the code, where it begins; in a notebook lines count in its cell. ``role`` is unknown for
    one that reaches no known call (no ``calls``). ``tokens`` is an estimate. In ``text`` a field is shown as
    ``{expression}``, ``fields`` lists them. ``advice`` is only worth a word, and never edited. ``rule`` and
    ``cure`` are those of its finding; ``edit`` says whether one is proposed."""

    path: str
    line: int
    column: int
    cell: int | None
    role: str
    calls: tuple[PromptCall, ...]
    text: str
    fields: tuple[str, ...]
    tokens: int
    labels: tuple[str, ...]
    spans: tuple[Span, ...]
    advice: tuple[Span, ...]
    policy: Policy
    rule: str | None
    cure: str | None
    edit: bool
    unknown: tuple[str, ...]


class PromptsOfCode(msgspec.Struct, frozen=True, kw_only=True):
    """Every prompt of the scanned code, and the patch that is proposed."""

    schema: Literal["repoint/prompts/1"] = "repoint/prompts/1"
    root: str
    prompts: tuple[PromptRow, ...]
    patch: str
    outcomes: tuple[Outcome, ...]


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
