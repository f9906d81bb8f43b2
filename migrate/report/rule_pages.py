"""The rules as people read them: one line each, and the whole page of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import indent, wrap
from typing import TYPE_CHECKING

from migrate.report.columns import aligned
from migrate.report.parameter_pages import rule_rows

if TYPE_CHECKING:
    from migrate.catalog.pages import Rule
    from migrate.catalog.parameterrow import ParameterRow
    from migrate.catalog.sources import Source

_WIDTH = 100
_INDENT = "    "
_SAFETIES = {
    "safe": "its edit is safe: nothing changes but what was asked for",
    "review": "its edit needs a reviewer's eyes: applied with --include review",
    "manual": "it makes no edit: a person decides",
}


def rules_table(rules: Iterable[Rule]) -> str:
    """Id, stage, safety and title of every rule, by stage."""
    rows = [(one.id, one.stage, one.safety, one.title) for one in rules]
    return aligned([("rule", "stage", "safety", "title"), *rows])


def rules_markdown(rules: Iterable[Rule]) -> str:
    """The same as a Markdown table, as README shows it."""
    rows = [f"| `{one.id}` | {one.stage} | {one.safety} | {one.title} |\n" for one in rules]
    return "| rule | stage | edit | what it finds |\n|---|---|---|---|\n" + "".join(rows)


def page(rule: Rule, sources: Mapping[str, Source], rows: Sequence[ParameterRow] = ()) -> str:
    """Why it matters, an example, the ``rows`` of the parameter table behind it, what it rests on, and how
    to ignore it."""
    parts = [
        f"{rule.id}: {rule.title}\nstage {rule.stage}, {_SAFETIES[rule.safety]}",
        "\n\n".join("\n".join(wrap(part, _WIDTH)) for part in rule.why.strip().split("\n\n")),
        "Before:\n\n" + _code(rule.example_before),
    ]
    if rule.example_after.strip():
        parts.append("After:\n\n" + _code(rule.example_after))
    if rows:
        parts.append(rule_rows(rows))
    parts.append(f"Sources, checked on {rule.checked}:\n\n" + source_lines(rule.sources, sources))
    parts.append("To leave it out:\n\n    " + rule.how_to_ignore)
    return "\n\n".join(parts) + "\n"


def _code(example: str) -> str:
    return indent(example.strip("\n"), _INDENT)


def source_lines(keys: Sequence[str], sources: Mapping[str, Source]) -> str:
    """What is known of the documents with these keys, indented."""
    lines = []
    for key in keys:
        known = sources.get(key)
        words = f"{known.title} {known.url}".rstrip() if known else key
        lines.append(indent("\n  ".join(wrap(words, _WIDTH, break_long_words=False)), _INDENT))
    return "\n".join(lines)
