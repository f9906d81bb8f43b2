"""``repoint prompts``: prompts, their techniques, and proposed simplifications."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrate.cli.options import output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.prompt_flags import LIVE, live_flags
from migrate.errors import UsageError


@click.command("prompts", short_help="Find what prompts say that a reasoning model does unasked.")
@paths
@click.option("--text", metavar="FILE", help="Analyse the text of FILE, or of stdin for -.")
@click.option(
    "--jsonl", metavar="FILE", help='Analyse {"id", "text"} on each line of FILE, or of stdin for -.'
)
@click.option("--diff", is_flag=True, help="Print what would be changed, as a patch.")
@live_flags
@settings_flags
@output_flags("text", "json", "jsonl", "markdown")
def command(paths: tuple[Path, ...], text: str | None, jsonl: str | None, diff: bool, **flags: Any) -> int:
    """Find prompting techniques that a reasoning model does not need in the prompts of the calls under PATHS
    (the current folder for none), and propose the text without them. `repoint apply --stage prompts --include
    review` makes the changes that --diff shows. --rewrite-with is the one flag with which anything is sent.

    Exit code 0 where nothing is flagged, 1 where something is, 3 where a file or line cannot be used.
    """
    output = output_for(flags)
    live = {name: flags.pop(name) for name in LIVE}
    given = [name for name, one in (("PATHS", paths), ("--text", text), ("--jsonl", jsonl)) if one]
    if len(given) > 1 and given != ["PATHS"]:
        raise UsageError(f"{' and '.join(given)} exclude each other; give one")
    model = live["rewrite_with"]
    if model is None and live["dry_run"]:
        raise UsageError("--dry-run is for --rewrite-with; give a model, or take it out")
    if model is not None:
        from migrate.cli.prompt_rewriting import Asked, rewrite

        if text is not None or jsonl is not None or diff or output.format != "text":
            raise UsageError("--rewrite-with is for the prompts of code, as text; give PATHS alone")
        return rewrite(paths, Asked(model, *(live[name] for name in LIVE[1:])), flags, output)
    if text is None and jsonl is None:
        from migrate.cli.prompt_calls import prompts_of_code

        return prompts_of_code(paths, diff, flags, output)
    if diff or output.format == "markdown":
        raise UsageError("--diff and --format markdown are for the prompts of code; give PATHS")
    from migrate.catalog import load
    from migrate.cli.prompt_texts import many_texts, one_text

    catalog = load(settings_for((), {}).rules)
    return one_text(text, catalog, output) if text is not None else many_texts(jsonl or "", catalog, output)
