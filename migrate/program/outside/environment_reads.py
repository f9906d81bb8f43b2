"""Reads of environment variables, by the functions and objects that the catalog knows to make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.catalog.configuration import ArgumentAt, EnvironmentRead
from migrate.facts.expressions import Attribute, CallReference
from migrate.facts.records import Call
from migrate.program.functions.arguments import given, some, texts, value_of
from migrate.program.solving.combining import NOTHING, crossing, union, unknown
from migrate.program.solving.values import Environment, Located, Made, Option, Series, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def by_function(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What function ``symbol`` reads; None where it reads no variable."""
    entry = evaluator.library.configuration.reads.get(symbol)
    return None if entry is None else _read(evaluator, entry, at, call, NOTHING, [""])


def by_object(evaluator: Evaluator, owner: Made, method: str, at: Located, call: Call) -> Value | None:
    """What ``owner.method(...)`` reads; None where it reads no variable."""
    entry = evaluator.library.configuration.reads.get(f"{owner.symbol}.{method}")
    if entry is None:
        return None
    key = given(call, entry.name)
    names = texts(evaluator.evaluate(at.other(key.value))) if key is not None else []
    fallback = union([_of_scheme(evaluator, owner, name) for name in names]) if entry.scheme else NOTHING
    return _read(evaluator, entry, at, call, fallback, _prefixes(evaluator, entry, owner, at, call))


def _read(
    evaluator: Evaluator,
    entry: EnvironmentRead,
    at: Located,
    call: Call,
    fallback: Value,
    prefixes: list[str],
) -> Value:
    key = given(call, entry.name)
    if key is None:
        return unknown("it is read from the environment")
    names = texts(evaluator.evaluate(at.other(key.value)))
    stated = value_of(evaluator, at, call, entry.default)
    default = some(fallback if stated is None else stated)
    there = bool(default.options)
    place = at.place()
    reads: list[Option] = [
        Environment(prefix + name, place, there, entry.required and not there)
        for name in names
        for prefix in prefixes
    ]
    reasons = () if names else ("it is read from a variable whose name is computed",)
    return union([crossing(default, place, "env-default"), Value(tuple(reads), reasons)])


def _prefixes(
    evaluator: Evaluator, entry: EnvironmentRead, owner: Made, at: Located, call: Call
) -> list[str]:
    """What stands before the names that ``owner`` reads at ``at``."""
    found = [""]
    made = evaluator.call_at(owner.at) if entry.prefix else None
    if made is not None and owner.at is not None:
        stated = value_of(evaluator, owner.at, made, ArgumentAt(entry.prefix))
        found = texts(stated) if stated is not None else found
    if entry.prefixing:
        for more in _entered(evaluator, entry.prefixing, owner, at, call):
            found = [one + two for one in found for two in more]
    return found or [""]


def _entered(evaluator: Evaluator, method: str, owner: Made, at: Located, call: Call) -> list[list[str]]:
    """The prefixes of the ``with`` statements around a call, the outermost first."""
    facts = evaluator.program.facts(at.path)
    found = []
    for one in sorted(facts.managed, key=lambda managed: managed.span):
        if not one.span.covers(call.span) or not isinstance(one.manager, CallReference):
            continue
        entering = facts.calls[one.manager.index]
        function = entering.function
        where = Located(at.path, one.scope, one.block, function)
        if not isinstance(function, Attribute) or function.name != method or not entering.arguments:
            continue
        if owner in evaluator.evaluate(where.other(function.base)).options:
            found.append(texts(evaluator.evaluate(where.other(entering.arguments[0].value))))
    return found


def _of_scheme(evaluator: Evaluator, owner: Made, name: str) -> Value:
    """The default that the constructor gives variable ``name``: ``Env(NAME=(str, "default"))``."""
    made = evaluator.call_at(owner.at)
    stated = (
        None if made is None or owner.at is None else value_of(evaluator, owner.at, made, ArgumentAt(name))
    )
    found = []
    for option in stated.options if stated is not None else ():
        if isinstance(option, Series) and len(option.items) == 2:
            found.append(evaluator.evaluate(option.items[1]))
    return union(found) if found else NOTHING
