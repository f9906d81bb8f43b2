"""What objects of the program give under a key or position: by ``__getitem__``, as a named tuple, and by
``__getattr__`` under a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate.facts.expressions import Constant, Scalar
from migrate.program.classes import classes, field_declarations
from migrate.program.solving.combining import union, unknown
from migrate.program.solving.values import Definition, Instance, Located, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def item(evaluator: Evaluator, option: Instance, keys: Sequence[Scalar], index: Located) -> Value | None:
    """What ``option[index]`` gives, where ``keys`` are what the index can be; None where it has no items."""
    family = classes.ancestry(evaluator, option.path, option.scope)
    scopes = [evaluator.program.scope(one.path, one.scope) for one in family]
    if any("NamedTuple" in classes.base_names(scope) for scope in scopes):
        fields = field_declarations.order(evaluator, Definition(option.path, option.scope))
        inside = [key for key in keys if isinstance(key, int) and -len(fields) <= key < len(fields)]
        found = [evaluator.attribute_of(option, index, fields[key]) for key in inside]
        return union(found) if found else unknown("it is an item of a tuple at a position that is computed")
    return _by_method(evaluator, option, "__getitem__", index)


def named(evaluator: Evaluator, option: Instance, name: str) -> Value | None:
    """What ``__getattr__`` gives for attribute ``name``; None where the class has none."""
    scope = evaluator.program.scope(option.path, option.scope)
    row = ("attribute name", option.path, option.scope, name)
    key = evaluator.made_up(row, lambda: Constant(scope.span, name))
    return _by_method(evaluator, option, "__getattr__", Located(option.path, option.scope, scope.block, key))


def _by_method(evaluator: Evaluator, option: Instance, method: str, key: Located) -> Value | None:
    family = classes.ancestry(evaluator, option.path, option.scope)
    if not any(method in evaluator.program.scope(one.path, one.scope).bindings for one in family):
        return None
    bound = evaluator.attribute_of(option, key, method).options
    own = [one for one in bound if isinstance(one, Definition)]
    return union([evaluator.lookups.implied(evaluator, one, key) for one in own]) if own else None
