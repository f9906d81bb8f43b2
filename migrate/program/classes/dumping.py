"""Objects as dicts: what ``request.model_dump()`` and ``asdict(request)`` hold, a key for each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, Constant, Expression, Sequence
from migrate.facts.records import Call
from migrate.program.classes import classes, field_declarations
from migrate.program.solving.combining import union, unknown
from migrate.program.solving.values import Entry, Instance, Items, LiteralOption, Located, TextMethod, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

METHODS = frozenset({"model_dump", "dict"})
_FUNCTIONS = frozenset({"dataclasses.asdict", "attrs.asdict", "attr.asdict", "msgspec.structs.asdict"})
_CHOOSING = frozenset({"include", "exclude", "exclude_none", "exclude_unset", "exclude_defaults"})
_MOST_CLASSES = 4  # what can be an object of more classes than that is whatever a function is given
_OTHER_NAMES = "it is written under other names than those of its fields"


def of_method(evaluator: Evaluator, base: Value, method: TextMethod, at: Located, call: Call) -> Value | None:
    """``base.model_dump(...)``; None where nothing that it can be is an object of the program."""
    if method.name not in METHODS or not any(isinstance(one, Instance) for one in base.options):
        return None
    return _dumped(evaluator, base, method.base, at, call)


def of_function(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """``asdict(object)``; None for any other function."""
    if symbol not in _FUNCTIONS or not call.arguments:
        return None
    base = at.other(call.arguments[0].value)
    return _dumped(evaluator, evaluator.evaluate(base), base, at, call)


def of_fields(evaluator: Evaluator, value: Value, at: Located, call: Call) -> Value | None:
    """``vars(object)`` of a class that is made of its fields; None for anything else."""
    mine = [one for one in value.options if isinstance(one, Instance)]
    if not mine or not all(classes.has_fields(evaluator, one.path, one.scope) for one in mine):
        return None
    return _dumped(evaluator, value, at.other(call.arguments[0].value), at, call)


def _dumped(evaluator: Evaluator, value: Value, base: Located, at: Located, call: Call) -> Value:
    if any(one.name == "by_alias" for one in call.arguments):
        return unknown(_OTHER_NAMES)
    kinds = {(one.path, one.scope) for one in value.options if isinstance(one, Instance)}
    if len(kinds) > _MOST_CLASSES:
        return unknown("it is a dict of one of many kinds of objects")
    found = [value.doubt()]
    for one in value.options:
        if isinstance(one, Instance):
            found.append(Value((_fields(evaluator, one, base, at, call),)))
        elif not isinstance(one, LiteralOption):
            found.append(unknown("it is a dict of an object that is not followed"))
    return union(found)


def _fields(evaluator: Evaluator, one: Instance, base: Located, at: Located, call: Call) -> Items:
    """A dict with the fields of an instance; those may be missing that the call asks to leave out."""
    maybe = any(argument.name in _CHOOSING for argument in call.arguments)
    entries = []
    for name in _names(evaluator, one):
        if name in _left_out(call):
            continue
        written = _attribute(evaluator, base, at, name)
        entries.append(Entry(name, at.other(written), at.place(), "field", maybe=maybe))
    return Items(at.place(), tuple(entries), _more(evaluator, one))


def _attribute(evaluator: Evaluator, base: Located, at: Located, name: str) -> Expression:
    span = at.expression.span
    return evaluator.made_up(("dumped", base, span, name), lambda: Attribute(span, base.expression, name))


def _names(evaluator: Evaluator, one: Instance) -> list[str]:
    """The fields of an instance, those of the classes above first; private ones are no part of the dict."""
    found: dict[str, None] = {}
    for heir in reversed(classes.ancestry(evaluator, one.path, one.scope)):
        bindings = evaluator.program.scope(heir.path, heir.scope).bindings
        for name, rows in bindings.items():
            if not name.startswith("_") and field_declarations.is_field(evaluator, heir.path, rows[0]):
                found[name] = None
    return list(found)


def _left_out(call: Call) -> set[object]:
    """The constants of ``exclude={"a", "b"}``."""
    given = [one.value for one in call.arguments if one.name == "exclude"]
    items = [item for one in given if isinstance(one, Sequence) for item in one.items]
    return {item.value for item in items if isinstance(item, Constant)}


def _more(evaluator: Evaluator, one: Instance) -> tuple[str, ...]:
    """Why the dict may hold more: the class says ``extra="allow"``, or extends one that is not visible."""
    for heir in classes.ancestry(evaluator, one.path, one.scope):
        scope = evaluator.program.scope(heir.path, heir.scope)
        for call in evaluator.program.facts(heir.path).calls:
            if call.scope == heir.scope and any(
                row.name == "extra" and isinstance(row.value, Constant) and row.value.value == "allow"
                for row in call.arguments
            ):
                return (f"{scope.name} takes fields that it does not name",)
    return ()
