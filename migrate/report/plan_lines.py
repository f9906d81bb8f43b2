"""The plan as lines for people: a row a call, what is stale, and the sums."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.plan.planfile.entry import Entry, PlanFile
from migrate.plan.planfile.proposing import gone
from migrate.report.columns import aligned
from migrate.report.counts import number


def table(plan: PlanFile, *, verbose: bool) -> str:
    """A row a call, and under it what a person should look at where something is to be decided; with
    ``verbose`` under each."""
    rows = aligned([_row(entry) for entry in plan.call]).splitlines()
    lines = []
    for row, entry in zip(rows, plan.call, strict=True):
        lines.append(row)
        if entry.decision == "ask" and not entry.was and entry.reason:
            lines.append(f"    why: {entry.reason}")
        if entry.decision == "ask" or verbose:
            lines += [f"    look: {one}" for one in entry.attention]
    return "".join(f"{line}\n" for line in lines)


def stale_lines(old: PlanFile | None, plan: PlanFile) -> tuple[str, ...]:
    """What the file that is there does not say yet; one line where there is no file."""
    if old is None:
        return ("there is no plan file yet: `repoint plan` writes it",)
    return tuple(_differences(old, plan))


def summary_lines(plan: PlanFile, hint: str = " (-v)") -> list[str]:
    """The sums, in one line or more; ``hint`` says how to see more."""
    totals = plan.totals
    words = f"{totals.accept} accepted, {totals.keep} kept, {totals.ask} to decide"
    gone = f"; {number(totals.vanished, 'entry of a call')} that is gone" if totals.vanished else ""
    away = f"; {number(totals.elsewhere, 'call')} to other vendors left out" if totals.elsewhere else ""
    looks = sum(1 for entry in plan.call if entry.attention and entry.decision != "ask")
    more = f"; {looks} of those decided have something to look at{hint}" if looks else ""
    lines = [f"{number(totals.calls, 'call')} planned: {words}{gone}{away}{more}"]
    return [*lines, *([f"cost: {totals.cost}"] if totals.cost else [])]


def moves_of(entry: Entry) -> str:
    """Each model of the call and what it becomes; ``?`` where none is known."""
    return " / ".join(dict.fromkeys(_moves(entry))) or "?"


def _row(entry: Entry) -> tuple[str, ...]:
    return (entry.place, entry.decision, moves_of(entry), entry.use_case or "-", cost_of(entry))


def cost_of(entry: Entry) -> str:
    """The cost without its parts."""
    return "; ".join(one.partition(" (")[0] for one in entry.cost.split("; ")) or "-"


def _moves(entry: Entry) -> Iterator[str]:
    for old in entry.was:
        model, effort = entry.aim(old)
        if entry.decision == "keep" or model == old:
            yield old
        else:
            yield f"{old} -> {model}" + (f" ({effort})" if effort else "")


def _differences(old: PlanFile, plan: PlanFile) -> Iterator[str]:
    before = old.call
    for was, now in zip(before, plan.call, strict=False):
        if was.id != now.id:
            yield f"{now.place}: call {was.id} is now {now.id}"
        elif was.current != now.current:
            models = ", ".join(now.was) or "no model"
            yield f"{now.place}: call {was.id} was planned for {', '.join(was.was)}, and now uses {models}"
        elif now == gone(was):
            yield f"{was.place}: call {was.id} is not there any more"
    for new in plan.call[len(before) :]:
        yield f"{new.place}: call {new.id} is not in the plan"
