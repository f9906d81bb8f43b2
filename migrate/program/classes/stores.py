"""What statements store into attributes of instances: in methods of their class, or anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Defined, Expression, Name, dotted
from migrate.facts.records import FileFacts, Store
from migrate.program.classes import computed_stores
from migrate.program.classes.viewpoint import home
from migrate.program.functions.arguments import some
from migrate.program.names import hints
from migrate.program.solving.combining import crossing, union
from migrate.program.solving.values import Definition, Instance, Located, Made, Value
from migrate.sources.place import Place
from migrate.sources.testfiles import is_foreign

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def always_sets(evaluator: Evaluator, family: list[Definition], name: str) -> bool:
    """Whether every instance gets an attribute ``name`` of its own, which hides that of its class: the
    ``__init__`` that runs sets it outside any branch."""
    for one in family:
        facts = evaluator.program.facts(one.path)
        for store in (facts.stores[index] for index in evaluator.program.stores_in(one.path, name)):
            if _method_of(facts, store, one.scope) == "__init__":
                scope = facts.scopes[store.scope]
                if scope.name == "__init__" and scope.block == store.block:
                    return True
        if _replaces(evaluator, one, "__init__"):
            return False
    return False


def may_store(evaluator: Evaluator, one: Definition, name: str) -> bool:
    """The cheap question first: whether ``stored`` can give anything."""
    return bool(evaluator.program.stores_in(one.path, name)) or bool(computed_stores.pairs(evaluator, one))


def stored(
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
    computed = computed_stores.stored(evaluator, one, name)
    if any(isinstance(option, Made) for value in found for option in value.options):
        computed = [Value(value.options) for value in computed]  # settings hold no clients
    return [*found, *computed]


def _replaces(evaluator: Evaluator, heir: Definition, method: str) -> bool:
    """Whether class ``heir`` has a ``method`` of its own that does not call the one it overrides."""
    facts = evaluator.program.facts(heir.path)
    for binding in facts.scopes[heir.scope].bindings.get(method, ()):
        if isinstance(binding.value, Defined):
            calls = (facts.calls[one] for one in evaluator.program.calls_named_in(heir.path, method))
            return not any(call.scope == binding.value.scope for call in calls)
    return False


def _value_of(evaluator: Evaluator, path: str, store: Store) -> Value:
    at = Located(path, store.scope, store.block, store.value)
    value = evaluator.evaluate(at)
    if store.annotation is not None and (value.unknown or not some(value).options):
        value = union([_promised(evaluator, path, store.scope, store.annotation, value), value])
    return crossing(value, Place(path, store.span), "constant")


def _promised(evaluator: Evaluator, path: str, scope: int, annotation: Expression, value: Value) -> Value:
    """What an annotation promises beyond the classes of which ``value`` holds an instance already."""
    there = {one.symbol for one in value.options if isinstance(one, Made)}
    promised = hints.of_scope(evaluator, path, scope, annotation).options
    return Value(tuple(one for one in promised if not isinstance(one, Made) or one.symbol not in there))


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


def stored_from_outside(evaluator: Evaluator, instance: Instance, name: str) -> list[Value]:
    """What code elsewhere assigns to ``thing.name`` where ``thing`` is an instance of the class; what tests
    assign is not there when the program runs."""
    found = []
    for path, index in evaluator.program.stores_from_outside(name):
        if is_foreign(path, instance.path):
            continue
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
