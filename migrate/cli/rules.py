"""``repoint rules``: every rule there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrate.cli.options import output_flags, output_for, settings_for


@click.command("rules", short_help="List every rule.")
@output_flags("text", "json", "markdown")
def command(**flags: Any) -> None:
    """List every rule: its id, the stage it belongs to, how safe its edit is, and what it finds."""
    from migrate.catalog import load
    from migrate.report.rule_pages import rules_markdown, rules_table
    from migrate.settings import TOPICS

    output = output_for(flags)
    rules = load(settings_for((), {}).rules).rules.values()
    ordered = sorted(rules, key=lambda rule: (TOPICS.index(rule.stage), rule.id))
    if output.format == "json":
        from migrate.report.document_shapes import Rules
        from migrate.report.json_bytes import indented

        output.result(indented(Rules(root=Path.cwd().as_posix(), rules=tuple(ordered))))
    else:
        output.result((rules_markdown if output.format == "markdown" else rules_table)(ordered))
