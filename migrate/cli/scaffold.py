"""``repoint scaffold router``: files for a router of the plan's models, to be edited and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrate.cli.options import output_for, paths, settings_flags, settings_for
from migrate.cli.output import Output
from migrate.cli.waiting import working
from migrate.errors import UsageError


@click.command("scaffold", short_help="Write a router for the plan's models.")
@click.argument("what", type=click.Choice(["router"]))
@paths
@settings_flags
@click.option(
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=Path(),
    help="Write there (the current folder if not given).",
)
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("-q", "quiet", is_flag=True, help="Say nothing but errors.")
def command(
    what: str, paths: tuple[Path, ...], folder: Path, force: bool, dry_run: bool, **flags: Any
) -> int:
    """Write a router for the models of the plan of PATHS (the current folder for none): litellm-config.yaml
    for a LiteLLM proxy, with fallbacks; and llm_router.py, a module that makes the clients, knows a model for
    each use case and falls back to a second endpoint. Take the one that you want; both are yours to edit.

    The plan is read from its file, and made anew where there is none. Nothing is overwritten without --force.
    """
    from migrate import pipeline
    from migrate.plan.scaffold.contents import contents
    from migrate.plan.scaffold.rendering import rendered

    assert what == "router"
    output = output_for({"quiet": flags.pop("quiet"), "verbose": False, "format": "text", **_PLAIN})
    settings = settings_for(paths, flags)
    with working("Planning", output):
        planned = pipeline.plan(paths, settings)
    catalog = pipeline.checked_catalog(settings)
    files = rendered(contents(planned.plan, planned.file.name, settings, catalog))
    _check(folder, files, force=force or dry_run)
    for name, text in files.items():
        _settle(folder / name, text, output, dry_run=dry_run)
    return 0


_PLAIN = {"output": None, "no_color": True}


def _check(folder: Path, files: dict[str, str], *, force: bool) -> None:
    """Raises UsageError where a file is there that would be overwritten."""
    there = [str(folder / name) for name in files if (folder / name).exists()]
    if there and not force:
        raise UsageError(
            f"{', '.join(there)}: there already; --force overwrites, --output DIR writes elsewhere"
        )


def _settle(file: Path, text: str, output: Output, *, dry_run: bool) -> None:
    from migrate.review.diff import file_patch
    from migrate.sources.writing import unwritable, write_atomically

    if dry_run:
        old = file.read_bytes() if file.is_file() else b""
        output.result(file_patch(file.name, old, text.encode()))
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = file.stat().st_mode & 0o7777 if file.is_file() else 0o644
        write_atomically(file, text.encode(), mode)
    except OSError as error:
        raise UsageError(f"{file}: {unwritable(file, error)}") from None
    output.talk(f"{file} written")
