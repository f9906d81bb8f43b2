"""The rows of the parameter table as people read them: when, what becomes of it, why, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate.catalog.pages import Rule
    from migrate.catalog.parameterrow import ParameterRow
    from migrate.catalog.sources import Source

_WIDTH = 100
_REASONING = {
    "on": "the model reasons",
    "off": "the effort is none",
    "never": "the model takes no effort",
}
_ACTIONS = {"keep": "stays", "drop": "goes", "ask": "is left to a person"}


def parameter_page(name: str, rows: Sequence[ParameterRow], sources: Mapping[str, Source]) -> str:
    """All rows of one parameter; of each endpoint the first that fits decides."""
    parts = [f"{name}: what becomes of it on the new model; the first row that fits decides"]
    for endpoint in dict.fromkeys(row.endpoint for row in rows):
        parts.append(f"In {endpoint}:")
        parts += [_row(row, name) for row in rows if row.endpoint == endpoint]
    keys = dict.fromkeys(key.strip() for row in rows for key in (row.source or "").split(","))
    known = [f"  {key}: {_title(key, sources)}" for key in keys if key]
    return "\n\n".join([*parts, "Sources:\n" + "\n".join(known)]) + "\n"


def rows_of_rule(rule: Rule, rows: Iterable[ParameterRow]) -> list[ParameterRow]:
    """The rows of the table that stand behind ``rule``."""
    named = set(rule.parameters)
    return [row for row in rows if row.action in rule.actions or (named and not named.isdisjoint(row.names))]


def rule_rows(rows: Sequence[ParameterRow]) -> str:
    """The rows behind a rule, to stand on its page."""
    head = "The rows of the table behind it (`repoint explain max_tokens` shows all of one parameter):"
    return "\n\n".join([head, *(_row(row, ", ".join(row.names), row.endpoint or "") for row in rows)])


def _row(row: ParameterRow, name: str, endpoint: str = "") -> str:
    where = f" in {endpoint}" if endpoint else ""
    what = _ACTIONS.get(row.action) or f"becomes {row.to}"
    lines = [f"{name}{where} {what}{_when(row)}: {row.reason}"]
    if row.error:
        lines.append(f'The server: "{row.error}"')
    lines.append(f"{row.evidence} ({row.source}), checked on {row.checked}; the edit is {row.safety}")
    return "\n".join(
        fill(
            line,
            _WIDTH,
            initial_indent="  " if n == 0 else "    ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for n, line in enumerate(lines)
    )


def _when(row: ParameterRow) -> str:
    """The conditions of a row, in words."""
    found = [" or ".join(_REASONING[one] for one in row.reasoning)] if row.reasoning else []
    if row.families or row.models:
        found.append(f"the model is {', '.join((*row.families, *row.models))}")
    if row.kinds:
        found.append(f"it is a {' or '.join(row.kinds)} model")
    if row.tools is not None:
        found.append("tools are passed" if row.tools else "no tools are passed")
    if row.values is not None:
        values = [repr(one) for one in row.values] + (["None"] if row.null else [])
        found.append(f"its value is {' or '.join(values)}")
    if row.holds:
        found.append(f"it holds {row.holds!r}")
    if row.value:
        found.append(f"its value is {' or '.join(row.value)}")
    if row.decided is not None:
        found.append("the plan states an effort" if row.decided else "the plan states no effort")
    return f", where {' and '.join(found)}" if found else ""


def _title(key: str, sources: Mapping[str, Source]) -> str:
    known = sources.get(key)
    return f"{known.title} {known.url}".rstrip() if known else "a document in words"
