"""Attributes that members of an enumeration have besides their values: what its ``__init__`` stores, and
properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import Defined, Name, Sequence
from migrate.program.classes import classes, instances
from migrate.program.solving.combining import crossing, literal, union
from migrate.program.solving.values import Definition, Instance, LiteralOption, Located, Option, Series, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_OF_VALUES = frozenset({"value", *dir(str), *dir(int), *dir(list), *dir(tuple), *dir(set)})


def attribute(evaluator: Evaluator, option: Option, name: str) -> Value | None:
    """``option.name``; None where it is no member of an enumeration, or has no such attribute."""
    place = _written(option) if name not in _OF_VALUES else None
    if place is None or evaluator.program.documents.holds(place.path):
        return None
    for one, key, value in _members(evaluator, place):
        if name == "name":
            return literal(key, place.path, place.span)
        if name in evaluator.program.scope(one.path, one.scope).bindings:
            return instances.attribute_of_instance(evaluator, Instance(one.path, one.scope), name)
        return _set_by_constructor(evaluator, one, value, name)
    return None


def _written(option: Option) -> Place | None:
    """Where the value of a member may be written."""
    if isinstance(option, Series):
        return option.home
    if isinstance(option, LiteralOption):
        return next((one.place for one in option.origins if one.role == "enum-member"), None)
    return None


def _members(evaluator: Evaluator, place: Place) -> list[tuple[Definition, str, Located]]:
    """The enumeration that has a member whose value stands at ``place``, with its name and value."""
    found: list[tuple[Definition, str, Located]] = []
    for index, scope in enumerate(evaluator.program.facts(place.path).scopes):
        if scope.kind == "class" and classes.is_enum(evaluator, place.path, index):
            for key, rows in scope.bindings.items():
                value = rows[0].value
                if value is not None and value.span == place.span:
                    at = Located(place.path, index, rows[0].block, value)
                    found.append((Definition(place.path, index), key, at))
    return found


def _set_by_constructor(evaluator: Evaluator, one: Definition, value: Located, name: str) -> Value | None:
    """What ``__init__``, which gets the items of a tuple or else the value, stores under ``name``."""
    made = [row.value for row in evaluator.program.scope(one.path, one.scope).bindings.get("__init__", ())]
    items = value.expression.items if isinstance(value.expression, Sequence) else (value.expression,)
    facts = evaluator.program.facts(one.path)
    found: list[Value] = []
    for method in (row for row in made if isinstance(row, Defined) and items):
        called = Definition(one.path, method.scope, Instance(one.path, one.scope))
        first = facts.scopes[method.scope].parameters[0].name
        for index in evaluator.program.stores_in(one.path, name):
            store = facts.stores[index]
            if store.scope == method.scope and isinstance(store.base, Name) and store.base.id == first:
                asked = Located(one.path, store.scope, store.block, store.value)
                passed = tuple(value.other(item) for item in items)
                kept = _as_member(evaluator.lookups.during(evaluator, called, passed, asked), value.place())
                found.append(crossing(kept, Place(one.path, store.span), "constant"))
    return union(found) if found else None


def _as_member(value: Value, place: Place) -> Value:
    """``value`` with the role of a member for what is written at ``place``, as one item of it or whole."""
    options: list[Option] = []
    for one in value.options:
        if isinstance(one, LiteralOption):
            inside = [
                place.path == origin.place.path and place.span.covers(origin.place.span)
                for origin in one.origins
            ]
            origins = [
                replace(origin, role="enum-member") if within else origin
                for origin, within in zip(one.origins, inside, strict=True)
            ]
            options.append(LiteralOption(one.value, tuple(origins)))
        else:
            options.append(one)
    return Value(tuple(options), value.unknown)
