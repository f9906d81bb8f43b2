"""What is said of a line that was asked about and holds no call: its model ids, and the nearest calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from migrate.program.calls.callsite import CallSite
from migrate.program.literals.records import ModelLiteral
from migrate.report.scan_rows import row
from migrate.report.tree import Node


def line_without_calls(
    where: str, literals: Sequence[ModelLiteral], nearest: Sequence[CallSite], sites: Iterable[CallSite]
) -> Node:
    """The line ``where`` (``path:line``), and what may have been meant."""
    by_id = {site.id: site for site in sites}
    below = [_literal(one, by_id) for one in literals]
    if nearest:
        below.append(Node("the nearest calls of this file", tuple(map(_near, nearest))))
    elif not literals:
        below.append(Node("this file holds no calls"))
    return Node(f"{where}  no call begins or goes on here", tuple(below))


def _literal(one: ModelLiteral, by_id: dict[str, CallSite]) -> Node:
    verb = "is chosen here" if one.use else "is not a choice here"
    return Node(f"{one.value} {verb} ({one.role})", tuple(_reached(one, by_id)))


def _reached(one: ModelLiteral, by_id: dict[str, CallSite]) -> Iterator[Node]:
    for call in one.reaches:
        yield Node(f"reaches {_call(by_id[call])}")
    if not one.reaches:
        yield Node("no visible call takes its model from here")


def _near(site: CallSite) -> Node:
    return Node(_call(site))


def _call(site: CallSite) -> str:
    shown = row(site)
    return f"{shown.where}  {shown.call}"
