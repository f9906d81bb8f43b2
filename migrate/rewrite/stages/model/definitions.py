"""Notes on tables, lists and comparisons that speak of a model which calls move away from. Edits nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from migrate.catalog.models import Models
from migrate.findings.finding import Finding
from migrate.plan.decision import Decision, Route
from migrate.program.literals.records import ModelLiteral
from migrate.sources.place import Place
from migrate.sources.testfiles import is_test

# What is looked up by a model id; the other definitions only talk about one.
_KEPT_UP = {
    "list-of-supported": "lists",
    "price-or-context-table": "describes",
    "comparison": "asks for",
}


def definition_findings(
    literals: Sequence[ModelLiteral], decisions: Iterable[Decision], models: Models
) -> Iterator[Finding]:
    """One note for every table and list, and for the comparisons of a file, that hold an id which a call
    leaves and lack the one that it goes to."""
    routes = {route.old: route for decision in decisions for route in decision.routes}
    together: dict[tuple[str, Place | None, str], list[ModelLiteral]] = defaultdict(list)
    for one in literals:
        if one.role in _KEPT_UP and not one.reaches and not is_test(one.place.path):
            together[one.place.path, one.home, one.role].append(one)
    for there in together.values():
        found = list(_without_successor(there, routes, models))
        if found:
            yield _note(found)


def _without_successor(
    there: list[ModelLiteral], routes: dict[str, Route], models: Models
) -> Iterator[tuple[ModelLiteral, Route]]:
    held = {_bare(one, models) for one in there}
    for one in there:
        route = routes.get(one.value) or routes.get(_bare(one, models))
        if route is not None and route.target.id not in held:
            yield one, route


def _bare(one: ModelLiteral, models: Models) -> str:
    name = models.parse(one.value)
    return name.bare if name is not None else one.value


def _note(found: list[tuple[ModelLiteral, Route]]) -> Finding:
    first = found[0][0]
    ids = ", ".join(dict.fromkeys(repr(one.value) for one, _ in found))
    targets = ", ".join(dict.fromkeys(route.target.id for _, route in found))
    lines = list(dict.fromkeys(str(one.place.span.line) for one, _ in found))
    where = f" (lines {', '.join(lines)})" if len(lines) > 1 else ""
    what = f"this {_KEPT_UP[first.role]} {ids}{where}"
    message = f"{what}, which calls here move away from, and knows nothing of {targets}"
    cure = f"add {targets} beside it"
    return Finding("definition-model", "model", first.place, message, cure, "manual", (), (), "", True)
