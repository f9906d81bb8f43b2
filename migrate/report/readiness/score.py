"""The score: shares of checks, weighted; and the actions that would raise it. The formula stands in
rules/checklist.toml. Judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from migrate.catalog.checklist import Check, Checklist, Item
from migrate.findings.finding import Safety, worst
from migrate.report.readiness.records import (
    POINTS,
    Action,
    CheckResult,
    Evidence,
    ItemResult,
    Mark,
    Readiness,
)
from migrate.settings import Topic

_MOST_ACTIONS = 10
_PLACES_SHOWN = 5
_REVIEWED = " --include review"


def readiness(
    checklist: Checklist,
    judged: Mapping[str, Sequence[Evidence]],
    *,
    empty: bool,
    edits: Mapping[Topic, Safety] = MappingProxyType({}),
) -> Readiness:
    """The report of ``judged`` evidence, by check; ``empty`` says that nothing asks a model: then there is no
    score. ``edits`` are the stages that have some, and how far those can be trusted. Making any mark better
    never lowers the score, because weights and the things judged stay."""
    results = [check_result(check, judged.get(check.id, ()), edits) for check in checklist.checks]
    items = tuple(_item(one, [each for each in results if each.item == one.id]) for one in checklist.items)
    total = None if empty else weighted(results)
    score = None if total is None else round(100 * total, 1)
    return Readiness(score, items, () if empty else tuple(_actions(results, checklist)))


def check_result(
    check: Check, evidence: Sequence[Evidence], edits: Mapping[Topic, Safety] = MappingProxyType({})
) -> CheckResult:
    """One check with its share and mark. Evidence is sorted: what failed first."""
    made = [edits[stage] for stage in check.made if stage in edits]
    asked = "" if worst(made) == "safe" or _REVIEWED in check.command else _REVIEWED
    share = sum(POINTS[one.mark] for one in evidence) / len(evidence) if evidence else None
    return CheckResult(
        check.id,
        check.item,
        check.weight,
        check.question,
        together([one.mark for one in evidence]),
        share,
        tuple(sorted(evidence, key=_worst_first)),
        check.remedy,
        check.command + asked,
        bool(made),
    )


def weighted(results: Iterable[CheckResult]) -> float | None:
    """The mean share, 0 to 1, by weight; None where no check has anything to judge."""
    judged = [(one.weight, one.share) for one in results if one.share is not None]
    whole = sum(weight for weight, _ in judged)
    return sum(weight * share for weight, share in judged) / whole if judged else None


def together(marks: Sequence[Mark]) -> Mark | None:
    """One mark for many: theirs where they agree, else partial; None for none."""
    kinds = set(marks)
    if len(kinds) <= 1:
        return next(iter(kinds), None)
    return "fail" if not kinds & {"pass", "partial"} else "partial"


def _item(item: Item, results: Sequence[CheckResult]) -> ItemResult:
    marks = [one.mark for one in results if one.mark is not None]
    weight = sum(one.weight for one in results)
    return ItemResult(
        item.id, item.title, item.why, together(marks), weighted(results), weight, tuple(results)
    )


def _worst_first(evidence: Evidence) -> tuple[float, str, str]:
    return POINTS[evidence.mark], evidence.mark, str(evidence.place or "")


def _actions(results: Sequence[CheckResult], checklist: Checklist) -> list[Action]:
    """The ten that bring most, the ones that repoint makes itself first where they bring the same."""
    questions = {one.id: one for one in checklist.checks}
    whole = sum(one.weight for one in results if one.share is not None)
    open_ones = [one for one in results if one.evidence and (one.share or 0) < 1]
    found = [_action(one, questions[one.id], whole) for one in open_ones]
    found.sort(key=lambda one: (-one.points, not one.automatic, one.check))
    return found[:_MOST_ACTIONS]


def _action(result: CheckResult, check: Check, whole: float) -> Action:
    open_ones = [one for one in result.evidence if POINTS[one.mark] < 1]
    points = 100 * result.weight * (1 - (result.share or 0)) / whole
    places = tuple(one.place for one in open_ones if one.place is not None)[:_PLACES_SHOWN]
    return Action(
        result.id,
        check.fails or check.partial,
        round(points, 1),
        len(open_ones),
        check.remedy,
        result.command,
        result.automatic,
        places,
    )
