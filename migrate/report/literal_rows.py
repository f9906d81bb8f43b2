"""Model ids as rows of four texts: where, id, role, what it reaches; and the line that counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from migrate.program.calls.callsite import CallSite
from migrate.program.literals.records import ModelLiteral
from migrate.report.counts import number


class LiteralRow(NamedTuple):
    where: str
    id: str
    role: str
    reaches: str


def literal_rows(literals: Iterable[ModelLiteral], sites: Iterable[CallSite]) -> list[LiteralRow]:
    """One row a literal; a shared one names every call."""
    places = {site.id: site.place.line for site in sites}
    return [_row(one, places) for one in literals]


def _row(one: ModelLiteral, places: Mapping[str, str]) -> LiteralRow:
    calls = list(dict.fromkeys(places[call] for call in one.reaches))
    return LiteralRow(str(one.place), one.value, one.role, f"reaches {', '.join(calls)}" if calls else "-")


def roles_line(literals: Sequence[ModelLiteral]) -> str:
    """``9 model ids: 3 choices, 2 of them for a visible call (...); 6 that choose nothing (...)``."""
    used = [one for one in literals if one.use]
    rest = [one for one in literals if not one.use]
    reaching = sum(bool(one.reaches) for one in used)
    parts = []
    if used:
        parts.append(
            f"{number(len(used), 'choice')}, {reaching:,} of them for a visible call ({_by_role(used)})"
        )
    if rest:
        parts.append(f"{len(rest):,} that choose nothing ({_by_role(rest)})")
    return f"{number(len(literals), 'model id')}: {'; '.join(parts)}"


def _by_role(literals: Iterable[ModelLiteral]) -> str:
    counts = Counter(one.role for one in literals)
    return ", ".join(f"{count:,} {role}" for role, count in counts.most_common())
