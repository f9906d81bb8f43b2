"""How a class declares its fields: by annotations, ``Field(...)``, aliases and the order they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference, Constant, Subscript, last_name
from migrate.facts.records import Binding, Call
from migrate.program.classes import classes
from migrate.program.solving.values import Definition

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

FIELD_CALLS = frozenset({"Field", "field", "attrib", "ib", "PrivateAttr"})


def is_field(evaluator: Evaluator, path: str, binding: Binding) -> bool:
    """Whether a name of a class body is a field: annotated, or made by ``attr.ib`` and the like."""
    if binding.annotation is not None:
        note = binding.annotation
        return last_name(note.base if isinstance(note, Subscript) else note) != "ClassVar"
    return field_call(evaluator, path, binding) is not None


def field_call(evaluator: Evaluator, path: str, binding: Binding) -> Call | None:
    """The ``Field(...)`` that a field is set to; None where it is set to anything else."""
    if not isinstance(binding.value, CallReference):
        return None
    call = evaluator.program.facts(path).calls[binding.value.index]
    return call if last_name(call.function) in FIELD_CALLS else None


def aliases(evaluator: Evaluator, one: Definition, binding: Binding) -> set[str]:
    call = field_call(evaluator, one.path, binding)
    given = [row.value for row in call.arguments if row.name in ("alias", "validation_alias")] if call else []
    return {str(value.value) for value in given if isinstance(value, Constant)}


def position(evaluator: Evaluator, made: Definition, name: str) -> int:
    """The place of a field among the positional arguments."""
    names = order(evaluator, made)
    return names.index(name) if name in names else 1 << 30


def order(evaluator: Evaluator, made: Definition) -> list[str]:
    """The fields in the order of the positional arguments; those of base classes come first."""
    found: dict[str, None] = {}
    for one in reversed(classes.ancestry(evaluator, made.path, made.scope)):
        for key, rows in evaluator.program.scope(one.path, one.scope).bindings.items():
            if is_field(evaluator, one.path, rows[0]) and not _left_out(evaluator, one.path, rows[0]):
                found.setdefault(key)
    return list(found)


def _left_out(evaluator: Evaluator, path: str, binding: Binding) -> bool:
    """Whether a field has ``init=False``."""
    call = field_call(evaluator, path, binding)
    return call is not None and any(
        row.name == "init" and isinstance(row.value, Constant) and row.value.value is False
        for row in call.arguments
    )
