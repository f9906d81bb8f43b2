"""``repoint apply``: writes the changes and reports how each file ended and what is left for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.exits import exit_code
from migrate.cli.options import output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.output import Output
from migrate.cli.run import Run, run

if TYPE_CHECKING:
    from migrate.settings import Settings


@click.command("apply", short_help="Change the files.")
@paths
@settings_flags
@output_flags("text", "json")
def command(paths: tuple[Path, ...], **flags: Any) -> int:
    """Change the files under PATHS (the current folder for none). `repoint diff` shows the same beforehand.

    Exit code 0 where nothing is left to do, 1 where findings remain, 3 where a file failed.
    """
    output = output_for(flags)
    settings = settings_for(paths, flags)
    this = run(paths, settings, output, "write")
    output.result(_rendered(this, settings, output))
    this.tell(output, skipped=True)
    return exit_code(this.needs_a_person, this.outcomes)


def _rendered(this: Run, settings: Settings, output: Output) -> str | bytes:
    if output.format == "json":
        return _document(this)
    return _text(this, settings, output)


def _text(this: Run, settings: Settings, output: Output) -> str:
    from migrate.catalog import load
    from migrate.cli.colour import paint_for
    from migrate.report.finding_lines import by_rule

    paint = paint_for(output)
    rules = {one.path: ", ".join(one.rules) for one in this.proposal.changes}
    lines = [
        f"{paint('changed', 'green')} {one.path} ({rules[one.path]})"
        for one in this.outcomes
        if one.state == "changed"
    ]
    left = [one for one in this.left if output.verbosity > 0 or not one.note]
    if left:
        lines += ["", "Left for a person:"] if lines else ["Left for a person:"]
        lines += by_rule(left, load(settings.rules).rules)
    return "".join(line + "\n" for line in lines)


def _document(this: Run) -> bytes:
    from migrate.report import documents

    cured = [documents.finding(one, applied=True) for one in this.cured]
    return this.document("apply", applied=cured, left=[documents.finding(one) for one in this.left])
