"""What visible calls give the fields of classes whose constructor is made from them: by keyword, alias or
position, from a mapping, or as a change of a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference, Constant, Subscript, last_name
from migrate.facts.records import Argument, Binding, Call
from migrate.program import classes
from migrate.program.combining import unknown
from migrate.program.modules import is_test
from migrate.program.values import Definition, Instance, Located, Value

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

FIELD_CALLS = frozenset({"Field", "field", "attrib", "ib", "PrivateAttr"})
CHANGING = frozenset({"replace", "evolve", "_replace", "model_copy", "copy"})
FROM_DATA = frozenset({"model_validate", "model_validate_json", "parse_obj", "parse_raw", "parse_file"})


def passed(evaluator: Evaluator, one: Definition, name: str, binding: Binding) -> list[Value]:
    """What calls of the class, or of its subclasses, pass for the field ``name``."""
    family = [one, *classes.descendants(evaluator, one.path, one.scope)]
    titles = {"cls", *(evaluator.program.scope(heir.path, heir.scope).name for heir in family)}
    wanted = {name, name.lstrip("_"), *_aliases(evaluator, one, binding)}
    found: list[Value] = []
    for at, call in _calls(evaluator, one, sorted(titles)):
        for heir in _made(evaluator, at, one):
            found += _from_call(evaluator, at, call, wanted, _position(evaluator, heir, name))
            break
    for at, call in _calls(evaluator, one, sorted(FROM_DATA)):
        if _made(evaluator, at, one):
            found += _from_data(evaluator, at, call, wanted)
    for at, call in _calls(evaluator, one, sorted(CHANGING)):
        found += _changed(evaluator, at, call, one, name)
    return found


def seen(evaluator: Evaluator, one: Definition) -> bool:
    """Whether a call that makes an instance of the class, or of a subclass, is visible outside tests."""
    family = [one, *classes.descendants(evaluator, one.path, one.scope)]
    for title in {"cls", *(evaluator.program.scope(heir.path, heir.scope).name for heir in family)}:
        for path, index in evaluator.program.calls_named(title, one.path):
            call = evaluator.program.facts(path).calls[index]
            at = Located(path, call.scope, call.block, call.function)
            if not is_test(path) and _made(evaluator, at, one):
                return True
    return False


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


def _calls(evaluator: Evaluator, one: Definition, names: list[str]) -> Iterator[tuple[Located, Call]]:
    for name in names:
        for path, index in evaluator.program.calls_named(name, one.path):
            call = evaluator.program.facts(path).calls[index]
            if call.arguments:
                yield Located(path, call.scope, call.block, call.function), call


def _made(evaluator: Evaluator, at: Located, wanted: Definition) -> list[Definition]:
    """The classes, ``wanted`` or its heirs, that ``at`` can be."""
    found = [one for one in evaluator.evaluate(at).options if isinstance(one, Definition)]
    plain = Definition(wanted.path, wanted.scope)
    made = [one for one in found if evaluator.program.is_class(one)]
    return [one for one in made if plain in classes.ancestry(evaluator, one.path, one.scope)]


def _aliases(evaluator: Evaluator, one: Definition, binding: Binding) -> set[str]:
    call = field_call(evaluator, one.path, binding)
    given = [row.value for row in call.arguments if row.name in ("alias", "validation_alias")] if call else []
    return {str(value.value) for value in given if isinstance(value, Constant)}


def _position(evaluator: Evaluator, made: Definition, name: str) -> int:
    """The place of a field among the positional arguments; those of base classes come first."""
    order: dict[str, None] = {}
    for one in reversed(classes.ancestry(evaluator, made.path, made.scope)):
        for key, rows in evaluator.program.scope(one.path, one.scope).bindings.items():
            if is_field(evaluator, one.path, rows[0]) and not _left_out(evaluator, one.path, rows[0]):
                order.setdefault(key)
    return list(order).index(name) if name in order else 1 << 30


def _left_out(evaluator: Evaluator, path: str, binding: Binding) -> bool:
    """Whether a field has ``init=False``."""
    call = field_call(evaluator, path, binding)
    return call is not None and any(
        row.name == "init" and isinstance(row.value, Constant) and row.value.value is False
        for row in call.arguments
    )


def _from_call(evaluator: Evaluator, at: Located, call: Call, wanted: set[str], position: int) -> list[Value]:
    named = [one for one in call.arguments if one.name in wanted]
    if named:
        return [evaluator.evaluate(at.other(named[0].value))]
    plain = [one for one in call.arguments if one.name is None and one.stars < 2]
    before = plain[: position + 1]
    if any(one.stars for one in before):
        return [unknown(f"{at.path}:{call.span.line} passes arguments that are not visible")]
    if position < len(plain):
        return [evaluator.evaluate(at.other(plain[position].value))]
    return [
        value for one in call.arguments if one.stars == 2 for value in _spread(evaluator, at, one, wanted)
    ]


def _spread(evaluator: Evaluator, at: Located, argument: Argument, wanted: set[str]) -> list[Value]:
    mapping = evaluator.evaluate(at.other(argument.value))
    if not mapping.options and not mapping.unknown:
        return []
    return [evaluator.lookup(mapping, key) for key in sorted(wanted)]


def _from_data(evaluator: Evaluator, at: Located, call: Call, wanted: set[str]) -> list[Value]:
    """What ``Class.model_validate(data)`` gives a field."""
    return _spread(evaluator, at, call.arguments[0], wanted)


def _changed(evaluator: Evaluator, at: Located, call: Call, one: Definition, name: str) -> list[Value]:
    """What ``replace(instance, name=...)`` and ``instance.model_copy(update=...)`` give a field."""
    given = [row for row in call.arguments if row.name in (name, "update")]
    if not given:
        return []
    plain = [row.value for row in call.arguments if row.name is None and not row.stars]
    base = plain[0] if plain else getattr(call.function, "base", None)
    options = evaluator.evaluate(at.other(base)).options if base is not None else ()
    mine = [
        row for row in options if isinstance(row, Instance) and (row.path, row.scope) == (one.path, one.scope)
    ]
    if not mine:
        return []
    if given[0].name == "update":
        return _spread(evaluator, at, given[0], {name})
    return [evaluator.evaluate(at.other(given[0].value))]
