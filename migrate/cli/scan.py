"""``repoint scan``: the inventory of call sites, clients, models and prompts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.exits import exit_code
from migrate.cli.options import output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.output import Output
from migrate.cli.waiting import working

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrate.plan.assessment import Assessment
    from migrate.program.inventory import Inventory
    from migrate.program.literals.records import ModelLiteral
    from migrate.report import call_shapes
    from migrate.report.counts import Counts
    from migrate.settings import Settings
    from migrate.sources.source import Outcome


@click.command("scan", short_help="List every call to a model.")
@paths
@click.option("--literals", is_flag=True, help="List where model ids are written, and what for, instead.")
@click.option("--why", metavar="PATH:LINE", help="Explain one call: where all that it is given comes from.")
@settings_flags
@output_flags("text", "json", "jsonl")
def command(paths: tuple[Path, ...], literals: bool, why: str | None, **flags: Any) -> int:
    """List every call to a model under PATHS (the current folder for none), with what it is given and where
    that is written.

    Exit code 0, or 3 where a file failed.
    """
    from migrate import pipeline

    output = output_for(flags)
    if why is not None:
        from migrate.cli.why import parsed

        parsed(why)
    settings = settings_for(paths, flags)
    with working("Scanning", output):
        inventory = pipeline.inventory(paths, settings)
        quiet = literals or (output.format == "text" and output.verbosity <= 0 and why is None)
        assessments = {} if quiet else _assessments(inventory, settings)
        found = _literals(inventory, output, literals or why is not None)
        inventory, found, assessments = _by_cell(inventory, found, assessments)
    if why is not None:
        from migrate.cli.why import explain

        return explain(why, inventory, found, assessments, output)
    from migrate.cli.endings import asked_about, summary, tell_unusable
    from migrate.report.counts import count

    outcomes = asked_about(inventory, inventory.outcomes)
    counts = count(inventory.selected, inventory.call_sites, outcomes)
    if output.format == "text":
        output.result(_text(inventory, found, assessments, output, literals))
    elif output.format == "jsonl":
        output.result(_lines(inventory, found, assessments, literals))
    else:
        output.result(_document(inventory, found, assessments, outcomes, counts))
    tell_unusable(outcomes, output, skipped=True)
    output.talk(summary(inventory, counts, paths, findings=False), *_roles(found, output))
    return exit_code(False, outcomes)


def _literals(inventory: Inventory, output: Output, asked: bool) -> tuple[ModelLiteral, ...]:
    """The model ids of the files that were asked about; none where nothing will show them."""
    if output.format == "jsonl" and not asked:
        return ()
    return inventory.literals.of(inventory.call_sites, inventory.selected | inventory.beside)


def _assessments(inventory: Inventory, settings: Settings) -> dict[str, Assessment]:
    """What calls are for, by their ids."""
    from migrate.catalog import load
    from migrate.plan.assess import assess

    return assess(inventory, load(settings.rules))


def _by_cell(
    inventory: Inventory, found: tuple[ModelLiteral, ...], assessments: dict[str, Assessment]
) -> tuple[Inventory, tuple[ModelLiteral, ...], dict[str, Assessment]]:
    """The same with every place in a notebook told by its cell."""
    import msgspec

    from migrate.findings.cells import CellPlaces

    cells = CellPlaces(inventory.sources)
    sites = tuple(map(cells.record, inventory.call_sites))
    told = {call: cells.record(one) for call, one in assessments.items()}
    prompts = inventory.prompts
    shown = msgspec.structs.replace(
        inventory, call_sites=sites, prompts=lambda site: cells.record(prompts(site))
    )
    return shown, tuple(map(cells.record, found)), told


def _call_sites(inventory: Inventory, assessments: dict[str, Assessment]) -> Iterator[call_shapes.CallSite]:
    """The call sites as JSON holds them, with their prompts."""
    from migrate.report.call_documents import call_site

    for site in inventory.call_sites:
        yield call_site(site, inventory.prompts(site), assessments.get(site.id))


def _document(
    inventory: Inventory,
    found: Sequence[ModelLiteral],
    assessments: dict[str, Assessment],
    outcomes: tuple[Outcome, ...],
    counts: Counts,
) -> bytes:
    from migrate.report.document_shapes import Scan
    from migrate.report.documents import literal
    from migrate.report.json_bytes import indented

    whole = Scan(
        root=inventory.root.as_posix(),
        call_sites=tuple(_call_sites(inventory, assessments)),
        literals=tuple(map(literal, found)),
        outcomes=outcomes,
        summary=counts,
    )
    return indented(whole)


def _lines(
    inventory: Inventory,
    found: Sequence[ModelLiteral],
    assessments: dict[str, Assessment],
    literals: bool,
) -> bytes:
    from migrate.report.documents import literal
    from migrate.report.json_bytes import lines

    if literals:
        return lines(map(literal, found))
    return lines(_call_sites(inventory, assessments))


def _text(
    inventory: Inventory,
    found: Sequence[ModelLiteral],
    assessments: dict[str, Assessment],
    output: Output,
    literals: bool,
) -> str:
    """The calls, with -v what they are for and the model ids below them, with --literals those alone."""
    from migrate.report.columns import aligned
    from migrate.report.literal_rows import literal_rows

    ids = aligned(literal_rows(found, inventory.call_sites)) if literals or output.verbosity > 0 else ""
    if literals:
        return ids
    return "\n".join(part for part in (_calls(inventory, assessments, output), ids) if part)


def _calls(inventory: Inventory, assessments: dict[str, Assessment], output: Output) -> str:
    from migrate.report.scan_rows import row

    verbose = output.verbosity > 0
    rows = [row(site, assessments.get(site.id), verbose=verbose) for site in inventory.call_sites]
    if rows and output.on_terminal:
        from migrate.report.scan_table import table

        return table(rows, colour=output.colour)
    from migrate.report.columns import aligned

    return aligned(rows)


def _roles(found: Sequence[ModelLiteral], output: Output) -> list[str]:
    from migrate.report.literal_rows import roles_line

    return [roles_line(found)] if found and output.format == "text" else []
