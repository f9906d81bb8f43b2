"""``repoint diff``: what apply would do, as a patch that ``git apply`` takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrate.cli.exits import exit_code
from migrate.cli.options import output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.output import Output
from migrate.cli.run import Run, run
from migrate.errors import UsageError


@click.command("diff", short_help="Show what apply would do, as a patch.")
@paths
@settings_flags
@click.option(
    "--patch-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write one patch a stage there, and print their names.",
)
@output_flags("text", "json")
def command(paths: tuple[Path, ...], patch_dir: Path | None, **flags: Any) -> int:
    """Print what `repoint apply` would do under PATHS (the current folder for none) as a patch; `git apply`
    takes it at the root of the repository. The patches of --patch-dir build upon each other.

    Exit code 0 for no change, 1 for changes, 3 where a file failed.
    """
    output = output_for(flags)
    this = run(paths, settings_for(paths, flags), output, "propose")
    if patch_dir is not None:
        output.result(_written(this, patch_dir))
    else:
        output.result(_rendered(this, output))
    this.tell(output, skipped=output.verbosity > 0)
    return exit_code(bool(this.proposal.changes), this.outcomes)


def _written(this: Run, folder: Path) -> str:
    """The names of the patches, which are written to ``folder``. Raises UsageError where that fails."""
    from migrate.review.stage_patches import stage_patches
    from migrate.sources.writing import unwritable, write_atomically

    names = []
    for name, patch in stage_patches(this.proposal):
        file = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(file, patch, 0o644)
        except OSError as error:
            raise UsageError(f"--patch-dir: {file}: {unwritable(file, error)}") from None
        names.append(f"{file}\n")
    return "".join(names)


def _rendered(this: Run, output: Output) -> str | bytes:
    from migrate.review.diff import patch, patch_text

    changes = this.proposal.changes
    if output.format == "json":
        return _document(this)
    if output.on_terminal:
        from migrate.cli.colour import painted_patch

        text = "".join(map(patch_text, changes))
        return painted_patch(text) if output.colour else text
    return patch(changes)


def _document(this: Run) -> bytes:
    from migrate.report import documents
    from migrate.report.document_shapes import Diff, FileChange
    from migrate.report.json_bytes import indented
    from migrate.review.diff import patch_text

    whole = Diff(
        root=this.inventory.root.as_posix(),
        changes=tuple(FileChange(one.path, one.rules, patch_text(one)) for one in this.proposal.changes),
        applied=tuple(documents.finding(one, applied=True) for one in this.cured),
        left=tuple(map(documents.finding, this.left)),
        outcomes=this.outcomes,
        summary=this.counts,
    )
    return indented(whole)
