"""Dicts and sequences: what a display holds, what a key or index gives, what iterating yields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Mapping, Operation, Scalar
from migrate.facts.records import Call
from migrate.program import classes, commandline, config_files, file_paths, growth, iteration, stdlib
from migrate.program.combining import NOTHING, crossing, only, union, unknown
from migrate.program.values import (
    CommandLine,
    Definition,
    Entry,
    External,
    FileOption,
    Instance,
    Items,
    LiteralOption,
    Located,
    Made,
    Option,
    Series,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator


def display(evaluator: Evaluator, at: Located, node: Mapping) -> Items:
    """The mapping that a dict display makes."""
    home = Place(at.path, node.span)
    entries: list[Entry] = []
    more: list[str] = []
    for key, value in node.entries:
        if key is None:
            _spread(evaluator, at.other(value), entries, more)
            continue
        known = evaluator.evaluate(at.other(key))
        texts = [option for option in known.options if isinstance(option, LiteralOption)]
        entries += [Entry(option.value, at.other(value), home, "display") for option in texts]
        if not texts:
            more.append("it has a key that is computed")
    return Items(home, tuple(entries), tuple(more))


def built(evaluator: Evaluator, at: Located, call: Call) -> Items:
    """The mapping that ``dict(...)`` makes."""
    home = Place(at.path, call.span)
    entries: list[Entry] = []
    more: list[str] = []
    for one in call.arguments:
        if one.name is not None:
            entries.append(Entry(one.name, at.other(one.value), home, "call"))
        else:
            _spread(evaluator, at.other(one.value), entries, more)
    return Items(home, tuple(entries), tuple(more))


def _spread(evaluator: Evaluator, at: Located, entries: list[Entry], more: list[str]) -> None:
    """Adds what ``**at`` contributes to a mapping."""
    value = evaluator.evaluate(at)
    for option in value.options:
        if isinstance(option, Items):
            whole = growth.grown(evaluator, option)
            entries += whole.entries
            more += whole.more
        elif not (isinstance(option, LiteralOption) and option.value is None):
            more.append("it contains another mapping that is not followed")
    more += value.unknown


def lookup(evaluator: Evaluator, mapping: Value, key: str) -> Value:
    """What ``mapping[key]`` gives; nothing where every mapping is known and has no such key."""
    found: list[Value] = []
    for option in mapping.options:
        if isinstance(option, Items):
            whole = growth.grown(evaluator, option)
            found += [_entry_value(evaluator, one) for one in whole.entries if one.key == key]
            found.append(Value((), whole.more))
        elif isinstance(option, CommandLine):
            found.append(commandline.lookup(evaluator, option, key))
    return union([*found, mapping.doubt()])


def _entry_value(evaluator: Evaluator, entry: Entry) -> Value:
    role = "argument" if entry.form == "keyword" else "dict-entry"
    return crossing(evaluator.evaluate(entry.value), entry.value.place(), role)  # type: ignore[arg-type]


def subscript(evaluator: Evaluator, base: Located, index: Located) -> Value:
    """``base[index]``."""
    key = evaluator.evaluate(index)
    value = evaluator.evaluate(base)
    found = [_item(evaluator, option, key, index) for option in value.options]
    return union([*found, value.doubt()])


def _item(evaluator: Evaluator, option: Option, key: Value, index: Located) -> Value:
    keys = [one.value for one in key.options if isinstance(one, LiteralOption)]
    if isinstance(option, Items):
        return _entry(evaluator, option, keys)
    if isinstance(option, Series):
        return _part(evaluator, option, keys, index)
    if isinstance(option, External):
        return stdlib.external_item(evaluator, option.symbol, keys, index)
    if isinstance(option, Definition):
        return only(option)  # Generic[T]
    if isinstance(option, CommandLine):
        return commandline.item(evaluator, option, list(keys))
    if isinstance(option, FileOption):
        return file_paths.nth_parent(option, keys)
    if isinstance(option, Made):
        found = config_files.section(evaluator, option, keys)
        if found is not None:
            return found
    return unknown("it is an item of something that is not followed")


def _entry(evaluator: Evaluator, items: Items, keys: list[Scalar]) -> Value:
    whole = growth.grown(evaluator, items)
    chosen = [one for one in whole.entries if not keys or one.key in keys]
    found = [_entry_value(evaluator, one) for one in chosen]
    if whole.more:
        found.append(Value((), whole.more))
    return union(found) if found else unknown("the dict has no such key")


def _part(evaluator: Evaluator, series: Series, keys: list[Scalar], index: Located) -> Value:
    """One item of a list, or a slice of it: any of its items."""
    if isinstance(index.expression, Operation) and index.expression.operator == ":":
        return only(iteration.sliced(evaluator, series, growth.added(evaluator, series), index))
    return _position(evaluator, series, keys)


def _position(evaluator: Evaluator, series: Series, keys: list[Scalar]) -> Value:
    more = growth.added(evaluator, series)
    items = [*series.items, *more]
    chosen = [items[key] for key in keys if isinstance(key, int) and -len(items) <= key < len(items)]
    if more or series.repeated or len(chosen) < len(keys) or not keys:
        chosen = items
    return union([evaluator.evaluate(one) for one in chosen]) if chosen else NOTHING


def elements(evaluator: Evaluator, iterated: Located) -> Value:
    """What iterating yields: the items of a sequence, what a generator yields."""
    value = evaluator.evaluate(iterated)
    found = [_elements_of(evaluator, option) for option in value.options]
    return union([*found, value.doubt()])


def _elements_of(evaluator: Evaluator, option: Option) -> Value:
    if isinstance(option, Series):
        items = [*option.items, *growth.added(evaluator, option)]
        return union([evaluator.evaluate(one) for one in items]) if items else NOTHING
    if isinstance(option, Definition) and classes.is_enum(evaluator, option.path, option.scope):
        return only(Instance(option.path, option.scope))
    return unknown("it is an element of something that is not followed")
