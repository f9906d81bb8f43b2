"""Mappings that a whole program shares (Streamlit's session state) and flags that are declared anywhere:
what is written or declared under a name is what is read there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Constant
from migrate.facts.records import Call
from migrate.program.functions.arguments import texts
from migrate.program.outside import declarations
from migrate.program.solving import located
from migrate.program.solving.combining import NOTHING, crossing, union, unknown
from migrate.program.solving.values import External, Located, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_READING = ("get", "setdefault", "pop")


def member(evaluator: Evaluator, holder: str, name: str) -> Value | None:
    """``holder.name`` or ``holder["name"]``; None where the holder is no shared mapping."""
    known = evaluator.library.configuration
    if holder in known.holders:
        return _answer(evaluator, holder, name, list(_declared(evaluator, holder, name)))
    if holder in known.shared and name not in _READING:
        key = ("shared", holder, name)
        return evaluator.guarded(
            key, lambda: _answer(evaluator, holder, name, list(_written(evaluator, holder, name)))
        )
    return None


def read(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """``holder.get(key, default)``; None for any other function."""
    holder, _, method = symbol.rpartition(".")
    if holder not in evaluator.library.configuration.shared or method not in _READING or not call.arguments:
        return None
    names = texts(evaluator.evaluate(at.other(call.arguments[0].value)))
    found = [value for name in names if (value := member(evaluator, holder, name)) is not None]
    found += [evaluator.evaluate(at.other(one.value)) for one in call.arguments[1:2]]
    return union(found) if found else unknown("it is looked up under a key that is computed")


def _answer(evaluator: Evaluator, holder: str, name: str, found: list[Value]) -> Value:
    return union(found) if found else unknown(f"nothing visible sets {name} of {holder}")


def _written(evaluator: Evaluator, holder: str, name: str) -> Iterator[Value]:
    """What is stored under ``name``, and what the widgets give that are kept under it."""
    program = evaluator.program
    places = [(path, index) for path in program.loaded() for index in program.item_stores(path)]
    for path, index in [*places, *program.stores_of(name)]:
        store = program.facts(path).stores[index]
        at = Located(path, store.scope, store.block, store.value)
        if store.key is not None and not (isinstance(store.key, Constant) and store.key.value == name):
            continue
        if External(holder) in evaluator.evaluate(at.other(store.base)).options:
            yield crossing(evaluator.evaluate(at), Place(path, store.span), "constant")
    for path in program.loaded():
        for call in program.facts(path).calls:
            if any(_is_key(one.name, one.value, name) for one in call.arguments):
                yield _kept(evaluator, path, call)


def _is_key(keyword: str | None, value: object, name: str) -> bool:
    return keyword == "key" and isinstance(value, Constant) and value.value == name


def _kept(evaluator: Evaluator, path: str, call: Call) -> Value:
    at = located.called(path, call)
    found = []
    for one in evaluator.evaluate(at).options:
        entry = evaluator.library.configuration.declaration(one.symbol) if isinstance(one, External) else None
        if entry is not None and entry.form == "result":
            found.append(declarations.stated(evaluator, entry, at, call))
    return union(found) if found else NOTHING


def _declared(evaluator: Evaluator, holder: str, name: str) -> Iterator[Value]:
    """What the declarations of flag ``name`` state."""
    known = evaluator.library.configuration
    for symbol in known.holders[holder]:
        for path in evaluator.program.loaded():
            for index in evaluator.program.calls_named_in(path, symbol.rpartition(".")[2]):
                call = evaluator.program.facts(path).calls[index]
                first = call.arguments[0].value if call.arguments else None
                at = located.called(path, call)
                named = isinstance(first, Constant) and first.value == name
                if named and External(symbol) in evaluator.evaluate(at).options:
                    yield declarations.stated(evaluator, known.declarations[symbol], at, call)
