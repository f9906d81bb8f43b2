"""The plan in the shapes that its JSON document prints."""

from __future__ import annotations

from pathlib import Path

import msgspec

from migrate.plan.planfile.entry import Entry, PlanFile
from migrate.report import plan_shapes
from migrate.report.masking import mask


def document(plan: PlanFile, root: Path, file: Path, stale: tuple[str, ...]) -> plan_shapes.Plan:
    """The whole document."""
    return plan_shapes.Plan(
        root=root.as_posix(),
        file=file.as_posix(),
        settings=plan_shapes.PlanSettings(**msgspec.structs.asdict(plan.settings)),
        totals=plan_shapes.PlanTotals(**msgspec.structs.asdict(plan.totals)),
        stale=stale,
        calls=tuple(map(_call, plan.call)),
    )


def _call(entry: Entry) -> plan_shapes.PlannedCall:
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
        attention=tuple(map(mask, entry.attention)),
    )
