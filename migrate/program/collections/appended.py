"""What later statements add to a list: ``append``, ``extend`` and the like, in the file that made it."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from migrate.facts.expressions import Attribute, Constant, Expression, Subscript, last_name
from migrate.facts.records import Call
from migrate.program.solving.values import Located, Series
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_Row: TypeAlias = tuple[int, Call, Located]
"""The number of a call, the call, and what it adds to."""
_KEYED = "[]"
_ADDING_ONE = ("append", "add", "insert", "appendleft")


def added(evaluator: Evaluator, series: Series) -> list[Located]:
    """The items that calls of ``append`` and ``extend`` in its file add to a list, in the order of the file.

    Looks only at calls through a name that the list was assigned to, or a key that it stands under.
    """
    path = series.home.path
    nothing: dict[str, list[_Row]] = {}
    rows = evaluator.kept(("adding", path), 0, lambda: _by_holder(evaluator, path), nothing)
    names = {*evaluator.program.assigned_names(path, series.home.span), _KEYED}
    found: list[Located] = []
    for _, call, at in sorted((row for name in names for row in rows.get(name, ())), key=itemgetter(0)):
        if _is_list(evaluator, at, series.home):
            value = at.other(call.arguments[-1].value)
            if last_name(call.function) != "extend":
                found.append(value)
            else:
                rest = evaluator.evaluate(value).options
                found += [item for one in rest if isinstance(one, Series) for item in one.items]
    return found


def _by_holder(evaluator: Evaluator, path: str) -> dict[str, list[_Row]]:
    """The calls of a file that add to something, by the last name of that, numbered; what stands under a key
    has its own."""
    rows: dict[str, list[_Row]] = {}
    for number, (call, at) in enumerate(_calls(evaluator, path, (*_ADDING_ONE, "extend"))):
        base = at.expression
        if _is_keyed(base):
            rows.setdefault(_KEYED, []).append((number, call, at))
        elif last_name(base):
            rows.setdefault(last_name(base), []).append((number, call, at))
    return rows


def _calls(evaluator: Evaluator, path: str, names: tuple[str, ...]) -> Iterator[tuple[Call, Located]]:
    """Method calls with an argument, and the expression they are called on."""
    for name in names:
        for index in evaluator.program.calls_named_in(path, name):
            call = evaluator.program.facts(path).calls[index]
            if isinstance(call.function, Attribute) and call.arguments:
                yield call, Located(path, call.scope, call.block, call.function.base)


def _is_keyed(base: Expression) -> bool:
    return isinstance(base, Subscript) and isinstance(base.index, Constant)


def _is_list(evaluator: Evaluator, at: Located, home: Place) -> bool:
    return any(isinstance(one, Series) and one.home == home for one in evaluator.evaluate(at).options)
