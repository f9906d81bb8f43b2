"""``repoint prompts [PATHS]``: the prompts of a code base, what is wrong with them, and the patch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from migrate.cli.exits import FOUND, exit_code
from migrate.cli.options import settings_for
from migrate.cli.output import Output
from migrate.cli.waiting import working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrate.findings.cells import CellPlaces
    from migrate.report.prompt_shapes import PromptRow
    from migrate.rewrite.proposal import Proposal
    from migrate.rewrite.stages.prompts.prompts import Reviewed


def prompts_of_code(paths: tuple[Path, ...], diff: bool, flags: dict[str, Any], output: Output) -> int:
    """Prints them as ``output`` says, or the patch alone."""
    from migrate import pipeline
    from migrate.cli.endings import asked_about, tell_unusable

    settings = settings_for(paths, flags)
    settings = msgspec.structs.replace(settings, stages=("prompts",), include_review=True)
    with working("Reading prompts", output):
        inventory, proposal, reviewed = pipeline.prompts(paths, settings)
    from migrate.findings.cells import CellPlaces
    from migrate.report.prompt_rows import flagged, key, record

    cells = CellPlaces(inventory.sources)
    sites = {site.id: cells.record(site) for site in inventory.call_sites}
    proposed = {key(one): one for one in reversed(proposal.findings)}
    asked = [one for one in reviewed if not one.calls or _is_asked(one.calls, sites, inventory.selected)]
    rows = tuple(record(_by_cell(one, cells), sites, proposed) for one in asked)
    outcomes = asked_about(inventory, inventory.outcomes, proposal.outcomes)
    output.result(_patch(proposal) if diff else _rendered(rows, proposal, output, (inventory.root, outcomes)))
    tell_unusable(outcomes, output, skipped=output.verbosity > 0)
    output.talk(_summary(rows))
    return max(exit_code(False, outcomes), FOUND if flagged(rows) else 0)


def _by_cell(one: Reviewed, cells: CellPlaces) -> Reviewed:
    """``one`` with its places told as those of the proposal's findings are."""
    finding = cells.finding(one.finding) if one.finding is not None else None
    return msgspec.structs.replace(one, prompt=cells.record(one.prompt), finding=finding)


def _is_asked(calls: Sequence[str], sites: dict[str, Any], selected: frozenset[str]) -> bool:
    return any(sites[call].place.path in selected for call in calls)


def _patch(proposal: Proposal) -> str | bytes:
    from migrate.review.diff import patch

    return patch(proposal.changes)


def _rendered(
    rows: tuple[PromptRow, ...], proposal: Proposal, output: Output, about: tuple[Path, Any]
) -> str | bytes:
    from migrate.report import prompt_rows

    if output.format == "text":
        return prompt_rows.table(rows)
    if output.format == "markdown":
        return prompt_rows.markdown(rows)
    from migrate.report.json_bytes import indented, lines
    from migrate.report.prompt_shapes import PromptsOfCode

    if output.format == "jsonl":
        return lines(rows)
    from migrate.review.diff import patch_text

    root, outcomes = about
    patch = "".join(map(patch_text, proposal.changes))
    return indented(PromptsOfCode(root=root.as_posix(), prompts=rows, patch=patch, outcomes=outcomes))


def _summary(rows: Sequence[PromptRow]) -> str:
    from migrate.report.counts import number

    sent = [one for one in rows if one.calls]
    total = sum(one.tokens for one in sent)
    flagged = sum(one.rule is not None for one in rows)
    edits = sum(one.edit for one in rows)
    return (
        f"{number(len(sent), 'prompt')} of some {total:,} tokens (estimated by kinds of characters), "
        f"{flagged} flagged, {number(edits, 'edit')} proposed; {len(rows) - len(sent)} reach no known call"
    )
