"""``repoint report``: how ready the code is, as a checklist with a score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.exits import exit_code
from migrate.cli.options import output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.run import run

if TYPE_CHECKING:
    from migrate.cli.output import Output
    from migrate.cli.run import Run
    from migrate.report.readiness.subject import Subject
    from migrate.report.report_shapes import Report
    from migrate.settings import Settings

FORMATS = ("text", "json", "markdown", "html")


@click.command("report", short_help="Score how ready the code is, with a checklist.")
@paths
@settings_flags
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="N", help="Exit 1 below this score.")
@click.option("--usage", type=click.Path(path_type=Path), metavar="FILE", help="Requests that were made.")
@click.option("--save", is_flag=True, help="Keep the score, for the next report to compare with.")
@output_flags(*FORMATS)
def command(
    paths: tuple[Path, ...], fail_under: float | None, usage: Path | None, save: bool, **flags: Any
) -> int:
    """Judge the calls under PATHS (the current folder for none): what is done, what is left, what to do next.

    Exit code 0, or 1 where the score is below --fail-under; 3 where a file failed. With -v every place that
    does not pass is listed. Where nothing asks a model there is no score, and nothing is below it.
    """
    output = output_for(flags)
    settings = settings_for(paths, flags)
    this = _run(paths, settings, output)
    subject = _subject(this, settings)
    found = _report(this, subject, usage, save)
    output.result(_rendered(found, subject, this, output))
    this.tell(output, skipped=output.verbosity > 0)
    below = fail_under is not None and found.score is not None and found.score < fail_under
    if below:
        output.talk(f"the score, {found.score:g}, is below {fail_under:g}")
    return exit_code(below, this.outcomes)


def _run(named: tuple[Path, ...], settings: Settings, output: Output) -> Run:
    """What is wrong; for the page that shows changes, those too that a person has to look at."""
    if output.format != "html":
        return run(named, settings, output, "find")
    import msgspec

    return run(named, msgspec.structs.replace(settings, include_review=True), output, "propose")


def _subject(this: Run, settings: Settings) -> Subject:
    from migrate import pipeline
    from migrate.report.readiness.judging import subject_of

    catalog = pipeline.checked_catalog(settings)
    return subject_of(this.named, this.inventory, this.proposal.findings, settings, catalog)


def _report(this: Run, subject: Subject, usage: Path | None, save: bool) -> Report:
    """The report, compared with the last that was saved; then saved itself, where that was asked for."""
    from migrate import __version__
    from migrate.report.readiness import trend
    from migrate.report.readiness.costs import costs_of
    from migrate.report.readiness.judging import judge
    from migrate.report.readiness.view import report

    found = judge(subject)
    file = subject.inventory.root / trend.FILE
    history = trend.read_history(file)
    now = trend.entry(found, subject.settings.today, __version__)
    costs = costs_of(subject, usage)
    if save:
        _write(file, trend.encoded(trend.with_entry(history, now)))
    return report(subject, found, (trend.trend(history, now), costs), this.outcomes, this.counts)


def _write(file: Path, data: bytes) -> None:
    from migrate.errors import UsageError
    from migrate.sources.writing import unwritable, write_atomically

    try:
        write_atomically(file, data, 0o644)
    except OSError as error:
        raise UsageError(f"--save: {file}: {unwritable(file, error)}") from None


def _rendered(found: Report, subject: Subject, this: Run, output: Output) -> str | bytes:
    if output.format == "json":
        from migrate.report.json_bytes import indented

        return indented(found)
    if output.format == "html":
        from migrate.report.html.page import page
        from migrate.report.templating import Templates

        return page(found, subject, this.proposal.changes, Templates(subject.settings.templates))
    if output.format == "markdown":
        from migrate.report.readiness.wiki import wiki_page
        from migrate.report.templating import Templates

        return wiki_page(found, Templates(subject.settings.templates))
    from migrate.cli.colour import paint_for
    from migrate.report.readiness_lines import lines

    evidence = output.verbosity > 0
    return "".join(line + "\n" for line in lines(found, evidence=evidence, paint=paint_for(output)))
