"""What one call passes for each parameter of the function that it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import Scalar
from migrate.facts.records import Call, Parameter, Scope
from migrate.program.collections.layering import Layers
from migrate.program.functions import positions
from migrate.program.solving.combining import crossing, only, union, unknown
from migrate.program.solving.values import Entry, Instance, Items, Located, Series, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def passed_by(
    evaluator: Evaluator, at: Located, call: Call, scope: Scope, wanted: Parameter, filled: int
) -> Value | None:
    """What ``call``, standing at ``at``, passes for ``wanted``; None where it leaves the default. The first
    ``filled`` parameters are taken: by the receiver, by a partial."""
    if wanted.kind == "**":
        return only(_collected(evaluator, at, call, scope))
    named = next((one for one in call.arguments if one.name == wanted.name), None)
    if named is not None and wanted.kind not in ("positional-only", "*"):
        return _given(evaluator, at.other(named.value))
    rows, doubts = positions.spelled_out(evaluator, at, call)
    if wanted.kind == "*":
        first = sum(one.kind in ("positional", "positional-only") for one in scope.parameters) - filled
        home = Place(at.path, call.span)
        rest = [only(Series(tuple(row[max(first, 0) :]), home, bool(doubts))) for row in rows]
        return union([*rest, *map(unknown, doubts)])
    found: list[Value] = []
    if wanted.kind != "keyword":
        place = [one.name for one in scope.parameters].index(wanted.name) - filled
        found = [_given(evaluator, row[place]) for row in rows if 0 <= place < len(row)]
    rest_of_it = [] if len(found) == len(rows) else [_spread(evaluator, at, call, wanted, doubts)]
    found += [one for one in rest_of_it if one is not None]
    return union(found) if found else None


def _given(evaluator: Evaluator, argument: Located) -> Value:
    return crossing(evaluator.evaluate(argument), argument.place(), None)


def _spread(
    evaluator: Evaluator, at: Located, call: Call, wanted: Parameter, doubts: list[str]
) -> Value | None:
    """What ``f(**mapping)`` passes for ``wanted``."""
    found = [
        _from_mapping(evaluator, at.other(one.value), wanted.name) for one in call.arguments if one.stars == 2
    ]
    values = [one for one in found if one is not None]
    if wanted.kind != "keyword" and not values:
        values = [unknown(why) for why in doubts]
    return union(values) if values else None


def _from_mapping(evaluator: Evaluator, mapping: Located, name: str) -> Value | None:
    found = evaluator.lookup(evaluator.evaluate(mapping), name, mapping)
    return found if found.options or found.unknown else None


def _collected(evaluator: Evaluator, at: Located, call: Call, scope: Scope) -> Items:
    """The mapping that ``**kwargs`` is for one call: its keywords that no other parameter takes."""
    holder = Place(at.path, call.span)
    taken = taken_names(scope)
    layers = Layers(holder, taken)
    for one in call.arguments:
        if one.name is not None and one.name not in taken:
            layers.put(Entry(one.name, at.other(one.value), holder, "keyword"))
        elif one.stars == 2:
            _collect_spread(evaluator, at.other(one.value), layers, taken)
    return layers.finish()


def taken_names(scope: Scope) -> frozenset[Scalar]:
    """The keywords that never end up in ``**kwargs`` of a function, because a parameter takes them."""
    return frozenset(one.name for one in scope.parameters if one.kind in ("positional", "keyword"))


def _collect_spread(evaluator: Evaluator, at: Located, layers: Layers, taken: frozenset[Scalar]) -> None:
    value = evaluator.evaluate(at)
    hidden = f"{at.path}:{at.expression.span.line} passes **arguments that are not visible"
    known = [evaluator.seen(one, at) for one in value.options if isinstance(one, Items)]
    doubts = [hidden for one in value.options if not isinstance(one, (Items, Instance))]
    left = [
        replace(one, entries=tuple(e for e in one.entries if e.key not in taken), settled=one.settled | taken)
        for one in known
    ]
    layers.spread(left, tuple(dict.fromkeys((*doubts, *value.unknown))))


def unseen_keywords(evaluator: Evaluator, path: str, index: int, reasons: tuple[str, ...]) -> Value:
    """What ``**kwargs`` is where nothing visible passes any: a dict all the same."""
    scope = evaluator.program.scope(path, index)
    wanted = scope.parameters[-1]
    return only(Items(Place(path, wanted.span), (), reasons, taken_names(scope)))
