"""The shape of the readiness report as JSON; the HTML and Markdown templates are given the same record."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

import msgspec

from migrate.report.call_shapes import Ordinal
from migrate.report.counts import Counts
from migrate.report.document_shapes import Document
from migrate.report.readiness.records import Mark
from migrate.sources.source import Outcome

Life: TypeAlias = Literal["retired", "retiring", "announced", "living", "unknown"]


class Proof(msgspec.Struct, frozen=True):
    """One thing that a check judged; ``path`` and ``line`` are null for the repository as a whole, ``call``
    is the id of the call site, empty where it is about none."""

    mark: Mark
    text: str
    path: str | None
    line: Ordinal | None
    call: str


class ReportCheck(msgspec.Struct, frozen=True):
    """One question. ``share`` is the mean of its evidence (pass 1, partial 0.5, all else 0), null where
    nothing is there to judge; ``counts`` says how often each mark was given."""

    id: str
    question: str
    weight: float
    mark: Mark | None
    share: float | None
    counts: dict[str, int]
    evidence: tuple[Proof, ...]
    remedy: str
    command: str
    automatic: bool


class ReportItem(msgspec.Struct, frozen=True):
    """One item of the checklist; ``share`` is the weighted mean of those of its checks that have one."""

    id: str
    title: str
    why: str
    mark: Mark | None
    share: float | None
    weight: float
    checks: tuple[ReportCheck, ...]


class ReportAction(msgspec.Struct, frozen=True):
    """Something to do next. ``points`` is what the score can gain by it, ``amount`` the things it is about,
    ``places`` the first of them; ``automatic``: ``command`` makes the change."""

    check: str
    title: str
    points: float
    amount: int
    remedy: str
    command: str
    automatic: bool
    places: tuple[str, ...]


class CheckChange(msgspec.Struct, frozen=True):
    """A check whose share is another than in the report that was saved; null where it had or has none."""

    check: str
    before: float | None
    after: float | None


class Trend(msgspec.Struct, frozen=True):
    """What changed since a report was saved, on the day ``since``."""

    since: datetime.date
    before: float | None
    checks: tuple[CheckChange, ...]


class ModelLife(msgspec.Struct, frozen=True):
    """A model that calls use: the day of its shutdown, if one is announced, how it stands today, how many
    calls name it, and what its notice recommends."""

    id: str
    shutdown: datetime.date | None
    life: Life
    calls: int
    successor: tuple[str, ...]


class ReportCall(msgspec.Struct, frozen=True):
    """A call as the report lists it. ``status`` is the worst mark that a check gave it; ``open`` names the
    checks that it does not pass."""

    id: str
    path: str
    line: Ordinal
    cell: int | None
    function: str
    symbol: str
    kind: str
    target: str
    models: tuple[str, ...]
    complete: bool
    use_case: str
    latency: str
    status: Mark
    open: tuple[str, ...]


class ReportPrompt(msgspec.Struct, frozen=True):
    """A prompt that asks for reasoning or presses for effort: where its text begins, its call, the
    techniques in it, and whether repoint can take them out (``auto``) or a person must look (``review``)."""

    path: str
    line: Ordinal
    call: str
    role: str
    labels: tuple[str, ...]
    policy: str


class Dollars(msgspec.Struct, frozen=True):
    """US dollars, part by part; ``cached`` is that part of the input that comes from a cache."""

    input: float
    cached: float
    output: float
    reasoning: float

    @property
    def total(self) -> float:
        return self.input + self.cached + self.output + self.reasoning


class CallCost(msgspec.Struct, frozen=True):
    """What ``calls`` requests of one call cost on one of its models, before and after; null where a price is
    not known. ``factor`` is what the bill is multiplied by."""

    call: str
    place: str
    calls: int
    model: str
    new_model: str
    effort: str
    before: float | None
    after: float | None
    factor: float | None


class ReportCosts(msgspec.Struct, frozen=True):
    """Costs before and after, in words and in sums over all calls whose prices are known: for the requests of
    a usage file where ``measured``, else for 1,000 requests of each call."""

    words: str
    assumptions: tuple[str, ...]
    measured: bool
    before: Dollars
    after: Dollars
    calls: tuple[CallCost, ...]


class Report(Document, frozen=True, kw_only=True):
    """The checklist and the score: 100 * sum(weight * share) / sum(weight) over all checks that have a share;
    null where the code asks no model. ``change`` is null where no report was saved."""

    schema: Literal["repoint/report/1"] = "repoint/report/1"
    version: str
    date: datetime.date
    gateway: str
    score: float | None
    items: tuple[ReportItem, ...]
    actions: tuple[ReportAction, ...]
    change: Trend | None
    models: tuple[ModelLife, ...]
    calls: tuple[ReportCall, ...]
    prompts: tuple[ReportPrompt, ...]
    costs: ReportCosts
    outcomes: tuple[Outcome, ...]
    summary: Counts
