"""What visible calls give the fields of classes whose constructor is made from them: by keyword, alias or
position, from a mapping, or as a change of a copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from operator import itemgetter
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, Constant, Expression, Mapping, last_name
from migrate.facts.records import Argument, Binding, Call
from migrate.program.classes import constructors, descent, field_declarations
from migrate.program.solving import located
from migrate.program.solving.combining import unknown
from migrate.program.solving.values import Definition, Instance, Located, Value
from migrate.sources.testfiles import is_foreign, is_test

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

CHANGING = frozenset({"replace", "evolve", "_replace", "model_copy", "copy"})
FROM_DATA = frozenset({"model_validate", "model_validate_json", "parse_obj", "parse_raw", "parse_file"})


def passed(evaluator: Evaluator, one: Definition, name: str, binding: Binding) -> list[Value]:
    """What calls of the class, or of its subclasses, pass for the field ``name``; those of tests pass nothing
    that is there when the program runs."""
    family = _family(evaluator, one)
    wanted = {name, name.lstrip("_"), *field_declarations.aliases(evaluator, one, binding)}
    found: list[Value] = []
    may = any(_may_pass(call, wanted) for _, call in _calls(evaluator, one, family))
    for at, call, heir in _making(evaluator, one) if may else ():
        if is_foreign(at.path, one.path):
            continue
        if not constructors.concerns(evaluator, one, heir) or constructors.is_written(evaluator, heir):
            continue
        if _may_pass(call, wanted):
            found += _from_call(
                evaluator, at, call, wanted, field_declarations.position(evaluator, heir, name)
            )
    for at, call in constructors.handing_up(evaluator, one, family):
        found += _from_call(evaluator, at, call, wanted, 1 << 30)
    for at, call, base in _validating(evaluator, family.values()):
        if not is_foreign(at.path, one.path) and _made(evaluator, at.other(base), family):
            found += _spread(evaluator, at, call.arguments[0], wanted)
    for at, call in _changing(evaluator, name):
        if is_foreign(at.path, one.path):
            continue
        found += _changed(evaluator, at, call, one, name)
    return found


def _may_pass(call: Call, wanted: set[str]) -> bool:
    """The cheap question first: whether any argument of a call can be for one of the names ``wanted``."""
    return any(one.name is None or one.stars or one.name in wanted for one in call.arguments)


def seen(evaluator: Evaluator, one: Definition) -> bool:
    """Whether a call that makes an instance of the class, or of a subclass, is visible outside tests."""
    return any(not is_test(at.path) for at, _, _ in _making(evaluator, one))


def _making(evaluator: Evaluator, one: Definition) -> list[tuple[Located, Call, Definition]]:
    """The visible calls that make an instance of the class or of a subclass, and which of them."""
    key = ("making", one.path, one.scope)
    return evaluator.kept(key, evaluator.program.generation, lambda: list(_makers(evaluator, one)), [])


def _makers(evaluator: Evaluator, one: Definition) -> Iterator[tuple[Located, Call, Definition]]:
    family = _family(evaluator, one)
    for at, call in _calls(evaluator, one, family):
        for heir in _made(evaluator, at, family)[:1]:
            yield at, call, heir


def _family(evaluator: Evaluator, one: Definition) -> dict[Definition, str]:
    """The class and its subclasses, with their names."""
    plain = Definition(one.path, one.scope)
    heirs = descent.heirs(evaluator, one.path, one.scope)
    return {heir: evaluator.program.scope(heir.path, heir.scope).name for heir in (plain, *heirs)}


def _calls(
    evaluator: Evaluator, one: Definition, family: dict[Definition, str]
) -> Iterator[tuple[Located, Call]]:
    """The calls that may make one of a family, by their names; ``cls(...)`` stands in one of its classes."""
    program = evaluator.program
    inside = program.calls_inside("cls", one.path, {(heir.path, heir.scope) for heir in family})
    for path, index in (
        *inside,
        *(row for name in dict.fromkeys(family.values()) for row in program.calls_named(name, one.path)),
    ):
        call = program.facts(path).calls[index]
        yield located.called(path, call), call


def _loaded(evaluator: Evaluator, names: frozenset[str]) -> Iterator[tuple[Located, Call]]:
    for name in sorted(names):
        for path, index in evaluator.program.calls_loaded(name):
            call = evaluator.program.facts(path).calls[index]
            if call.arguments:
                yield located.called(path, call), call


def _validating(evaluator: Evaluator, names: Collection[str]) -> list[tuple[Located, Call, Expression]]:
    """The calls in loaded files that make an instance of a class of one of ``names`` from data, in the order
    of loading, with the expression of the class."""

    def by_class() -> dict[str, list[tuple[int, tuple[Located, Call, Expression]]]]:
        rows: dict[str, list[tuple[int, tuple[Located, Call, Expression]]]] = {}
        for number, (at, call) in enumerate(_loaded(evaluator, FROM_DATA)):
            base = call.function.base if isinstance(call.function, Attribute) else call.function
            rows.setdefault(last_name(base), []).append((number, (at, call, base)))
        return rows

    nothing: dict[str, list[tuple[int, tuple[Located, Call, Expression]]]] = {}
    rows = evaluator.kept("validating", evaluator.program.generation, by_class, nothing)
    found = [row for name in dict.fromkeys(names) for row in rows.get(name, ())]
    return [row for _, row in sorted(found, key=itemgetter(0))]


def _changing(evaluator: Evaluator, name: str) -> Iterator[tuple[Located, Call]]:
    """The calls in loaded files that may change the field ``name`` of a copy."""

    def by_keyword() -> dict[str, list[tuple[Located, Call]]]:
        rows: dict[str, list[tuple[Located, Call]]] = {}
        for at, call in _loaded(evaluator, CHANGING):
            for keyword in {word for one in call.arguments for word in _words(one)}:
                rows.setdefault(keyword, []).append((at, call))
        return rows

    nothing: dict[str, list[tuple[Located, Call]]] = {}
    rows = evaluator.kept("changing", evaluator.program.generation, by_keyword, nothing)
    seen = {id(call) for _, call in rows.get(name, ())}
    yield from rows.get(name, ())
    yield from (row for row in rows.get("update", ()) if id(row[1]) not in seen)


def _words(argument: Argument) -> Iterator[str]:
    """The keyword of an argument, or what stands for it: the keys of ``update={...}`` where all of them are
    written out."""
    if argument.name == "update" and isinstance(argument.value, Mapping):
        keys = [key.value for key, _ in argument.value.entries if isinstance(key, Constant)]
        if len(keys) == len(argument.value.entries):
            yield from map(str, keys)
            return
    if argument.name is not None:
        yield argument.name


def _made(evaluator: Evaluator, at: Located, family: dict[Definition, str]) -> list[Definition]:
    """The classes of a family that ``at`` can be."""
    found = (one for one in evaluator.evaluate(at).options if isinstance(one, Definition))
    return [plain for plain in (Definition(one.path, one.scope) for one in found) if plain in family]


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
