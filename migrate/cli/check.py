"""``repoint check``: findings, for pre-commit and CI; with --fix the safe ones are cured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.accepting import Accepted
from migrate.cli.exits import exit_code
from migrate.cli.options import output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.output import Output
from migrate.cli.run import Run, run

if TYPE_CHECKING:
    from migrate.findings.finding import Finding


@click.command("check", short_help="Report what is wrong; --fix cures what is safe.")
@paths
@settings_flags
@click.option("--fix", is_flag=True, help="Apply the safe edits, and tell what is left.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Accept what it lists.")
@click.option("--update-baseline", is_flag=True, help="Write it, or take out what is cured.")
@output_flags("text", "json", "jsonl", "github")
def command(paths: tuple[Path, ...], fix: bool, update_baseline: bool, **flags: Any) -> int:
    """Report what is wrong with the calls under PATHS (the current folder for none).

    Exit code 0 for no finding, 1 for findings or, with --fix, for any change; notes, shown with -v, and
    findings that the baseline accepts do not count. 3 where a file failed.
    """
    output = output_for(flags)
    settings = settings_for(paths, flags)
    accepted = Accepted(settings, update=update_baseline)
    this = run(paths, settings, output, "write" if fix else "find", accepted.baseline)
    if update_baseline and accepted.baseline is None:
        accepted.write_first(this, output)
        return exit_code(False, this.outcomes)
    output.result(_rendered(this, output))
    accepted.settle(this, output)
    this.tell(output, skipped=output.verbosity > 0)
    return exit_code(this.needs_a_person or this.counts.changed > 0, this.outcomes)


def _rendered(this: Run, output: Output) -> str | bytes:
    if output.format == "text":
        return _text(this, output)
    if output.format == "github":
        return _github(this, output)
    from migrate.report import documents

    cured = set(map(id, this.cured))
    rows = [documents.finding(one, applied=id(one) in cured) for one in this.proposal.findings]
    return documents.lines(rows) if output.format == "jsonl" else this.document("check", findings=rows)


def _text(this: Run, output: Output) -> str:
    from migrate.cli.colour import paint_for
    from migrate.report.finding_lines import text_line

    paint, more = paint_for(output), output.verbosity > 0
    lines = [f"{paint('fixed', 'green')} {text_line(one, paint=paint)}" for one in this.cured]
    lines += [text_line(one, cure=more, paint=paint) for one in _shown(this.left, output)]
    return "".join(line + "\n" for line in lines)


def _github(this: Run, output: Output) -> str:
    from migrate.report.finding_lines import github_failure, github_line

    lines = [github_line(one) for one in _shown(this.left, output)]
    lines += [github_failure(one) for one in this.outcomes if one.state == "failed"]
    return "".join(line + "\n" for line in lines)


def _shown(findings: tuple[Finding, ...], output: Output) -> list[Finding]:
    return [one for one in findings if output.verbosity > 0 or not one.note]
