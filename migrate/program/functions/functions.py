"""Calls and what they give back; parameters and what they are given. Context-insensitive, but for lookups.py:
a parameter is everything that any visible call passes for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Name
from migrate.facts.records import Call, Parameter
from migrate.program.classes import classes, descent, enumerations, fields, typed_dicts, viewpoint
from migrate.program.collections import ordering
from migrate.program.functions import callers, defaults, iteration, passed_values, passing, pytest_fixtures
from migrate.program.functions.arguments import some
from migrate.program.libraries import mocks, outside, stdlib
from migrate.program.linking import importing
from migrate.program.names import hints
from migrate.program.outside import command_contexts, commandline, composed_files, declarations, subcommands
from migrate.program.solving.combining import NOTHING, crossing, is_class_name, only, union, unknown
from migrate.program.solving.values import (
    Applied,
    Definition,
    External,
    Instance,
    Items,
    LiteralOption,
    Located,
    Made,
    Member,
    Option,
    Role,
    TextMethod,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def result(evaluator: Evaluator, called: Option, at: Located, call: Call) -> Value:
    """What calling ``called`` gives, for the call ``call`` that stands at ``at``."""
    if isinstance(called, Definition):
        return evaluator.lookups.result(evaluator, called, at, call)
    if isinstance(called, External):
        return _of_external(evaluator, called.symbol, at, call)
    if isinstance(called, Member):
        return _of_member(evaluator, called, at, call)
    if isinstance(called, Made):
        return _of_object(evaluator, called, at, call)
    if isinstance(called, Applied):
        return result(evaluator, called.function, at, call)
    if isinstance(called, TextMethod):
        return stdlib.method_result(evaluator, called, at, call)
    if isinstance(called, Instance):
        return _of_instance(evaluator, called, at)
    if isinstance(called, LiteralOption) and called.value is None:
        return NOTHING
    return unknown("it is the result of a call that is not followed")


def without_arguments(evaluator: Evaluator, called: Option, at: Located) -> Value:
    """What calling ``called`` gives where some library does it."""
    if isinstance(called, Definition):
        return of_definition(evaluator, called, at)
    return unknown("it is the result of a call that is not followed")


def of_definition(evaluator: Evaluator, called: Definition, at: Located) -> Value:
    """What calling a function or class of the program gives, for a call at ``at``."""
    scope = evaluator.program.scope(called.path, called.scope)
    if scope.kind == "class":
        known = typed_dicts.made(evaluator, called, at) or enumerations.by_value(evaluator, called, at)
        return known or only(Instance(called.path, called.scope, at))
    if scope.yields:
        return only(iteration.generated(evaluator, called, at))
    receiver = called.receiver
    if receiver is not None and _is_left_to_heirs(evaluator, called, receiver):
        return NOTHING
    here = Definition(receiver.path, receiver.scope) if receiver is not None else None
    return evaluator.seen_from(here, lambda: returned(evaluator, called.path, called.scope))


def _is_left_to_heirs(evaluator: Evaluator, called: Definition, receiver: Instance) -> bool:
    """Whether a method that returns nothing is one that subclasses of the receiver's class define."""
    scope = evaluator.program.scope(called.path, called.scope)
    if scope.returns or receiver.exact:
        return False
    heirs = descent.heirs(evaluator, receiver.path, receiver.scope)
    return any(scope.name in evaluator.program.scope(one.path, one.scope).bindings for one in heirs)


def returned(evaluator: Evaluator, path: str, index: int) -> Value:
    """Everything that function ``index`` of ``path`` returns."""
    scope = evaluator.program.scope(path, index)
    role: Role | None = None if scope.name == "<lambda>" else "constant"
    found = [_handed_back(evaluator, Located(path, index, block, one), role) for block, one in scope.returns]
    value = union(found or [unknown(f"{scope.qualname} returns nothing")])
    return hints.of_result(evaluator, path, index, value)


