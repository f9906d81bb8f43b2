"""The plan in the shapes that its JSON document prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from migrate.plan.cost.records import Bill, CostLine
from migrate.plan.planfile.entry import Entry, PlanFile
from migrate.report import plan_shapes
from migrate.report.masking import mask


def document(
    plan: PlanFile, costs: Sequence[CostLine], root: Path, file: Path, stale: tuple[str, ...]
) -> plan_shapes.Plan:
    """The whole document."""
    by_call: dict[str, list[CostLine]] = {}
    for one in costs:
        by_call.setdefault(one.call, []).append(one)
    return plan_shapes.Plan(
        root=root.as_posix(),
        file=file.as_posix(),
        settings=plan_shapes.PlanSettings(**msgspec.structs.asdict(plan.settings)),
        totals=plan_shapes.PlanTotals(**msgspec.structs.asdict(plan.totals)),
        stale=stale,
        calls=tuple(_call(entry, by_call.get(entry.id, [])) for entry in plan.call),
    )


def _call(entry: Entry, costs: Sequence[CostLine]) -> plan_shapes.PlannedCall:
    path, _, line = entry.place.rpartition(":")
    return plan_shapes.PlannedCall(
        id=entry.id,
        path=path,
        line=int(line),
        function=entry.function,
        use_case=entry.use_case,
        latency=entry.latency,
        evidence=entry.evidence,
        models=tuple(plan_shapes.PlannedModel(old, *entry.aim(old)) for old in entry.was),
        decision=entry.decision,
        note=entry.note,
        reason=mask(entry.reason),
        parameters=tuple(map(mask, entry.parameters)),
        prompts=entry.prompts,
        cost=entry.cost,
        costs=tuple(map(_cost, costs)),
        attention=tuple(map(mask, entry.attention)),
    )


def _cost(line: CostLine) -> plan_shapes.PlannedCost:
    return plan_shapes.PlannedCost(
        line.calls, line.measured, _bill(line.before), _bill(line.after), line.factor, line.assumed
    )


def _bill(bill: Bill) -> plan_shapes.PlannedBill:
    tokens = bill.tokens
    amounts = (bill.input, bill.cached, bill.output, bill.reasoning, bill.total)
    return plan_shapes.PlannedBill(
        bill.model,
        bill.effort,
        tokens.input,
        tokens.cached,
        tokens.output,
        tokens.reasoning,
        *(None if one is None else float(one) for one in amounts),
    )
