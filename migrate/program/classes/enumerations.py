"""Members of enumerations as values: by name, by value, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate.facts.expressions import Defined, Scalar
from migrate.program.classes import classes, instances
from migrate.program.solving.combining import union, unknown
from migrate.program.solving.values import Definition, LiteralOption, Located, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def by_value(evaluator: Evaluator, one: Definition, at: Located) -> Value | None:
    """What ``Model("gpt-4o")`` gives: the member with that value, any where it is not known; None for
    anything but an enumeration."""
    call = evaluator.call_at(at)
    if call is None or not classes.is_enum(evaluator, one.path, one.scope):
        return None
    if len(call.arguments) != 1 or _has_methods(evaluator, one):
        return None
    given = evaluator.evaluate(at.other(call.arguments[0].value))
    wanted = {option.value for option in given.options if isinstance(option, LiteralOption)}
    every = instances.members(evaluator, Definition(one.path, one.scope))
    if given.unknown or len(wanted) < len(given.options):
        return every
    kept = [row for row in every.options if not isinstance(row, LiteralOption) or row.value in wanted]
    return Value(tuple(kept), every.unknown) if kept else unknown("the enumeration has no such member")


def _has_methods(evaluator: Evaluator, one: Definition) -> bool:
    """Whether a member is more than its value: it has methods or properties of its own."""
    family = classes.ancestry(evaluator, one.path, one.scope)
    scopes = [evaluator.program.scope(heir.path, heir.scope) for heir in family]
    rows = [row for scope in scopes for row in scope.bindings.items() if row[0][:2] != "__"]
    return any(isinstance(binding.value, Defined) for _, found in rows for binding in found)


def by_name(evaluator: Evaluator, one: Definition, keys: Sequence[Scalar]) -> Value | None:
    """What ``Model["STRONG"]`` gives; None for anything but an enumeration."""
    if not classes.is_enum(evaluator, one.path, one.scope):
        return None
    names = [key for key in keys if isinstance(key, str)]
    if len(names) < len(keys) or not names:
        return instances.members(evaluator, Definition(one.path, one.scope))
    found = [value for name in names for value in instances.attribute_of_class(evaluator, one, name)]
    return union(found) if found else unknown("the enumeration has no such member")