def _handed_back(evaluator: Evaluator, at: Located, role: Role | None) -> Value:
    value = evaluator.evaluate(at)
    if isinstance(at.expression, Name) and any(isinstance(one, Items) for one in value.options):
        made = (
            ordering.finished(evaluator, one, at) if isinstance(one, Items) else one for one in value.options
        )
        value = Value(tuple(made), value.unknown)
    return crossing(value, at.place(), role)


def _of_external(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value:
    if evaluator.library.is_class(symbol):
        return only(Made(symbol, at, None, viewpoint.maker(evaluator, at)))
    if evaluator.library.passes(symbol) and call.arguments:
        return evaluator.evaluate(at.other(call.arguments[0].value))
    if evaluator.library.wraps(symbol):
        return passing.wrapped(evaluator, symbol, at, call)
    if symbol == "builtins.super":
        return classes.parents(evaluator, at.path, at.scope)
    if len(call.arguments) == 1:
        made = classes.made_by_hand(evaluator, symbol, at.other(call.arguments[0].value))
        if made is not None:
            return made
    mock = mocks.made(symbol, at)
    if mock is not None:
        return mock
    for known in (iteration.result, importing.result, stdlib.call_result, outside.by_function):
        value = known(evaluator, symbol, at, call)
        if value is not None:
            return value
    if is_class_name(symbol):
        return only(Made(symbol, at))
    return unknown(f"it is the result of {symbol}()")


def _of_object(evaluator: Evaluator, called: Made, at: Located, call: Call) -> Value:
    known = typed_dicts.made(evaluator, called, at)
    known = known or outside.by_object(evaluator, called, "__call__", at, call)
    return known or unknown("it is the result of a call that is not followed")


def _of_member(evaluator: Evaluator, called: Member, at: Located, call: Call) -> Value:
    if evaluator.library.copies(called.owner.symbol, called.path):
        return only(Made(called.owner.symbol, at, called.owner))
    given = commandline.result(evaluator, called)
    given = given or outside.by_object(evaluator, called.owner, called.path, at, call)
    if given is not None:
        return given
    return unknown(f"it is the result of a request ({called.path})")


def _of_instance(evaluator: Evaluator, called: Instance, at: Located) -> Value:
    method = evaluator.attribute_of(called, at, "__call__")
    values = [of_definition(evaluator, one, at) for one in method.options if isinstance(one, Definition)]
    return union(values) if values else unknown("it is the result of calling an object")


def parameter(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value:
    """Everything that parameter ``wanted`` of function ``index`` in ``path`` can be."""
    key = ("parameter", id(wanted), path, evaluator.viewpoint)
    return evaluator.guarded(key, lambda: _parameter(evaluator, path, index, wanted))


def _parameter(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value:
    receiver = classes.receiver(evaluator, path, index, wanted)
    if receiver is not None:
        return receiver
    fixture = pytest_fixtures.fixture(evaluator, path, index, wanted)
    if fixture is not None:
        return fixture
    value = _given(evaluator, path, index, wanted)
    if wanted.kind == "**":
        given = value.unknown or defaults.nobody_passes(evaluator, path, index, wanted).unknown
        return value if value.options else passed_values.unseen_keywords(evaluator, path, index, given)
    if some(value).options:
        return value
    typed = hints.instances(evaluator, path, index, wanted.annotation)
    if typed.options:
        return union([value, typed])
    if value.options or value.unknown:
        return value
    mock = mocks.passed(evaluator, path, index, wanted)
    return mock if mock is not None else defaults.nobody_passes(evaluator, path, index, wanted)


def _given(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value:
    """What calls, decorators and the default give a parameter."""
    place = Place(path, wanted.span)
    passed, always = callers.passed(evaluator, path, index, wanted)
    found = [crossing(value, place, "argument") for value in passed]
    found += declarations.of_parameter(evaluator, path, index, wanted)
    found += composed_files.of_parameter(evaluator, path, index, wanted)
    found += command_contexts.of_parameter(evaluator, path, index, wanted)
    found += subcommands.of_parameter(evaluator, path, index, wanted)
    found += fields.to_check(evaluator, path, index, wanted)
    found += [] if always else defaults.of_parameter(evaluator, path, index, wanted, bool(found))
    return union(found) if found else NOTHING
