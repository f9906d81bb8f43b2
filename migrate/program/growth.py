"""What later statements put into a dict or list: ``d[k] = v``, ``update``, ``setdefault``, ``append``,
``extend``. Only statements of the file that made it count, and for a dict those of the file that uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, last_name
from migrate.facts.records import Call
from migrate.program.combining import only
from migrate.program.values import Entry, Items, LiteralOption, Located, Series
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_ADDING_ONE = ("append", "add", "insert", "appendleft")


class _Growing:
    """A mapping while entries are added to it."""

    def __init__(self, items: Items) -> None:
        self.home = items.home
        self.entries = list(items.entries)
        self.more = list(items.more)

    def add(self, other: Items) -> None:
        self.entries += other.entries
        self.more += other.more

    def finish(self) -> Items:
        return Items(self.home, tuple(dict.fromkeys(self.entries)), tuple(dict.fromkeys(self.more)))


def grown(evaluator: Evaluator, items: Items, user: str | None = None) -> Items:
    """``items`` with what assignments and calls of ``update`` and ``setdefault`` in its file, and in the
    file ``user`` that it is used in, add."""
    homes = evaluator.program.documents.readers(items.home.path) or (items.home.path,)
    paths = tuple(dict.fromkeys((*homes, user or homes[0])))
    key = ("grown", items.home, len(items.entries), paths)
    value = evaluator.guarded(key, lambda: only(_grown(evaluator, items, paths)))
    for option in value.options:
        if isinstance(option, Items):
            return option
    return Items(items.home, items.entries, (*items.more, *value.unknown))


def _grown(evaluator: Evaluator, items: Items, paths: tuple[str, ...]) -> Items:
    growing = _Growing(items)
    for path in paths:
        _grow(evaluator, growing, path)
    return growing.finish()


def _grow(evaluator: Evaluator, growing: _Growing, path: str) -> None:
    """Adds what the statements of one file put into the mapping."""
    for index in evaluator.program.item_stores(path):
        store = evaluator.program.facts(path).stores[index]
        at = Located(path, store.scope, store.block, store.value)
        if store.key is not None and _is_mapping(evaluator, at.other(store.base), growing.home):
            _store(evaluator, growing, at, at.other(store.key), Place(path, store.span))
    for name in ("update", "setdefault"):
        for index in evaluator.program.calls_named_in(path, name):
            _call(evaluator, growing, path, evaluator.program.facts(path).calls[index])


def _store(evaluator: Evaluator, growing: _Growing, at: Located, key: Located, place: Place) -> None:
    known = [one for one in evaluator.evaluate(key).options if isinstance(one, LiteralOption)]
    growing.entries += [Entry(one.value, at, place, "store") for one in known]
    if not known:
        growing.more.append(f"{place} sets a key that is computed")


def _call(evaluator: Evaluator, growing: _Growing, path: str, call: Call) -> None:
    if not isinstance(call.function, Attribute):
        return
    at = Located(path, call.scope, call.block, call.function.base)
    if not _is_mapping(evaluator, at, growing.home):
        return
    if call.function.name == "update":
        growing.add(evaluator.built(at.other(call.function), call))
    elif len(call.arguments) == 2:
        key, value = (at.other(one.value) for one in call.arguments)
        _store(evaluator, growing, value, key, Place(path, call.span))


def _is_mapping(evaluator: Evaluator, at: Located, home: Place) -> bool:
    return any(isinstance(one, Items) and one.home == home for one in evaluator.evaluate(at).options)


def added(evaluator: Evaluator, series: Series) -> list[Located]:
    """The items that calls of ``append`` and ``extend`` in its file add to a list, in the order of the file.

    Looks only at calls through a name that the list was assigned to.
    """
    path = series.home.path
    names = evaluator.program.assigned_names(path, series.home.span)
    found: list[Located] = []
    for call, at in _calls(evaluator, path, (*_ADDING_ONE, "extend")) if names else ():
        base = at.expression
        if last_name(base) in names and _is_list(evaluator, at, series.home):
            value = at.other(call.arguments[-1].value)
            if last_name(call.function) != "extend":
                found.append(value)
            else:
                rest = evaluator.evaluate(value).options
                found += [item for one in rest if isinstance(one, Series) for item in one.items]
    return found


def _calls(evaluator: Evaluator, path: str, names: tuple[str, ...]) -> Iterator[tuple[Call, Located]]:
    """Method calls with an argument, and the expression they are called on."""
    for name in names:
        for index in evaluator.program.calls_named_in(path, name):
            call = evaluator.program.facts(path).calls[index]
            if isinstance(call.function, Attribute) and call.arguments:
                yield call, Located(path, call.scope, call.block, call.function.base)


def _is_list(evaluator: Evaluator, at: Located, home: Place) -> bool:
    return any(isinstance(one, Series) and one.home == home for one in evaluator.evaluate(at).options)
