"""Where a framework is given something: an argument, an entry of a dict argument, the dicts of a list.

``llm_config.config_list[].model`` is the entry ``model`` of every dict in the list that ``config_list`` of
``llm_config`` is. An object that is made for it, ``settings=Settings(model="gpt-4o")``, is read like a dict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.program.calls.request import Request
from migrate.program.collections import appended
from migrate.program.solving.combining import NOTHING, only, union, unknown
from migrate.program.solving.values import Items, LiteralOption, Located, Made, Option, Series, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrate.program.solving.evaluate import Evaluator

_EACH = "[]"
_ON_AN_OBJECT = unknown("it is set on an object")


def given(evaluator: Evaluator, request: Request, paths: Iterable[str]) -> list[tuple[str, Value]]:
    """Each of ``paths`` that ``request`` has something at, with all that it can be."""
    found = []
    for path in paths:
        value = _at(evaluator, request, path)
        if value.options or value.unknown:
            found.append((path, value))
    return found


def holders(evaluator: Evaluator, request: Request, paths: Iterable[str]) -> Value:
    """The dicts that ``paths`` lead into: those whose last step is an entry."""
    heads = dict.fromkeys(path.rpartition(".")[0] for path in paths)
    found = [_at(evaluator, request, head) for head in heads if head]
    options = [one for value in found for one in value.options if isinstance(one, Items)]
    return Value(tuple(options))


def _at(evaluator: Evaluator, request: Request, path: str) -> Value:
    first, *steps = path.split(".")
    value = request.value(first.removesuffix(_EACH)) or NOTHING
    if first.endswith(_EACH):
        value = _each(evaluator, value)
    for step in steps:
        value = _entry(evaluator, value, step.removesuffix(_EACH))
        if step.endswith(_EACH):
            value = _each(evaluator, value)
    return value


def _entry(evaluator: Evaluator, value: Value, key: str) -> Value:
    """What the dicts and objects among ``value`` hold under ``key``; None among it where only some do."""
    held = [_held(evaluator, one, key) for one in value.options if not isinstance(one, LiteralOption)]
    found = [one for one in held if one.options or one.unknown]
    if found and len(found) < len(held):
        found.append(only(LiteralOption(None, ())))
    found += [unknown(why) for why in value.unknown]
    return union(found) if found else NOTHING


def _held(evaluator: Evaluator, option: Option, key: str) -> Value:
    """What one dict or object holds under ``key``; nothing where it has no such key."""
    if isinstance(option, Items):
        return evaluator.lookup(Value((option,)), key)
    call = evaluator.call_at(option.at) if isinstance(option, Made) else None
    if not isinstance(option, Made) or option.at is None or call is None:
        return _ON_AN_OBJECT
    given = [evaluator.ask(option.at.other(one.value)) for one in call.arguments if one.name == key]
    if not given and any(one.stars or one.name is None for one in call.arguments):
        given = [_ON_AN_OBJECT]
    return union([*given, *_set_later(evaluator, option, option.at.path, key)])


def _set_later(evaluator: Evaluator, made: Made, path: str, key: str) -> Iterable[Value]:
    """What the file that makes an object assigns to its attribute ``key`` afterwards."""
    for index in evaluator.program.stores_in(path, key):
        store = evaluator.program.facts(path).stores[index]
        base = Located(path, store.scope, store.block, store.base)
        if made in evaluator.ask(base).options:
            yield evaluator.ask(base.other(store.value))


def _each(evaluator: Evaluator, value: Value) -> Value:
    """The items of the lists among ``value``."""
    found = [unknown(why) for why in value.unknown]
    for option in value.options:
        if isinstance(option, Series):
            items = [*option.items, *appended.added(evaluator, option)]
            found += [evaluator.ask(one) for one in items]
        elif not isinstance(option, LiteralOption):
            found.append(unknown("it is in a list that is not followed"))
    return union(found) if found else NOTHING
