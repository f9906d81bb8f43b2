"""Values that people choose, as calls state them: command-line options, widgets, parameters of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.catalog.configuration import Declaration
from migrate.facts.expressions import CallReference, Constant, Opaque
from migrate.facts.records import Call, Parameter
from migrate.program.functions.arguments import given, texts, value_of
from migrate.program.solving.combining import NOTHING, crossing, only, union, unknown
from migrate.program.solving.values import (
    Definition,
    Environment,
    LiteralOption,
    Located,
    Made,
    Option,
    Series,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

GIVEN = "it is given on the command line"


def by_function(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What a call of ``symbol`` gives: the value itself, or something that declares one; None for others."""
    entry = evaluator.library.configuration.declaration(symbol)
    if entry is None:
        return None
    return stated(evaluator, entry, at, call) if entry.form == "result" else only(Made(symbol, at))


def stated(evaluator: Evaluator, entry: Declaration, at: Located, call: Call) -> Value:
    """Everything that the declared value can be. Choices bound it; without any its default counts."""
    made = _made(evaluator, entry, at, call)
    if made is not None:
        return made
    choices = _choices(evaluator, entry, at, call)
    default = _default(evaluator, entry, at, call)
    found = [default, choices]
    named = value_of(evaluator, at, call, entry.variable)
    there = any(not isinstance(one, LiteralOption) or one.value is not None for one in default.options)
    if named is not None:
        reads = [Environment(name, at.place(), there) for name in _all_texts(evaluator, named)]
        found.append(Value(tuple(reads)))
    if not choices.options and (entry.free or not there):
        found.append(unknown(entry.free or GIVEN))
    return union(found)


def resolved(evaluator: Evaluator, value: Value) -> Value:
    """``value`` with every declaration in it (``typer.Option("gpt-4o")``) replaced by what it states."""
    if not any(isinstance(one, Made) for one in value.options):
        return value
    found = [of_made(evaluator, one) or only(one) for one in value.options]
    return union([*found, value.doubt()])


def of_made(evaluator: Evaluator, option: Option) -> Value | None:
    """What a declaration states; None for anything else."""
    call = evaluator.call_at(option.at) if isinstance(option, Made) else None
    if not isinstance(option, Made) or option.at is None or call is None:
        return None
    entry = evaluator.library.configuration.declaration(option.symbol)
    if entry is None or entry.form not in ("default", "flag", "widget"):
        return None
    return stated(evaluator, entry, option.at, call)


def of_parameter(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[Value]:
    """What the decorators of a function (``@click.option("--model", default=...)``) give a parameter."""
    scope = evaluator.program.scope(path, index)
    if not scope.decorators:
        return []
    block = evaluator.program.scope(path, scope.parent).block
    found = []
    for one in scope.decorators:
        for option in evaluator.evaluate(Located(path, scope.parent, block, one)).options:
            if isinstance(option, Made) and option.at is not None:
                found += _if_named(evaluator, option, option.at, wanted.name)
    return found


def _if_named(evaluator: Evaluator, made: Made, at: Located, name: str) -> list[Value]:
    entry = evaluator.library.configuration.declaration(made.symbol)
    call = evaluator.call_at(at)
    if entry is None or entry.form != "parameter" or call is None:
        return []
    return [stated(evaluator, entry, at, call)] if destination(call) == name else []


def destination(call: Call) -> str:
    """The name that a value is stored under, as argparse and click derive it from its flags."""
    named = next((one.value for one in call.arguments if one.name == "dest"), None)
    if isinstance(named, Constant):
        return str(named.value)
    plain = [one.value for one in call.arguments if one.name is None and not one.stars]
    flags = [one.value for one in plain if isinstance(one, Constant) and isinstance(one.value, str)]
    bare = [flag for flag in flags if flag.isidentifier()]
    long = [flag for flag in flags if flag.startswith("--")]
    chosen = (bare or long or flags or [""])[0].partition("/")[0]
    return chosen.lstrip("-").replace("-", "_")


def _made(evaluator: Evaluator, entry: Declaration, at: Located, call: Call) -> Value | None:
    """What the function that the declaration names (``Depends(get_settings)``) gives."""
    for where in (entry.calls, entry.factory):
        found = given(call, where)
        if found is not None and (where.keyword or where.position >= 0):
            return called(evaluator, at.other(found.value))
    return None


def called(evaluator: Evaluator, function: Located) -> Value:
    """What calling ``function`` without arguments gives."""
    value = evaluator.evaluate(function)
    generated = evaluator.generated(value)
    if generated is not None:
        return generated
    found = [evaluator.result(one, function) for one in value.options if isinstance(one, Definition)]
    return (
        union([*found, value.doubt()]) if found else unknown("it comes from a function that is not followed")
    )


def _default(evaluator: Evaluator, entry: Declaration, at: Located, call: Call) -> Value:
    found = given(call, entry.default)
    if found is None or isinstance(found.value, Opaque):  # typer.Option(...): it has to be given
        return NOTHING
    where = at.other(found.value)
    return crossing(evaluator.evaluate(where), where.place(), entry.role)


def _choices(evaluator: Evaluator, entry: Declaration, at: Located, call: Call) -> Value:
    found = given(call, entry.choices)
    if found is None:
        return NOTHING
    where = at.other(found.value)
    named = entry.choices.keyword == "type"
    listed = evaluator.elements(where) if not named else _of_type(evaluator, where)
    return crossing(listed, where.place(), "list-of-supported")


def _of_type(evaluator: Evaluator, where: Located) -> Value:
    """The choices inside ``type=click.Choice([...])``."""
    classes = evaluator.library.configuration.choice_classes
    for one in evaluator.evaluate(where).options:
        if isinstance(one, Made) and one.symbol in classes and one.at is not None:
            inner = one.at.expression
            if isinstance(inner, CallReference):
                call = evaluator.program.facts(one.at.path).calls[inner.index]
                listed = [at for at in call.arguments if not at.stars][:1]
                return union([evaluator.elements(one.at.other(at.value)) for at in listed] or [NOTHING])
    return NOTHING


def _all_texts(evaluator: Evaluator, value: Value) -> list[str]:
    """The texts of a value, or of the list that it is."""
    items = [item for option in value.options if isinstance(option, Series) for item in option.items]
    return [*texts(value), *(name for item in items for name in texts(evaluator.evaluate(item)))]
