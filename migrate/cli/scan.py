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
    from migrate.program.inventory import Inventory
    from migrate.report.counts import Counts
    from migrate.sources.source import Outcome


@click.command("scan", short_help="List every call to a model.")
@paths
@settings_flags
@output_flags("text", "json", "jsonl")
def command(paths: tuple[Path, ...], **flags: Any) -> int:
    """List every call to a model under PATHS (the current folder for none), with what it is given and where
    that is written.

    Exit code 0, or 3 where a file failed.
    """
    from migrate import pipeline

    output = output_for(flags)
    settings = settings_for(paths, flags)
    with working("Scanning", output):
        inventory = pipeline.inventory(paths, settings)
    from migrate.cli.endings import asked_about, summary, tell_unusable
    from migrate.report.counts import count

    outcomes = asked_about(inventory, inventory.outcomes)
    counts = count(inventory.selected, inventory.call_sites, outcomes)
    output.result(_rendered(inventory, outcomes, counts, output))
    tell_unusable(outcomes, output, skipped=True)
    output.talk(summary(inventory, counts, paths, findings=False))
    return exit_code(False, outcomes)


def _rendered(
    inventory: Inventory, outcomes: tuple[Outcome, ...], counts: Counts, output: Output
) -> str | bytes:
    if output.format == "text":
        return _text(inventory, output)
    import msgspec

    from migrate.report import documents

    sites = [documents.call_site(site) for site in inventory.call_sites]
    if output.format == "jsonl":
        return documents.lines(sites)
    content = {
        "call_sites": sites,
        "outcomes": [documents.outcome(one) for one in outcomes],
        "summary": msgspec.to_builtins(counts),
    }
    return documents.document("scan", inventory.root, content)


def _text(inventory: Inventory, output: Output) -> str:
    from migrate.report.scan_rows import row

    rows = [row(site, verbose=output.verbosity > 0) for site in inventory.call_sites]
    if rows and output.on_terminal:
        from migrate.report.scan_table import table

        return table(rows, colour=output.colour)
    from migrate.report.columns import aligned

    return aligned(rows)
