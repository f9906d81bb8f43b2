"""Fields of dataclasses, pydantic models, settings classes and named tuples: what their constructor,
their default or the environment gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference, last_name
from migrate.facts.records import Binding, Call
from migrate.program import classes, hints, settings_classes
from migrate.program.combining import crossing, only, union, unknown
from migrate.program.values import Definition, External, Instance, Located, Made, Role, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_FIELD_CALLS = frozenset({"Field", "field", "attrib", "ib", "PrivateAttr"})


def field(evaluator: Evaluator, one: Definition, name: str, binding: Binding) -> Value:
    """Everything that field ``name`` of class ``one`` can be."""
    settings = settings_classes.entry_of(evaluator, one) is not None
    role: Role = "settings-field" if settings else "class-attribute"
    found = _passed(evaluator, one, name)
    if binding.value is not None:
        default = _default(evaluator, one, binding)
        found.append(crossing(default, Place(one.path, binding.span), role))
    if binding.annotation is not None and not any(value.options for value in found):
        found.append(hints.of_scope(evaluator, one.path, one.scope, binding.annotation))
    if settings:
        found.append(settings_classes.reads(evaluator, one, name, binding, union(found or [Value()])))
    value = union(found) if found else Value()
    if value.options or value.unknown:
        return value
    title = evaluator.program.scope(one.path, one.scope).name
    return unknown(f"no visible call gives {name} to {title}")


def _default(evaluator: Evaluator, one: Definition, binding: Binding) -> Value:
    """The default of a field, also inside ``Field(...)`` and ``field(default=...)``."""
    assert binding.value is not None
    at = Located(one.path, one.scope, binding.block, binding.value)
    if isinstance(binding.value, CallReference):
        call = evaluator.program.facts(one.path).calls[binding.value.index]
        if last_name(call.function) in _FIELD_CALLS:
            return _field_default(evaluator, at, call)
    return evaluator.evaluate(at)


def _field_default(evaluator: Evaluator, at: Located, call: Call) -> Value:
    for one in call.arguments:
        if one.name == "default" or (one.name is None and not one.stars):
            return evaluator.evaluate(at.other(one.value))
        if one.name in ("default_factory", "factory"):
            return _made_by(evaluator, at.other(one.value))
    return Value()


def _made_by(evaluator: Evaluator, factory: Located) -> Value:
    found = []
    for one in evaluator.evaluate(factory).options:
        if isinstance(one, External) and evaluator.library.is_class(one.symbol):
            found.append(only(Made(one.symbol, None)))
        elif isinstance(one, Definition) and evaluator.program.is_class(one):
            found.append(only(Instance(one.path, one.scope, factory)))
        elif isinstance(one, Definition):
            found.append(evaluator.returned(one.path, one.scope))
    return union(found) if found else unknown("it comes from a factory that is not followed")


def _passed(evaluator: Evaluator, one: Definition, name: str) -> list[Value]:
    """What calls of the class, or of its subclasses, pass for the field."""
    scope = evaluator.program.scope(one.path, one.scope)
    titles = {
        scope.name,
        "cls",
        *(_name(evaluator, heir) for heir in classes.descendants(evaluator, one.path, one.scope)),
    }
    found = []
    for title in sorted(titles):
        for path, index in evaluator.program.calls_named(title, one.path):
            call = evaluator.program.facts(path).calls[index]
            at = Located(path, call.scope, call.block, call.function)
            if _constructs(evaluator, at, one):
                found += _from_call(evaluator, at, call, one, name)
    return found


def _name(evaluator: Evaluator, one: Definition) -> str:
    return evaluator.program.scope(one.path, one.scope).name


def _constructs(evaluator: Evaluator, at: Located, wanted: Definition) -> bool:
    made = [one for one in evaluator.evaluate(at).options if isinstance(one, Definition)]
    plain = Definition(wanted.path, wanted.scope)
    return any(
        plain in classes.ancestry(evaluator, one.path, one.scope)
        for one in made
        if evaluator.program.is_class(one)
    )


def _from_call(evaluator: Evaluator, at: Located, call: Call, one: Definition, name: str) -> list[Value]:
    order = [
        key
        for key, rows in evaluator.program.scope(one.path, one.scope).bindings.items()
        if rows[0].annotation
    ]
    positional = [argument for argument in call.arguments if argument.name is None and not argument.stars]
    for argument in call.arguments:
        if argument.name == name:
            return [evaluator.evaluate(at.other(argument.value))]
        if argument.stars:
            return [unknown(f"{at.path}:{call.span.line} passes arguments that are not visible")]
    place = order.index(name) if name in order else len(positional)
    if place < len(positional):
        return [evaluator.evaluate(at.other(positional[place].value))]
    return []
