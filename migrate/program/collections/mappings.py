"""Dicts and sequences: what a display holds, what a key or index gives, what iterating yields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Mapping, Scalar
from migrate.facts.records import Call
from migrate.program.classes import attached, enumerations, object_items
from migrate.program.collections import getting, growth, lists, ordering, views
from migrate.program.collections.layering import Layers
from migrate.program.collections.views import exact_keys
from migrate.program.libraries import stdlib
from migrate.program.outside import commandline, config_files
from migrate.program.solving.combining import NOTHING, crossing, only, union, unknown
from migrate.program.solving.values import (
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
    Pairs,
    Series,
    Texts,
    Value,
)
from migrate.program.texts import file_paths
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_NOTHING_INSIDE = "nothing that is put into the dict is visible"


def display(evaluator: Evaluator, at: Located, node: Mapping) -> Items:
    """The mapping that a dict display makes."""
    home = Place(at.path, node.span)
    layers = Layers(home)
    for key, value in node.entries:
        if key is None:
            spread(evaluator, at.other(value), layers)
            continue
        rows = views.paired(evaluator, at.other(key), at.other(value))
        if rows:
            layers.spread(rows, (), True)
            continue
        known = evaluator.evaluate(at.other(key))
        texts = [option for option in known.options if isinstance(option, LiteralOption)]
        layers.choose(
            [Entry(one.value, at.other(value), home, "display", named=one.origins) for one in texts]
        )
        if not texts or known.unknown:
            layers.doubt("it has a key that is computed")
    return layers.finish()


def built(evaluator: Evaluator, at: Located, call: Call) -> Items:
    """The mapping that ``dict(...)`` makes."""
    home = Place(at.path, call.span)
    layers = Layers(home)
    for one in call.arguments:
        if one.name is not None:
            layers.put(Entry(one.name, at.other(one.value), home, "call"))
        else:
            spread(evaluator, at.other(one.value), layers)
    return layers.finish()


def spread(evaluator: Evaluator, at: Located, layers: Layers) -> None:
    """Lays what ``**at`` contributes over a mapping; a list of pairs is as good as a mapping."""
    value = evaluator.evaluate(at)
    options: list[Items] = []
    doubts = list(value.unknown)
    maybe = False
    for option in value.options:
        known = as_mapping(evaluator, option, at)
        if known is not None:
            options.append(known)
        elif isinstance(option, LiteralOption) and option.value is None:
            maybe = True
        else:
            doubts.append("it contains another mapping that is not followed")
    layers.spread(options, doubts, maybe)


def as_mapping(evaluator: Evaluator, option: Option, at: Located) -> Items | None:
    """What the mapping or list of pairs ``option`` holds at ``at``; None for anything else."""
    if isinstance(option, Items):
        return seen(evaluator, option, at)
    if isinstance(option, Series) and not option.repeated:
        return views.of_pairs(evaluator, option)
    if isinstance(option, Pairs) and not option.single:
        return option.mapping
    return None


def seen(evaluator: Evaluator, items: Items, at: Located) -> Items:
    """``items`` as the expression ``at`` finds it, with what statements have done to it."""
    if evaluator.program.documents.holds(at.path):
        return growth.grown(evaluator, items)
    user = at.path if growth.changed_there(evaluator, at) else None
    return ordering.as_seen(evaluator, growth.grown(evaluator, items, user), at)


def lookup(evaluator: Evaluator, mapping: Value, key: str, at: Located | None = None) -> Value:
    """What ``mapping[key]`` gives; nothing where every mapping is known and has no such key. ``at`` is
    where the mapping is used, if that is known."""
    found: list[Value] = []
    for option in mapping.options:
        if isinstance(option, Items):
            whole = growth.grown(evaluator, option) if at is None else seen(evaluator, option, at)
            found += _under(evaluator, whole, {key})
        elif isinstance(option, CommandLine):
            found.append(commandline.lookup(evaluator, option, key))
    return union([*found, mapping.doubt()])


def _under(evaluator: Evaluator, whole: Items, keys: set[Scalar]) -> list[Value]:
    """What a mapping holds under one of ``keys``, with the reasons why it may be something else."""
    found = [_entry_value(evaluator, one) for one in whole.entries if one.key in keys]
    return [*found, *([] if keys <= whole.settled else [Value((), whole.more)])]


def _entry_value(evaluator: Evaluator, entry: Entry) -> Value:
    role = "argument" if entry.form == "keyword" else "dict-entry"
    return crossing(evaluator.evaluate(entry.value), entry.value.place(), role)  # type: ignore[arg-type]


def subscript(evaluator: Evaluator, base: Located, index: Located) -> Value:
    """``base[index]``."""
    key = evaluator.evaluate(index)
    value = evaluator.evaluate(base)
    found = union([*(_item(evaluator, one, key, (base, index)) for one in value.options), value.doubt()])
    missing = not found.options and not found.unknown and any(isinstance(one, Items) for one in value.options)
    return unknown(_why_missing(key)) if missing else found


def _why_missing(key: Value) -> str:
    """Why a dict gives nothing under ``key``. Where another has it, that is an error and no value."""
    keys = [one.value for one in key.options if isinstance(one, LiteralOption)]
    return f"the dict has no key {' or '.join(map(repr, keys))}" if keys else _NOTHING_INSIDE


def _item(evaluator: Evaluator, option: Option, key: Value, places: tuple[Located, Located]) -> Value:
    base, index = places
    keys = [one.value for one in key.options if isinstance(one, LiteralOption)]
    if isinstance(option, Items):
        return union([under(evaluator, option, key, base), getting.made_up(evaluator, option, key, base)])
    if isinstance(option, Series):
        return lists.part(evaluator, option, keys, index)
    if isinstance(option, Texts):
        return lists.piece(option, key)
    if isinstance(option, Pairs):
        return views.part_of_pair(evaluator, option, keys[0] if keys else None)
    if isinstance(option, External):
        kept = attached.item(evaluator, option, [key for key in keys if isinstance(key, str)])
        return kept or stdlib.external_item(evaluator, option.symbol, keys, index)
    if isinstance(option, Definition):
        return enumerations.by_name(evaluator, option, keys) or only(option)  # Generic[T]
    if isinstance(option, CommandLine):
        return commandline.item(evaluator, option, list(keys))
    if isinstance(option, FileOption):
        return file_paths.nth_parent(option, keys)
    given = None
    if isinstance(option, Made):
        given = config_files.section(evaluator, option, keys)
    if isinstance(option, Instance):
        given = object_items.item(evaluator, option, keys, index)
    given = given or attached.item(evaluator, option, [key for key in keys if isinstance(key, str)])
    return given or unknown("it is an item of something that is not followed")


def under(evaluator: Evaluator, items: Items, key: Value, at: Located) -> Value:
    """What a dict holds under ``key``: under any, where the key can be one that is not visible."""
    whole = seen(evaluator, items, at)
    found = _under(evaluator, whole, exact_keys(key) or {one.key for one in whole.entries})
    return union(found) if found else NOTHING
