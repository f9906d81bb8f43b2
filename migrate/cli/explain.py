"""``repoint explain ID``: the page of one rule."""

from __future__ import annotations

from typing import Any

import click

from migrate.cli.options import output_flags, output_for, settings_for
from migrate.errors import UsageError


@click.command("explain", short_help="Show the page of one rule.")
@click.argument("rule", metavar="ID")
@output_flags("text")
def command(rule: str, **flags: Any) -> None:
    """Show why a rule matters, before and after, what it rests on, and how to leave it out."""
    from migrate.catalog import load
    from migrate.report.rule_pages import page

    output = output_for(flags)
    catalog = load(settings_for((), {}).rules)
    if rule not in catalog.rules:
        from migrate.catalog.documents import nearest

        near = nearest(rule, catalog.rules)
        cure = f"did you mean {near!r}?" if near else "`repoint rules` lists them"
        raise UsageError(f"no rule {rule!r}; {cure}")
    output.result(page(catalog.rules[rule], catalog.sources))
