"""Attributes of classes of the program and of their instances: what the class body binds, what methods
assign to ``self``, what code elsewhere assigns, what a base class outside the program gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Defined, Name, dotted, last_name
from migrate.facts.records import Binding, FileFacts, Store
from migrate.program import classes, fields, hints
from migrate.program.combining import NOTHING, crossing, only, union, unknown
from migrate.program.flow import END
from migrate.program.values import (
    Definition,
    Instance,
    LiteralOption,
    Located,
    Made,
    Option,
    Role,
    Value,
)
from migrate.program.viewpoint import home
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_PROPERTIES = frozenset({"property", "cached_property", "computed_field", "hybrid_property"})


def attribute_of_class(evaluator: Evaluator, option: Definition, name: str) -> list[Value]:
    """``Class.name``: a constant, an enum member, a method that is not bound. Empty where it has none."""
    for one in classes.ancestry(evaluator, option.path, option.scope):
        found = [*_class_level(evaluator, one, name, None), *_stored(evaluator, one, name)]
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
    family = classes.ancestry(evaluator, instance.path, instance.scope)
    found = _in_family(evaluator, family, instance, name)
    if not instance.exact:
        for heir in classes.descendants(evaluator, instance.path, instance.scope):
            found += _class_level(evaluator, heir, name, instance)
            found.append(_of_heir(evaluator, heir, name))
    found += _stored_from_outside(evaluator, instance, name)
    if found:
        return union(found)
    base = classes.external_base(evaluator, instance.path, instance.scope)
    if base is not None:
        scope = evaluator.program.scope(instance.path, instance.scope)
        nowhere = Located(instance.path, instance.scope, scope.block, scope.bases[0])
        return evaluator.attribute_of(Made(base, instance.at), nowhere, name)
    title = evaluator.program.scope(instance.path, instance.scope).name
    return unknown(f"nothing visible sets {name} of {title}")


def _of_heir(evaluator: Evaluator, heir: Definition, name: str) -> Value:
    return evaluator.seen_from(heir, lambda: union(_stored(evaluator, heir, name) or [NOTHING]))


def _in_family(evaluator: Evaluator, family: list[Definition], instance: Instance, name: str) -> list[Value]:
    found: list[Value] = []
    level: list[Value] = []
    for position, one in enumerate(family):
        level = level or _class_level(evaluator, one, name, instance)
        found += _stored(evaluator, one, name, family[:position])
    # ``client: OpenAI | None = None`` in the class body and set in a method: None is dropped later.
    return [*found, *level]


def _class_level(evaluator: Evaluator, one: Definition, name: str, instance: Instance | None) -> list[Value]:
    """What the class body binds ``name`` to."""
    scope = evaluator.program.scope(one.path, one.scope)
    bindings = scope.bindings.get(name, ())
    if not bindings:
        return []
    if bindings[0].annotation is not None and classes.has_fields(evaluator, one.path, one.scope):
        return [fields.field(evaluator, one, name, bindings[0])]
    reaching, _ = evaluator.program.flow(one.path).reaching(bindings, one.scope, scope.block, END)
    return [_class_binding(evaluator, one, binding, instance) for binding in reaching or bindings]


def _class_binding(
    evaluator: Evaluator, one: Definition, binding: Binding, instance: Instance | None
) -> Value:
    scope = evaluator.program.scope(one.path, one.scope)
    if binding.value is None:
        if binding.annotation is None:
            return NOTHING
        return hints.of_scope(evaluator, one.path, one.scope, binding.annotation)
    value = evaluator.evaluate(Located(one.path, one.scope, binding.block, binding.value))
    if instance is not None:
        bound = union([*(_bound(evaluator, option, instance) for option in value.options), value.doubt()])
        return crossing(bound, Place(one.path, binding.span), None)
    role: Role = "enum-member" if classes.is_enum(scope) else "class-attribute"
    return crossing(value, Place(one.path, binding.span), role)


def _bound(evaluator: Evaluator, option: Option, instance: Instance) -> Value:
    """A method becomes a bound method, a property its value; anything else stays."""
    if not isinstance(option, Definition):
        place = option.origins[0].place if isinstance(option, LiteralOption) and option.origins else None
        return crossing(only(option), place, "class-attribute") if place else only(option)
    scope = evaluator.program.scope(option.path, option.scope)
    if scope.kind == "class":
        return only(option)
    decorators = classes.names_of_decorators(evaluator, option.path, scope)
    if decorators & _PROPERTIES:
        return evaluator.returned(option.path, option.scope)
    if "staticmethod" in decorators:
        return only(option)
    return only(Definition(option.path, option.scope, instance))


def _stored(
    evaluator: Evaluator, one: Definition, name: str, heirs: list[Definition] | None = None
) -> list[Value]:
    """What methods of the class assign to ``self.name``, those left out that one of ``heirs`` replaces."""
    facts = evaluator.program.facts(one.path)
    found = []
    for index in evaluator.program.stores_in(one.path, name):
        store = facts.stores[index]
        method = _method_of(facts, store, one.scope)
        if method is None or any(_replaces(evaluator, heir, method) for heir in heirs or ()):
            continue
        found.append(_value_of(evaluator, one.path, store))
    return found


def _replaces(evaluator: Evaluator, heir: Definition, method: str) -> bool:
    """Whether class ``heir`` has a ``method`` of its own that does not call the one it overrides."""
    facts = evaluator.program.facts(heir.path)
    for binding in facts.scopes[heir.scope].bindings.get(method, ()):
        if isinstance(binding.value, Defined):
            calls = [call for call in facts.calls if call.scope == binding.value.scope]
            return not any(last_name(call.function) == method for call in calls)
    return False


def _value_of(evaluator: Evaluator, path: str, store: Store) -> Value:
    at = Located(path, store.scope, store.block, store.value)
    return crossing(evaluator.evaluate(at), Place(path, store.span), "constant")


def _method_of(facts: FileFacts, store: Store, home: int) -> str | None:
    """The method of class ``home`` through whose first parameter a store goes; None where there is none."""
    scope = store.scope
    while scope > 0:
        here = facts.scopes[scope]
        if here.kind == "function" and here.parent == home:
            first = here.parameters[0].name if here.parameters else ""
            return here.name if isinstance(store.base, Name) and store.base.id == first else None
        scope = here.parent
    return None


def _stored_from_outside(evaluator: Evaluator, instance: Instance, name: str) -> list[Value]:
    """What code elsewhere assigns to ``thing.name`` where ``thing`` is an instance of the class."""
    found = []
    for path, index in evaluator.program.stores_from_outside(name):
        store = evaluator.program.facts(path).stores[index]
        base = evaluator.evaluate(Located(path, store.scope, store.block, store.base))
        same = [one for one in base.options if isinstance(one, Instance)]
        if any((one.path, one.scope) == (instance.path, instance.scope) for one in same):
            found.append(_value_of(evaluator, path, store))
    return found


def assigned_alike(evaluator: Evaluator, base: Located, name: str) -> list[Value]:
    """What the same file, in the same class or outside any, assigns to ``base.name`` under the very same
    words: for a ``self.config`` of which nothing is known, ``self.config.model = "gpt-4o"`` still is."""
    words = dotted(base.expression)
    if "." not in words:
        return []
    around = home(evaluator, base.path, base.scope)
    found = []
    for index in evaluator.program.stores_in(base.path, name):
        store = evaluator.program.facts(base.path).stores[index]
        if dotted(store.base) == words and home(evaluator, base.path, store.scope) == around:
            found.append(_value_of(evaluator, base.path, store))
    return found
