"""``repoint check``: findings, for pre-commit and CI; with --fix the safe ones are cured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.catalog import load
from migrate.cli.accepting import Accepted
from migrate.cli.check_formats import FORMATS, rendered
from migrate.cli.exits import exit_code
from migrate.cli.options import allow_dirty, output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.run import Writing, command_line, run

if TYPE_CHECKING:
    from migrate.review.recording import Manner


@click.command("check", short_help="Report what is wrong; --fix cures what is safe.")
@paths
@settings_flags
@click.option("--fix", is_flag=True, help="Apply the safe edits, and tell what is left.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Accept what it lists.")
@click.option("--update-baseline", is_flag=True, help="Write it, or take out what is cured.")
@allow_dirty
@output_flags(*FORMATS)
def command(
    paths: tuple[Path, ...], fix: bool, update_baseline: bool, allow_dirty: bool, **flags: Any
) -> int:
    """Report what is wrong with the calls under PATHS (the current folder for none).

    Exit code 0 for no finding, 1 for findings or, with --fix, for any change; notes, shown with -v, and
    findings that the baseline accepts do not count. 3 where a file failed. With --fix, a file with changes
    that are not even staged is left alone.
    """
    output = output_for(flags)
    settings = settings_for(paths, flags)
    accepted = Accepted(settings, update=update_baseline)
    if fix:
        this = run(
            paths, settings, output, "write", accepted.baseline, Writing(lambda *_: _manner(allow_dirty))
        )
    else:
        this = run(paths, settings, output, "find", accepted.baseline)
    if update_baseline and accepted.baseline is None:
        accepted.write_first(this, output)
        return exit_code(False, this.outcomes)
    output.result(rendered(this, load(settings.rules), output))
    accepted.settle(this, output)
    this.tell(output, skipped=output.verbosity > 0)
    return exit_code(this.needs_a_person or this.counts.changed > 0, this.outcomes)


def _manner(allow_dirty: bool) -> Manner:
    """What is staged may be changed: where pre-commit runs, that is what is being committed."""
    from migrate.review.recording import Manner

    return Manner("check", command_line(), "any" if allow_dirty else "staged")
