"""``repoint undo``: takes back what apply, or check --fix, wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.exits import FINE, FOUND, exit_code
from migrate.cli.interrupts import interrupts_held
from migrate.cli.options import output_flags, output_for, paths
from migrate.cli.output import Output, say
from migrate.cli.run import command_line
from migrate.errors import UsageError
from migrate.settings import STAGES

if TYPE_CHECKING:
    from migrate.review.journal import Journal
    from migrate.review.records import Run
    from migrate.review.restoring import Wish
    from migrate.review.undo import Undone


@click.command("undo", short_help="Take back what apply wrote.")
@paths
@click.option("--stage", type=click.Choice(STAGES), help="Only what this stage changed.")
@click.option("--force", is_flag=True, help="Restore files that changed since, too.")
@click.option("--run", "number", type=int, metavar="NUMBER", help="That run instead of the last one.")
@click.option("--list", "listing", is_flag=True, help="List the runs that can be undone.")
@click.option("--dry-run", is_flag=True, help="Print what would be restored, as a patch.")
@output_flags("text", "json")
def command(paths: tuple[Path, ...], stage: Any, force: bool, number: int | None, **flags: Any) -> int:
    """Restore the files of the last apply, or of the last check --fix, byte for byte; with PATHS only those.

    A file that changed since is left alone, and then no other is restored either, unless --force is given.
    Exit code 0 where all is restored, 1 where nothing could be, 3 where a file failed.
    """
    listing, dry_run = flags.pop("listing"), flags.pop("dry_run")
    if listing and (stage or force or dry_run or number is not None):
        raise UsageError("--list goes with no other flag of undo")
    output = output_for(flags)
    from migrate.review.restoring import Wish
    from migrate.review.undo import pick, runs_of

    root, journal, runs = runs_of(_root(paths))
    if listing:
        output.result(_listed(runs, root, output))
        return FINE
    wish = Wish(_relative(root, paths), stage, force)
    run = pick(runs, number)
    return (_show if dry_run else _undo)(root, journal, run, wish, output)


def _undo(root: Path, journal: Journal, run: Run, wish: Wish, output: Output) -> int:
    from migrate.review.undo import undo

    with interrupts_held() as held:
        done = undo(root, journal, run, wish, command_line())
    output.result(_result(done, root, output))
    refused = _tell(done, output)
    if held:
        raise KeyboardInterrupt
    return exit_code(refused, done.outcomes)


def _tell(done: Undone, output: Output) -> bool:
    """Says what was not restored, and the summary; whether anything was refused."""
    from migrate.report.counts import number
    from migrate.report.scan_rows import unusable_line

    refused = any(one.state == "skipped" for one in done.outcomes)
    say(*(unusable_line(one) for one in done.outcomes if one.state != "changed"))
    what = f"run {int(done.run.id)} of {done.run.time}"
    restored = sum(one.state == "changed" for one in done.outcomes)
    if refused:
        say(f"nothing was restored of {what}")
    elif not done.outcomes:
        output.talk(f"nothing to restore of {what}: the files do not hold its changes")
    else:
        output.talk(f"{number(restored, 'file')} restored of {what}")
    if done.kept is not None:
        output.talk(f"what was overwritten is kept: repoint undo --run {int(done.kept.id)}")
    return refused


def _show(root: Path, journal: Journal, run: Run, wish: Wish, output: Output) -> int:
    """The patch, and what would be refused."""
    from migrate.report.scan_rows import unusable_line
    from migrate.review.diff import patch
    from migrate.review.restoring import restoring

    plan = restoring(root, journal, run, wish)
    say(*(unusable_line(one) for one in plan.refused))
    say(*(f"{file.path}: would be made again" for file, _ in plan.missing))
    output.result(patch(plan.changes))
    return FOUND if plan.refused else FINE


def _result(done: Undone, root: Path, output: Output) -> str | bytes:
    if output.format == "json":
        from migrate.report.document_shapes import Undo
        from migrate.report.json_bytes import indented

        return indented(Undo(root=root.as_posix(), run=int(done.run.id), outcomes=tuple(done.outcomes)))
    return "".join(f"restored {one.path}\n" for one in done.outcomes if one.state == "changed")


def _listed(runs: list[Run], root: Path, output: Output) -> str | bytes:
    from migrate.report.journal_lines import recorded_run, run_row

    if output.format == "json":
        from migrate.report.document_shapes import UndoRuns
        from migrate.report.json_bytes import indented

        return indented(UndoRuns(root=root.as_posix(), runs=tuple(map(recorded_run, runs))))
    from migrate.report.columns import aligned

    return aligned([run_row(one) for one in runs])


def _root(named: tuple[Path, ...]) -> Path:
    from migrate.sources.rooting import place_of, root_of

    return Path(root_of([place_of(path) for path in named or (Path(),)]))


def _relative(root: Path, named: tuple[Path, ...]) -> tuple[str, ...]:
    """``named`` as the journal names files; a file that is gone can be named too."""
    from migrate.sources.rooting import place_of, relative_to

    return tuple(relative_to(str(root), place_of(path)) or "." for path in named)
