"""``repoint rules``: every rule there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrate.cli.options import output_flags, output_for, settings_for
from migrate.cli.output import Output
from migrate.errors import UsageError


@click.command("rules", short_help="List every rule.")
@click.option("--techniques", is_flag=True, help="List prompting techniques instead.")
@output_flags("text", "json", "markdown")
def command(techniques: bool, **flags: Any) -> None:
    """List every rule: its id, the stage it belongs to, how safe its edit is, and what it finds."""
    from migrate.catalog import load
    from migrate.report.rule_pages import rules_markdown, rules_table
    from migrate.settings import TOPICS

    output = output_for(flags)
    if techniques:
        _list_techniques(output)
        return
    rules = load(settings_for((), {}).rules).rules.values()
    ordered = sorted(rules, key=lambda rule: (TOPICS.index(rule.stage), rule.id))
    if output.format == "json":
        from migrate.report.document_shapes import Rules
        from migrate.report.json_bytes import indented

        output.result(indented(Rules(root=Path.cwd().as_posix(), rules=tuple(ordered))))
    else:
        output.result((rules_markdown if output.format == "markdown" else rules_table)(ordered))


def _list_techniques(output: Output) -> None:
    from migrate.catalog import load
    from migrate.report.technique_pages import techniques_markdown, techniques_table

    if output.format == "json":
        raise UsageError("--techniques has no JSON; take --format text or markdown")
    groups = ("reasoning", "tone", "keep", "advice")
    known = load(settings_for((), {}).rules).techniques.techniques.values()
    ordered = sorted(known, key=lambda one: (groups.index(one.group), one.id))
    output.result((techniques_markdown if output.format == "markdown" else techniques_table)(ordered))
