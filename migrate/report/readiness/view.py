"""A readiness report in the shape that JSON prints and templates are given. Secrets are masked here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from migrate import __version__
from migrate.catalog.lives import lives_of
from migrate.plan.assessment import Assessment
from migrate.program.calls.callsite import CallSite
from migrate.report.counts import Counts
from migrate.report.masking import mask
from migrate.report.readiness.records import (
    POINTS,
    Action,
    CheckResult,
    Evidence,
    ItemResult,
    Mark,
    Readiness,
)
from migrate.report.readiness.subject import JudgedPrompt, Subject
from migrate.report.report_shapes import (
    ModelLife,
    Proof,
    Report,
    ReportAction,
    ReportCall,
    ReportCheck,
    ReportCosts,
    ReportItem,
    ReportPrompt,
    Trend,
)
from migrate.sources.source import Outcome

_WORST_FIRST: tuple[Mark, ...] = ("fail", "unknown", "not-assessed", "partial", "pass")


def report(
    subject: Subject,
    found: Readiness,
    around: tuple[Trend | None, ReportCosts],
    outcomes: tuple[Outcome, ...],
    counts: Counts,
) -> Report:
    """The whole document; ``around`` is what changed, and what all calls cost."""
    return Report(
        root=subject.inventory.root.as_posix(),
        version=__version__,
        date=subject.settings.today,
        gateway=subject.plan.gateway.title,
        score=found.score,
        items=tuple(map(_item, found.items)),
        actions=tuple(map(_action, found.actions)),
        change=around[0],
        models=tuple(_lives(subject)),
        calls=tuple(_calls(subject, found)),
        prompts=tuple(_prompt(one) for one in subject.prompts if one.analysis.flag),
        costs=around[1],
        outcomes=outcomes,
        summary=counts,
    )


def _item(one: ItemResult) -> ReportItem:
    checks = tuple(map(_check, one.checks))
    return ReportItem(one.id, one.title, one.why, one.mark, one.share, one.weight, checks)


def _check(one: CheckResult) -> ReportCheck:
    return ReportCheck(
        one.id,
        one.question,
        one.weight,
        one.mark,
        one.share,
        dict(Counter[str](each.mark for each in one.evidence)),
        tuple(map(_proof, one.evidence)),
        one.remedy,
        one.command,
        one.automatic,
    )


def _proof(one: Evidence) -> Proof:
    at = one.place
    return Proof(one.mark, mask(one.text), at.path if at else None, at.span.line if at else None, one.call)


def _action(one: Action) -> ReportAction:
    places = tuple(f"{at.path}:{at.span.line}" for at in one.places)
    return ReportAction(
        one.check, one.title, one.points, one.amount, one.remedy, one.command, one.automatic, places
    )


def _lives(subject: Subject) -> Iterable[ModelLife]:
    """The models that calls use, those that end first on top."""
    uses = Counter(str(value) for site in subject.calls for value in site.model.values)
    lives = [_life(subject, name, calls) for name, calls in uses.items()]
    return sorted(
        lives, key=lambda one: (one.shutdown is None, one.shutdown or subject.settings.today, one.id)
    )


def _life(subject: Subject, name: str, calls: int) -> ModelLife:
    model = subject.catalog.models.get(name)
    if model is None:
        return ModelLife(mask(name), None, "unknown", calls, ())
    life = lives_of(subject.catalog, subject.settings).of(model.shutdown)
    return ModelLife(mask(name), model.shutdown, life, calls, model.successor)


def _prompt(one: JudgedPrompt) -> ReportPrompt:
    at, labels = one.prompt.place, dict.fromkeys(span.label for span in one.analysis.spans)
    return ReportPrompt(
        at.path, at.span.line, one.site.id, one.prompt.role, tuple(labels), one.analysis.policy
    )


def _calls(subject: Subject, found: Readiness) -> Iterable[ReportCall]:
    judged: dict[str, list[tuple[str, Mark]]] = {}
    for check in found.checks:
        for one in check.evidence:
            judged.setdefault(one.call, []).append((check.id, one.mark))
    assessed = subject.assessments
    return [_call(site, assessed.get(site.id), judged.get(site.id, [])) for site in subject.calls]


def _call(site: CallSite, assessed: Assessment | None, judged: list[tuple[str, Mark]]) -> ReportCall:
    marks = {mark for _, mark in judged}
    worst: Mark = next((mark for mark in _WORST_FIRST if mark in marks), "unknown")
    return ReportCall(
        site.id,
        site.place.path,
        site.place.span.line,
        site.place.cell,
        site.function,
        site.symbol,
        site.kind,
        site.target,
        tuple(mask(str(value)) for value in site.model.values),
        site.model.complete,
        use_case=assessed.use_case if assessed else "",
        latency=assessed.latency if assessed else "",
        status=worst,
        open=tuple(dict.fromkeys(check for check, mark in judged if POINTS[mark] < 1)),
    )
