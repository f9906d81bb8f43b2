"""What calls cost before and after the move, in the shape that the report shows. Prices nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from migrate.plan.cost.estimate import estimate, totals
from migrate.plan.cost.records import Bill, CostLine
from migrate.plan.planfile.planning import Planning
from migrate.plan.planfile.reading import plan_path, read_plan
from migrate.report.readiness.subject import Subject
from migrate.report.report_shapes import CallCost, Dollars, ReportCosts
from migrate.rewrite.stages.gateway.gateway_plan import gateway_plan

_PARTS = ("input", "cached", "output", "reasoning")


def costs_of(subject: Subject, usage: Path | None) -> ReportCosts:
    """The costs of every call that has a bill in tokens. Raises UsageError for ``usage``, and PlanError."""
    inventory, settings, catalog = subject.inventory, subject.settings, subject.catalog
    file = plan_path(settings, inventory.root)
    old = read_plan(file) if file is not None else None
    planning = Planning(inventory, settings, catalog, old, gateway_plan(settings, catalog).has)
    costing, volumes = estimate(subject.texts, planning.sites, settings, catalog, usage)
    entries, lines = planning.entries(subject.assessments, costing)
    name = usage.name if usage is not None else ""
    sums = totals(catalog, lines, volumes, len(entries), name)
    counted = [one for one in lines if one.measured is (volumes is not None)]
    known = [one for one in counted if one.before.total is not None and one.after.total is not None]
    places = {site.id: f"{site.place.path}:{site.place.span.line}" for site in planning.sites}
    return ReportCosts(
        words=sums.cost,
        assumptions=sums.assumptions,
        measured=volumes is not None,
        before=_sum([one.before for one in known]),
        after=_sum([one.after for one in known]),
        calls=tuple(sorted((_call(one, places[one.call]) for one in counted), key=_dearest_first)),
    )


def _sum(bills: Sequence[Bill]) -> Dollars:
    return Dollars(
        **{part: _dollars(sum((_part(one, part) for one in bills), Decimal(0))) for part in _PARTS}
    )


def _part(bill: Bill, part: str) -> Decimal:
    amount: Decimal | None = getattr(bill, part)
    return amount or Decimal(0)


def _call(line: CostLine, place: str) -> CallCost:
    before, after = line.before, line.after
    return CallCost(
        line.call,
        place,
        line.calls,
        before.model,
        after.model,
        after.effort,
        None if before.total is None else _dollars(before.total),
        None if after.total is None else _dollars(after.total),
        line.factor,
    )


def _dearest_first(one: CallCost) -> tuple[float, str]:
    return -max(one.before or 0, one.after or 0), one.place


def _dollars(amount: Decimal) -> float:
    return round(float(amount), 6)
