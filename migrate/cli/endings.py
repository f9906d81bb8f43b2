"""What every verb says at its end: the files that could not be used, and the run in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.cli.output import Output, say
from migrate.report.counts import Counts, files_line, final, findings_line, number, sites_line
from migrate.report.scan_rows import unusable_line

if TYPE_CHECKING:
    from migrate.program.inventory import Inventory
    from migrate.sources.source import Outcome


def asked_about(inventory: Inventory, *stages: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The final outcomes of a run. A broken file that nobody named, and that was only looked into on the
    way to an answer, is left out: it must not fail the check of another file.
    """

    def is_asked(one: Outcome) -> bool:
        return one.path in inventory.selected or not (inventory.root / one.path).is_file()

    return tuple(one for one in final(*stages) if one.state != "failed" or is_asked(one))


def tell_unusable(outcomes: Iterable[Outcome], output: Output, *, skipped: bool) -> None:
    """Names the failed files, and with ``skipped`` those passed over; the latter are talk, the former not."""
    say(*(unusable_line(one) for one in outcomes if one.state == "failed"))
    if skipped:
        output.talk(*(unusable_line(one) for one in outcomes if one.state == "skipped"))


def summary(
    inventory: Inventory, counts: Counts, named: Sequence[Path], *, findings: bool, changed: str = "changed"
) -> str:
    """The last line: files, call sites and, for verbs that look for them, findings. ``changed`` is the word
    for files that were changed, or would be."""
    where = ", ".join(map(str, named)) or "this folder"
    if not inventory.selected:
        return f"no Python files in {where}"
    parts = [files_line(counts, changed)]
    if inventory.call_sites:
        parts.append(sites_line(counts))
    else:
        parts = [f"no calls to OpenAI found in {number(counts.scanned, 'file')}"]
        parts += [f"{counts.skipped:,} skipped"] * bool(counts.skipped)
        parts += [f"{counts.failed:,} failed"] * bool(counts.failed)
    if findings and (inventory.call_sites or counts.findings or counts.notes or counts.ignored):
        parts.append(findings_line(counts))
    return "; ".join(parts)
