"""``repoint explain ID``: the page of one rule, or the rows of one parameter."""

from __future__ import annotations

from typing import Any

import click

from migrate.cli.options import output_flags, output_for, settings_for
from migrate.errors import UsageError


@click.command("explain", short_help="Show the page of one rule, or the rows of one parameter.")
@click.argument("rule", metavar="ID")
@output_flags("text")
def command(rule: str, **flags: Any) -> None:
    """Show why a rule matters, before and after, what it rests on, and how to leave it out.

    ID may also be a parameter of a request, such as max_tokens: then what becomes of it on which model, in
    the server's own words, and who says so.
    """
    from migrate.catalog import load
    from migrate.report.parameter_pages import parameter_page, rows_of_rule
    from migrate.report.rule_pages import page

    output = output_for(flags)
    catalog = load(settings_for((), {}).rules)
    rows = list(catalog.parameters)
    if rule in catalog.rules:
        behind = rows_of_rule(catalog.rules[rule], rows)
        output.result(page(catalog.rules[rule], catalog.sources, behind))
        return
    of_parameter = [row for row in rows if rule in row.names]
    if not of_parameter:
        from migrate.catalog.documents import nearest

        near = nearest(rule, [*catalog.rules, *(name for row in rows for name in row.names)])
        cure = f"did you mean {near!r}?" if near else "`repoint rules` lists them"
        raise UsageError(f"no rule {rule!r}; {cure}")
    output.result(parameter_page(rule, of_parameter, catalog.sources))
