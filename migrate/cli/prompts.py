"""``repoint prompts``: prompts, their techniques, and proposed simplifications."""

from __future__ import annotations

from typing import Any

import click

from migrate.cli.options import output_flags, output_for, settings_for
from migrate.errors import UsageError


@click.command("prompts", short_help="Find what prompts say that a reasoning model does unasked.")
@click.option("--text", metavar="FILE", help="Analyse the text of FILE, or of stdin for -.")
@click.option(
    "--jsonl", metavar="FILE", help='Analyse {"id", "text"} on each line of FILE, or of stdin for -.'
)
@output_flags("text", "json", "jsonl")
def command(text: str | None, jsonl: str | None, **flags: Any) -> int:
    """Find prompting techniques that a reasoning model does not need, and propose the text without them.

    Exit code 0 where nothing is flagged, 1 where something is, 3 where a line cannot be used.
    """
    from migrate.catalog import load
    from migrate.cli.prompt_texts import many_texts, one_text

    output = output_for(flags)
    if text is not None and jsonl is not None:
        raise UsageError("--text and --jsonl exclude each other; give one")
    catalog = load(settings_for((), {}).rules)
    if text is not None:
        return one_text(text, catalog, output)
    if jsonl is not None:
        return many_texts(jsonl, catalog, output)
    raise UsageError("nothing to analyse; give --text FILE or --jsonl FILE")
