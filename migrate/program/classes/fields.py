"""Fields of dataclasses, pydantic models, settings classes and named tuples: what their constructor,
their default or the environment gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import ELLIPSIS, Defined, Opaque, dotted, last_name
from migrate.facts.records import Binding, Call, Parameter
from migrate.program.classes import classes, constructing, field_declarations, settings_classes, validators
from migrate.program.names import hints
from migrate.program.solving.combining import crossing, is_class_name, only, opened, union, unknown
from migrate.program.solving.values import (
    Definition,
    External,
    Instance,
    Items,
    Located,
    Made,
    Role,
    Series,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def field(evaluator: Evaluator, one: Definition, name: str, binding: Binding) -> Value:
    """Everything that field ``name`` of class ``one`` can be."""
    settings = settings_classes.entry_of(evaluator, one) is not None
    found = _checked(evaluator, one, name, binding, settings)
    if binding.annotation is not None and not any(value.options for value in found):
        found.append(hints.of_scope(evaluator, one.path, one.scope, binding.annotation))
    if settings:
        found.append(settings_classes.reads(evaluator, one, name, binding, union(found or [Value()])))
    value = _within(evaluator, one, binding, union(found) if found else Value())
    if value.options or value.unknown:
        return value
    title = evaluator.program.scope(one.path, one.scope).name
    return unknown(f"no visible call gives {name} to {title}")


def _checked(
    evaluator: Evaluator, one: Definition, name: str, binding: Binding, settings: bool
) -> list[Value]:
    """What calls and the default give a field, behind its validators."""
    passed, default = _given(evaluator, one, name, binding, settings)
    checks = validators.of_field(evaluator, one, name)
    always = settings or (bool(checks) and validators.check_defaults(evaluator, one, name, binding))
    if checks and (passed or (default and always)):
        passed = [validators.result(evaluator, checks)]
        default = [] if always else default
    passed = [*passed, *validators.written(evaluator, one, name)]
    return [validators.converted(evaluator, one, binding, value) for value in (*passed, *default)]


def _given(
    evaluator: Evaluator, one: Definition, name: str, binding: Binding, settings: bool
) -> tuple[list[Value], list[Value]]:
    """What calls pass for a field, and its default, if it has one."""
    passed = constructing.passed(evaluator, one, name, binding)
    if binding.value is None:
        return passed, []
    role: Role = "settings-field" if settings else "class-attribute"
    default = union([_default(evaluator, one, binding), _computed_default(evaluator, one, name)])
    default = crossing(default, Place(one.path, binding.span), role)
    unseen = not (passed or settings or constructing.seen(evaluator, one))
    return passed, [opened(default) if unseen else default]


def to_check(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[Value]:
    """What a validator is given as ``wanted``: values of its fields, or what the one before made of them."""
    home = classes.owner(evaluator, path, index)
    found: list[Value] = []
    for name in validators.fields_of(evaluator, path, index, wanted):
        for one in classes.ancestry(evaluator, path, home or 0):
            bindings = evaluator.program.scope(one.path, one.scope).bindings.get(name, ())
            if bindings and bindings[0].annotation is not None:
                value = _before(evaluator, Definition(path, index), one, name, bindings[0])
                found.append(crossing(value, Place(path, wanted.span), "argument"))
    return found


def _before(evaluator: Evaluator, check: Definition, one: Definition, name: str, binding: Binding) -> Value:
    """What field ``name`` of class ``one`` is before ``check`` runs."""
    checks = validators.of_field(evaluator, one, name)
    earlier = checks[: checks.index(check)] if check in checks else []
    if earlier:
        return validators.result(evaluator, earlier)
    settings = settings_classes.entry_of(evaluator, one) is not None
    passed, default = _given(evaluator, one, name, binding, settings)
    always = settings or validators.check_defaults(evaluator, one, name, binding)
    return union([*passed, *(default if always else [])] or [Value()])


def _within(evaluator: Evaluator, one: Definition, binding: Binding, value: Value) -> Value:
    """``value`` within what a model takes that checks its fields: a member of ``Literal[...]``, whoever
    passes it. A dataclass checks nothing."""
    members = hints.choices(binding.annotation)
    scope = evaluator.program.scope(one.path, one.scope)
    unchecked = classes.names_of_decorators(evaluator, one.path, scope) & classes.FIELD_DECORATORS
    if not members or unchecked or not value.unknown:
        return value
    given = union([evaluator.evaluate(Located(one.path, one.scope, binding.block, row)) for row in members])
    allowed = crossing(given, Place(one.path, binding.span), "list-of-supported")
    return union([Value(value.options), allowed])


def default(evaluator: Evaluator, one: Definition, name: str) -> Value | None:
    """What class ``one``, or the nearest class above it, binds ``name`` to: what a constructor that is not
    given it leaves there. None where no class body does."""
    for heir in classes.ancestry(evaluator, one.path, one.scope):
        bindings = evaluator.program.scope(heir.path, heir.scope).bindings.get(name, ())
        if bindings and bindings[-1].value is not None:
            value = _default(evaluator, Definition(heir.path, heir.scope), bindings[-1])
            return crossing(value, Place(heir.path, bindings[-1].span), "class-attribute")
    return None


def _default(evaluator: Evaluator, one: Definition, binding: Binding) -> Value:
    """The default of a field, also inside ``Field(...)`` and ``field(default=...)``."""
    assert binding.value is not None
    at = Located(one.path, one.scope, binding.block, binding.value)
    call = field_declarations.field_call(evaluator, one.path, binding)
    return _plain_default(evaluator, at) if call is None else _field_default(evaluator, at, call)


def _computed_default(evaluator: Evaluator, one: Definition, name: str) -> Value:
    """What the method below ``@name.default`` returns, as attrs has it."""
    rows = evaluator.program.scope(one.path, one.scope).bindings.values()
    for defined in (row.value for bindings in rows for row in bindings if isinstance(row.value, Defined)):
        decorators = evaluator.program.scope(one.path, defined.scope).decorators
        if any(dotted(row) == f"{name}.default" for row in decorators):
            return evaluator.returned(one.path, defined.scope)
    return Value()


def _field_default(evaluator: Evaluator, at: Located, call: Call) -> Value:
    for one in call.arguments:
        if one.name == "default" or (one.name is None and not one.stars):
            return _plain_default(evaluator, at.other(one.value))
        if one.name in ("default_factory", "factory"):
            return _made_by(evaluator, at.other(one.value))
    return Value()


def _plain_default(evaluator: Evaluator, at: Located) -> Value:
    """A default; ``...`` says that there is none, ``attr.Factory(make)`` what makes it."""
    if isinstance(at.expression, Opaque) and at.expression.why == ELLIPSIS:
        return Value()
    call = evaluator.call_at(at)
    if call is not None and last_name(call.function) == "Factory" and call.arguments:
        return _made_by(evaluator, at.other(call.arguments[0].value))
    return evaluator.evaluate(at)


def _made_by(evaluator: Evaluator, factory: Located) -> Value:
    found = []
    for one in evaluator.evaluate(factory).options:
        if isinstance(one, External) and one.symbol in ("builtins.dict", "builtins.list"):
            home = factory.place()
            found.append(only(Items(home, ()) if one.symbol == "builtins.dict" else Series((), home)))
        elif isinstance(one, External) and is_class_name(one.symbol):
            found.append(only(Made(one.symbol, factory)))
        elif isinstance(one, Definition) and evaluator.program.is_class(one):
            found.append(only(Instance(one.path, one.scope, factory)))
        elif isinstance(one, Definition):
            found.append(evaluator.returned(one.path, one.scope))
    return union(found) if found else unknown("it comes from a factory that is not followed")
