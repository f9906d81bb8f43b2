"""The costs of a plan's entries: counted for what each entry says, and written into it."""

from __future__ import annotations

from msgspec.structs import replace

from migrate.plan.cost.costing import Costing
from migrate.plan.cost.records import CostLine
from migrate.plan.cost.words import cost_words, times, token_words
from migrate.plan.planfile.entry import Entry
from migrate.program.calls.callsite import CallSite


def cost_lines(costing: Costing, site: CallSite, entry: Entry) -> tuple[CostLine, ...]:
    """A line for each model of the call, as the entry has it."""
    found = []
    for old in entry.was:
        model, effort = entry.aim(old)
        new = old if entry.decision == "keep" or not model else model
        found.append(costing.line(site, entry.use_case, old, new, effort))
    return tuple(one for one in found if one is not None)


def costed(entry: Entry, lines: tuple[CostLine, ...], most: float, *, fresh: bool) -> Entry:
    """``entry`` with its costs. One whose bill grows by the factor ``most`` or more is marked, and, where
    nobody has decided yet, asked about."""
    factor = max((one.factor for one in lines if one.factor is not None), default=0.0)
    written = replace(entry, cost=cost_words(lines), tokens=token_words(lines))
    if factor < most:
        return written
    decision = "ask" if fresh and entry.decision == "accept" else entry.decision
    said = f"the bill is multiplied by {times(factor)[1:]}"
    return replace(written, decision=decision, attention=(said, *entry.attention))
