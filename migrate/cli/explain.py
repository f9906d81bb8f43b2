"""``repoint explain ID``: the page of one rule, the rows of one parameter, or the page of a technique."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from migrate.cli.options import output_flags, output_for, settings_for
from migrate.errors import UsageError

if TYPE_CHECKING:
    from migrate.catalog import Catalog


@click.command("explain", short_help="Show the page of a rule, a parameter or a technique.")
@click.argument("rule", metavar="ID")
@output_flags("text")
def command(rule: str, **flags: Any) -> None:
    """Show why a rule matters, before and after, what it rests on, and how to leave it out.

    ID may also be a parameter of a request, such as max_tokens: then what becomes of it on which model, in
    the server's own words, and who says so. Or a prompting technique, such as zero_shot_cot.
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
    if of_parameter:
        output.result(parameter_page(rule, of_parameter, catalog.sources))
        return
    known = catalog.techniques
    if rule in known.techniques:
        from migrate.report.technique_pages import technique_page

        output.result(technique_page(known.techniques[rule], catalog.sources, known.wordings))
        return
    raise UsageError(f"no rule {rule!r}; {_cure(rule, catalog)}")


def _cure(rule: str, catalog: Catalog) -> str:
    from migrate.catalog.documents import nearest

    parameters = [name for row in catalog.parameters for name in row.names]
    near = nearest(rule, [*catalog.rules, *parameters, *catalog.techniques.techniques])
    return f"did you mean {near!r}?" if near else "`repoint rules` lists them"
