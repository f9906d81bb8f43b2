"""``repoint plan``: writes the plan file, or says whether the one that is there still holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.exits import FOUND, exit_code
from migrate.cli.options import output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.waiting import working

if TYPE_CHECKING:
    from migrate.cli.output import Output
    from migrate.pipeline import Planned


@click.command("plan", short_help="Write down what becomes of every call, for you to decide.")
@paths
@settings_flags
@click.option(
    "--usage",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Cost what it tells was used: OpenAI's export, logs, LiteLLM, Langfuse.",
)
@click.option("--check", "checking", is_flag=True, help="Write nothing; exit 1 where the file is stale.")
@output_flags("text", "json", "markdown")
def command(paths: tuple[Path, ...], checking: bool, usage: Path | None, **flags: Any) -> int:
    """Write repoint-plan.toml at the root of the scanned code: for every call under PATHS (the current folder
    for none) what it is for, where it goes, and what that costs.

    Review the file, edit it, commit it: diff, apply and check follow it. Where there is one already, your
    decisions, models, efforts, notes, comments and their order stay; new calls are added, those that are gone
    are marked. --plan FILE names another file, --no-plan starts it anew, --output - prints it instead.

    Exit code 0, with --check 1 where calls are missing, gone or changed; 3 where a file failed.
    """
    from migrate import pipeline

    printing = str(flags["output"]) == "-"
    flags["output"] = None if printing else flags["output"]
    output = output_for(flags)
    settings = settings_for(paths, flags)
    with working("Planning", output):
        planned = pipeline.plan(paths, settings, usage)
    from migrate.cli.endings import asked_about, tell_unusable
    from migrate.report.plan_lines import stale_lines, summary_lines

    outcomes = asked_about(planned.inventory, planned.inventory.outcomes)
    stale = stale_lines(planned.old, planned.plan)
    if output.format == "json":
        from migrate.report.json_bytes import indented
        from migrate.report.plan_documents import document

        root = planned.inventory.root
        output.result(indented(document(planned.plan, planned.costs, root, planned.file, stale)))
    elif output.format == "markdown":
        from migrate.report.plan_markdown import comment

        output.result(comment(planned.plan, stale))
    elif checking:
        output.result("".join(f"{line}\n" for line in stale))
    else:
        _write(planned, output, printing)
    tell_unusable(outcomes, output, skipped=output.verbosity > 0)
    output.talk(*summary_lines(planned.plan))
    return max(exit_code(False, outcomes), FOUND if checking and stale else 0)


def _write(planned: Planned, output: Output, printing: bool) -> None:
    """The file, to its place or to where --output says."""
    from migrate.cli.output import write_file
    from migrate.plan.planfile.merging import fresh, merged
    from migrate.report.plan_lines import table

    if planned.old is None:
        text = fresh(planned.plan)
    else:
        text = merged(planned.file.read_bytes().decode("utf-8-sig"), planned.plan, planned.file)
    if printing or output.file is not None:
        output.result(text)
        return
    write_file(planned.file, text.encode())
    output.result(table(planned.plan, verbose=output.verbosity > 0))
    output.talk(f"{planned.file} written")
