"""Attributes of classes of the program and of their instances: what the class body binds, what methods
assign to ``self``, what code elsewhere assigns, what a base class outside the program gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import Defined, dotted
from migrate.facts.records import Binding
from migrate.program.classes import classes, descent, field_declarations, fields, object_items, stores
from migrate.program.functions import decorating, passing
from migrate.program.names import hints
from migrate.program.names.flow import END
from migrate.program.solving.combining import NOTHING, crossing, only, union, unknown
from migrate.program.solving.values import (
    Definition,
    External,
    Instance,
    LiteralOption,
    Located,
    Made,
    Option,
    Role,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_PROPERTIES = frozenset({"property", "cached_property", "computed_field", "hybrid_property"})


def attribute_of_class(evaluator: Evaluator, option: Definition, name: str) -> list[Value]:
    """``Class.name``: a constant, an enum member, a method that is not bound. Empty where it has none."""
    for one in classes.ancestry(evaluator, option.path, option.scope):
        found = [*_class_level(evaluator, one, name, None), *stores.stored(evaluator, one, name)]
        if found:
            return found
    return []


def attribute_of_instance(evaluator: Evaluator, instance: Instance, name: str) -> Value:
    """Attribute ``name`` of an instance of a class of the program."""
    key = ("attribute", instance.path, instance.scope, instance.exact, name)
    here = Definition(instance.path, instance.scope)
    return evaluator.seen_from(
        here, lambda: evaluator.guarded(key, lambda: _of_instance(evaluator, instance, name))
    )


def _of_instance(evaluator: Evaluator, instance: Instance, name: str) -> Value:
    if name == "__class__":
        return only(Definition(instance.path, instance.scope))
    if name == "__new__":
        return only(External("builtins.object.__new__"))
    if name == "value" and classes.is_enum(evaluator, instance.path, instance.scope):
        return members(evaluator, Definition(instance.path, instance.scope))
    family = classes.ancestry(evaluator, instance.path, instance.scope)
    found = _in_family(evaluator, family, instance, name)
    if not instance.exact:
        for one, heir in descent.beyond(evaluator, instance.path, instance.scope):
            found += _class_level(evaluator, one, name, instance)
            found.append(_of_heir(evaluator, one, name, heir))
    found += stores.stored_from_outside(evaluator, instance, name)
    if found:
        return union(found)
    base = classes.external_base(evaluator, instance.path, instance.scope)
    if base is not None:
        scope = evaluator.program.scope(instance.path, instance.scope)
        nowhere = Located(instance.path, instance.scope, scope.block, scope.bases[0])
        return evaluator.attribute_of(Made(base, instance.at), nowhere, name)
    title = evaluator.program.scope(instance.path, instance.scope).name
    given = object_items.named(evaluator, instance, name) if name[:2] != "__" else None
    return given or unknown(f"nothing visible sets {name} of {title}")


def bound_to_class(evaluator: Evaluator, cls: Definition, found: Value) -> Value:
    """``found``, an attribute of class ``cls``: its class methods have ``cls`` as their first argument."""
    receiver = Instance(cls.path, cls.scope)
    options = tuple(_bound_to_class(evaluator, one, receiver) for one in found.options)
    return found if options == found.options else replace(found, options=options)


def _bound_to_class(evaluator: Evaluator, option: Option, receiver: Instance) -> Option:
    if not isinstance(option, Definition) or option.receiver is not None:
        return option
    scope = evaluator.program.scope(option.path, option.scope)
    if "classmethod" not in classes.names_of_decorators(evaluator, option.path, scope):
        return option
    return Definition(option.path, option.scope, receiver)


def members(evaluator: Evaluator, one: Definition) -> Value:
    """The values of all members of an enumeration."""
    bindings = evaluator.program.scope(one.path, one.scope).bindings
    names = [key for key, rows in bindings.items() if not key.startswith("_") and rows[0].value is not None]
    found = [value for key in names for value in attribute_of_class(evaluator, one, key)]
    kept = [value for value in found if not any(isinstance(row, Definition) for row in value.options)]
    return union(kept) if kept else unknown("it is a member of an enumeration without members")


def _of_heir(evaluator: Evaluator, one: Definition, name: str, heir: Definition) -> Value:
    """What methods of class ``one`` store where ``self`` is an instance of ``heir``."""
    if not stores.may_store(evaluator, one, name):
        return NOTHING
    return evaluator.seen_from(heir, lambda: union(stores.stored(evaluator, one, name) or [NOTHING]))


def _in_family(evaluator: Evaluator, family: list[Definition], instance: Instance, name: str) -> list[Value]:
    found: list[Value] = []
    level: list[Value] = []
    for position, one in enumerate(family):
        level = level or _class_level(evaluator, one, name, instance)
        found += stores.stored(evaluator, one, name, family[:position])
    if stores.always_sets(evaluator, family, name):
        return found or level
    if any(value.options for value in found):
        level = [value for value in level if value.options]
    # ``client: OpenAI | None = None`` in the class body and set in a method: None is dropped later.
    return [*found, *level]


def _class_level(evaluator: Evaluator, one: Definition, name: str, instance: Instance | None) -> list[Value]:
    """What the class body binds ``name`` to."""
    scope = evaluator.program.scope(one.path, one.scope)
    bindings = scope.bindings.get(name, ())
    if not bindings:
        return []
    is_field = field_declarations.is_field(evaluator, one.path, bindings[0])
    declared = is_field and field_declarations.field_call(evaluator, one.path, bindings[0]) is not None
    if declared or (is_field and classes.has_fields(evaluator, one.path, one.scope)):
        return [fields.field(evaluator, one, name, bindings[0])]
    getters = tuple(row for row in bindings if not _is_accessor(evaluator, one, row, name))
    reaching, _ = evaluator.program.flow(one.path).reaching(getters, one.scope, scope.block, END)
    numbered = classes.numbered(evaluator, one, name, bindings[0])
    if numbered is not None:
        return [numbered]
    return [_class_binding(evaluator, one, binding, instance) for binding in reaching or bindings]


def _is_accessor(evaluator: Evaluator, one: Definition, binding: Binding, name: str) -> bool:
    """Whether a binding is the setter or deleter of a property: ``@name.setter``."""
    if not isinstance(binding.value, Defined):
        return False
    decorators = evaluator.program.scope(one.path, binding.value.scope).decorators
    return any(dotted(row) in (f"{name}.setter", f"{name}.deleter") for row in decorators)


def _class_binding(
    evaluator: Evaluator, one: Definition, binding: Binding, instance: Instance | None
) -> Value:
    if binding.value is None:
        if binding.annotation is None:
            return NOTHING
        return hints.of_scope(evaluator, one.path, one.scope, binding.annotation)
    value = evaluator.evaluate(Located(one.path, one.scope, binding.block, binding.value))
    if instance is not None:
        bound = union([*(_bound(evaluator, option, instance) for option in value.options), value.doubt()])
        return crossing(bound, Place(one.path, binding.span), None)
    role: Role = "enum-member" if classes.is_enum(evaluator, one.path, one.scope) else "class-attribute"
    return crossing(value, Place(one.path, binding.span), role)


def _bound(evaluator: Evaluator, option: Option, instance: Instance) -> Value:
    """A method becomes a bound method, a property its value; anything else stays."""
    if (partial := passing.bound_partial(evaluator, option, instance)) is not None:
        return only(partial)
    if not isinstance(option, Definition):
        place = option.origins[0].place if isinstance(option, LiteralOption) and option.origins else None
        return crossing(only(option), place, "class-attribute") if place else only(option)
    scope = evaluator.program.scope(option.path, option.scope)
    if scope.kind == "class":
        return only(option)
    decorators = classes.names_of_decorators(evaluator, option.path, scope)
    if decorators & _PROPERTIES or decorating.is_property(evaluator, option.path, scope):
        return evaluator.result(
            Definition(option.path, option.scope, instance),
            Located(option.path, scope.parent, 0, Defined(scope.span, option.scope)),
        )
    if "staticmethod" in decorators:
        return only(option)
    return only(Definition(option.path, option.scope, instance))
