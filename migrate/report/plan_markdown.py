"""The plan as Markdown, for a comment on a pull request. Nothing of scanned code can act as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.plan.planfile.entry import Entry, PlanFile
from migrate.report.markdown import code_markdown, plain_markdown
from migrate.report.plan_lines import cost_of, moves_of, summary_lines

_MOST = 50  # rows of a table: a comment on GitHub holds 65,536 characters
_TITLES = {"ask": "To decide", "accept": "Accepted", "keep": "Kept"}


def comment(plan: PlanFile, stale: Sequence[str]) -> str:
    """The numbers, then a table for each decision, what waits for a person first; and what ``stale`` says of
    the file that is there."""
    lines = ["### repoint: the plan", ""]
    lines += [f"- {plain_markdown(one)}" for one in summary_lines(plan, hint="")]
    for decision, title in _TITLES.items():
        entries = [entry for entry in plan.call if entry.decision == decision]
        if entries:
            lines += ["", *_section(title, entries, opened=decision == "ask")]
    if stale:
        lines += ["", "#### Not in the plan file yet", ""]
        lines += [f"- {plain_markdown(one)}" for one in stale[:_MOST]]
    if plan.totals.assumptions:
        lines += ["", "<details><summary>What the costs rest on</summary>", ""]
        lines += [*(f"- {plain_markdown(one)}" for one in plan.totals.assumptions), "", "</details>"]
    return "\n".join(lines) + "\n"


def _section(title: str, entries: Sequence[Entry], *, opened: bool) -> Iterator[str]:
    yield f"<details{' open' if opened else ''}><summary>{title} ({len(entries)})</summary>"
    yield ""
    yield "| call | use case | latency | model | cost | why |"
    yield "|---|---|---|---|---|---|"
    for entry in entries[:_MOST]:
        why = dict.fromkeys([*([entry.note] if entry.note else []), entry.reason, *entry.attention])
        cells = [
            code_markdown(entry.place),
            plain_markdown(entry.use_case or "-"),
            plain_markdown(entry.latency or "-"),
            code_markdown(moves_of(entry)),
            plain_markdown(cost_of(entry)),
            "<br>".join(plain_markdown(one) for one in why if one) or "-",
        ]
        yield f"| {' | '.join(cells)} |"
    if len(entries) > _MOST:
        yield ""
        yield f"and {len(entries) - _MOST:,} more."
    yield ""
    yield "</details>"
