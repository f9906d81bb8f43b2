"""What later statements do to a dict: assignments, deletions, ``update``, ``setdefault``, ``pop``. Only
statements of the file that made it count, and those of the file that uses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from migrate.facts.expressions import Attribute, Choice, Scalar, dotted
from migrate.facts.records import Call
from migrate.program.collections import told_pairs, views
from migrate.program.solving.combining import only
from migrate.program.solving.values import Changes, Entry, Items, LiteralOption, Located, Step, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_CHANGING = ("update", "setdefault", "pop")


class _Growing:
    """A mapping while entries are added to it."""

    def __init__(self, items: Items) -> None:
        self.home = items.home
        self._began = items
        self._entries = list(items.entries)
        self._more = list(items.more)
        self._removed: list[tuple[Scalar, Step]] = []
        self._clouds: list[Step] = []
        self._doubted = False

    def put(self, entry: Entry) -> None:
        self._entries.append(entry)

    def take(self, key: Scalar, step: Step) -> None:
        self._removed.append((key, step))

    def cloud(self, reasons: Sequence[str], step: Step) -> None:
        """Something is written at ``step`` of which not everything is known."""
        if reasons:
            self._more += reasons
            self._clouds.append(step)

    def doubt(self, reasons: Sequence[str]) -> None:
        """What the statements of a file do is not known."""
        self._more += reasons
        self._doubted = self._doubted or bool(reasons)

    def finish(self) -> Items:
        # What statements add that is not known may stand under any key: ordering.py tells better.
        settled = frozenset() if self._clouds or self._doubted else self._began.settled
        return Items(
            self.home,
            tuple(dict.fromkeys(self._entries)),
            tuple(dict.fromkeys(self._more)),
            settled,
            tuple(dict.fromkeys(self._removed)),
            tuple(dict.fromkeys(self._clouds)),
        )


def grown(evaluator: Evaluator, items: Items, user: str | None = None) -> Items:
    """``items`` with what assignments, deletions and calls of ``update``, ``setdefault`` and ``pop`` in its
    file, and in the file ``user`` that it is used in, do to it, in no order."""
    homes = evaluator.program.documents.readers(items.home.path) or (items.home.path,)
    paths = tuple(dict.fromkeys((*homes, user or homes[0])))
    key = ("grown", items.home, len(items.entries), items.settled, paths)
    value = evaluator.guarded(key, lambda: only(_grown(evaluator, items, paths)))
    found = next((one for one in value.options if isinstance(one, Items)), items)
    if not value.unknown:
        return found
    # Statements that were not looked at may stand for anything, as clouds do (finish).
    return replace(found, more=tuple(dict.fromkeys((*found.more, *value.unknown))), settled=frozenset())


def changed_there(evaluator: Evaluator, at: Located) -> bool:
    """Whether a statement of the scope that ``at`` stands in changes a mapping by the same words."""
    words = dotted(at.expression)
    facts = evaluator.program.facts(at.path)
    stores = (facts.stores[index] for index in evaluator.program.item_stores(at.path))
    if not words or any(one.scope == at.scope and dotted(one.base) == words for one in stores):
        return bool(words)
    calls = (index for name in _CHANGING for index in evaluator.program.calls_named_in(at.path, name))
    return any(
        facts.calls[index].scope == at.scope and dotted(facts.calls[index].function).startswith(f"{words}.")
        for index in calls
    )


def _grown(evaluator: Evaluator, items: Items, paths: tuple[str, ...]) -> Items:
    growing = _Growing(items)
    for path in paths:
        _grow(evaluator, growing, path)
    return growing.finish()


def _grow(evaluator: Evaluator, growing: _Growing, path: str) -> None:
    """Adds what the statements of one file do to the mapping."""
    facts = evaluator.program.facts(path)
    value = evaluator.guarded(("changes", path), lambda: only(Changes(tuple(_changing(evaluator, path)))))
    growing.doubt(value.unknown)
    rows = [row for one in value.options if isinstance(one, Changes) for row in one.rows]
    for home, stores, index in rows:
        if home != growing.home:
            continue
        if not stores:
            _call(evaluator, growing, path, facts.calls[index])
            continue
        store = facts.stores[index]
        at = Located(path, store.scope, store.block, store.value)
        assert store.key is not None
        step = Step(at.other(store.base), store.at)
        _store(evaluator, growing, at, at.other(store.key), (Place(path, store.span), step))


def _changing(evaluator: Evaluator, path: str) -> Iterator[tuple[Place, bool, int]]:
    """The statements of a file that change a dict, with the home of the dict (see Changes)."""
    facts = evaluator.program.facts(path)
    for index in evaluator.program.item_stores(path):
        store = facts.stores[index]
        for home in _homes(evaluator, Located(path, store.scope, store.block, store.base)):
            yield home, True, index
    for name in _CHANGING:
        for index in evaluator.program.calls_named_in(path, name):
            call = facts.calls[index]
            if isinstance(call.function, Attribute) and call.arguments:
                for home in _homes(evaluator, Located(path, call.scope, call.block, call.function.base)):
                    yield home, False, index


def _store(
    evaluator: Evaluator,
    growing: _Growing,
    at: Located,
    key: Located,
    where: tuple[Place, Step],
    setdefault: bool = False,
) -> None:
    """``mapping[key] = at``, or ``del mapping[key]`` where ``at`` is nothing."""
    _, step = where
    for mapping in views.paired(evaluator, key, at):
        for entry in mapping.entries:
            growing.put(replace(entry, step=step, maybe=True))
        growing.cloud(mapping.more, step)
        return
    rows = told_pairs.pairs(evaluator, key, at)
    for one_key, value in rows:
        _put(growing, one_key, value, where, setdefault)
    if rows:
        return
    _put(growing, evaluator.evaluate(key), at, where, setdefault)


def _put(growing: _Growing, known: Value, at: Located, where: tuple[Place, Step], setdefault: bool) -> None:
    """Adds ``at`` under the keys that ``known`` can be."""
    place, step = where
    texts = [one for one in known.options if isinstance(one, LiteralOption)]
    nothing = at.expression == Choice(at.expression.span, "if", ())
    for one in texts:
        if nothing:
            growing.take(one.value, step)
        else:
            form: Literal["default", "store"] = "default" if setdefault else "store"
            growing.put(Entry(one.value, at, place, form, step, len(texts) > 1))
    if (not texts or known.unknown) and not nothing:
        growing.cloud((f"{place} sets a key that is computed",), step)


def _call(evaluator: Evaluator, growing: _Growing, path: str, call: Call) -> None:
    assert isinstance(call.function, Attribute)
    at = Located(path, call.scope, call.block, call.function.base)
    step = Step(at, (call.span.end_line, call.span.end_column))
    if call.function.name == "update":
        added = evaluator.built(at.other(call.function), call)
        for entry in added.entries:
            growing.put(replace(entry, step=step))
        growing.cloud(added.more, step)
    elif call.function.name == "pop":
        for one in evaluator.evaluate(at.other(call.arguments[0].value)).options:
            if isinstance(one, LiteralOption):
                growing.take(one.value, step)
    elif len(call.arguments) == 2:
        key, value = (at.other(one.value) for one in call.arguments)
        _store(evaluator, growing, value, key, (Place(path, call.span), step), True)


def _homes(evaluator: Evaluator, at: Located) -> list[Place]:
    found = (one.home for one in evaluator.evaluate(at).options if isinstance(one, Items))
    return list(dict.fromkeys(found))
