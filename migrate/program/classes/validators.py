"""Validators and converters: what a pydantic or attrs class makes of a value before its field holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference, Constant, Defined, Expression, last_name
from migrate.facts.records import Binding, Call, Parameter
from migrate.program.classes import classes, field_declarations
from migrate.program.solving.combining import crossing, unknown
from migrate.program.solving.values import Definition, External, Located, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_OF_MODELS = frozenset({"model_validator", "root_validator"})
_DECORATORS = frozenset({"field_validator", "validator"})
_ALWAYS = ("always", "validate_default")
_BEFORE = ("pre", "before")
_KEEPING = frozenset({"builtins.str"})


def of_field(evaluator: Evaluator, one: Definition, name: str) -> list[Definition]:
    """The validators of field ``name`` of class ``one``, in the order in which they run."""
    here = evaluator.viewpoint
    if here is None or not classes.is_a(evaluator, here, (one.path, one.scope)):
        here = one
    before: list[Definition] = []
    behind: list[Definition] = []
    for heir in reversed(classes.ancestry(evaluator, here.path, here.scope)):
        for method in _methods(evaluator, heir):
            call = _decorator(evaluator, method, name)
            if call is not None:
                (before if _is(call, _BEFORE) else behind).append(method)
    return [*reversed(before), *behind]


def check_defaults(evaluator: Evaluator, one: Definition, name: str, binding: Binding) -> bool:
    """Whether validators run on the default of a field too."""
    field = field_declarations.field_call(evaluator, one.path, binding)
    calls = [_decorator(evaluator, method, name) for method in of_field(evaluator, one, name)]
    return any(call is not None and _is(call, _ALWAYS) for call in (field, *calls))


def result(evaluator: Evaluator, checks: list[Definition]) -> Value:
    """What the last of ``checks`` gives."""
    return evaluator.returned(checks[-1].path, checks[-1].scope)


def fields_of(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[str]:
    """The fields that function ``index`` is a validator of, where ``wanted`` takes their value."""
    home = classes.owner(evaluator, path, index)
    plain = evaluator.program.scope(path, index).parameters[1:2]
    if home is None or not plain or plain[0] is not wanted:
        return []
    calls = _calls(evaluator, Definition(path, index), _DECORATORS)
    given = [one.value for call in calls for one in call.arguments if one.name is None]
    return [str(one.value) for one in given if isinstance(one, Constant)]


def converted(evaluator: Evaluator, one: Definition, binding: Binding, value: Value) -> Value:
    """``value`` behind the ``converter`` of an attrs field: what it makes of it is not followed."""
    call = field_declarations.field_call(evaluator, one.path, binding)
    named = [row.value for row in call.arguments if row.name == "converter"] if call is not None else []
    if not named:
        return value
    at = Located(one.path, one.scope, binding.block, named[0])
    options = evaluator.evaluate(at).options
    if options and all(isinstance(row, External) and row.symbol in _KEEPING for row in options):
        return value
    return unknown(f"{at.place()} converts it")


def written(evaluator: Evaluator, one: Definition, name: str) -> list[Value]:
    """What validators of the whole model put under ``name`` into the data that it is made of."""
    found: list[Value] = []
    facts = evaluator.program.facts(one.path)
    scopes = {method.scope for method in _methods(evaluator, one, _OF_MODELS)}
    for index in evaluator.program.item_stores(one.path) if scopes else ():
        store = facts.stores[index]
        if store.scope in scopes and store.key is not None and _is_text(store.key, name):
            value = evaluator.evaluate(Located(one.path, store.scope, store.block, store.value))
            found.append(crossing(value, Place(one.path, store.span), "constant"))
    for index in evaluator.program.calls_named_in(one.path, "setdefault") if scopes else ():
        call = facts.calls[index]
        values = [row.value for row in call.arguments]
        if call.scope in scopes and len(values) == 2 and _is_text(values[0], name):
            value = evaluator.evaluate(Located(one.path, call.scope, call.block, values[1]))
            found.append(crossing(value, Place(one.path, call.span), "constant"))
    return found


def _is_text(expression: Expression, text: str) -> bool:
    return isinstance(expression, Constant) and expression.value == text


def _methods(evaluator: Evaluator, one: Definition, names: frozenset[str] = _DECORATORS) -> list[Definition]:
    bindings = evaluator.program.scope(one.path, one.scope).bindings
    defined = [row.value for rows in bindings.values() for row in rows if isinstance(row.value, Defined)]
    methods = [Definition(one.path, row.scope) for row in defined]
    return [method for method in methods if _calls(evaluator, method, names)]


def _decorator(evaluator: Evaluator, method: Definition, name: str) -> Call | None:
    """The decorator that makes ``method`` a validator of field ``name``."""
    for call in _calls(evaluator, method, _DECORATORS):
        if any(
            one.name is None and _is_text(one.value, row) for one in call.arguments for row in (name, "*")
        ):
            return call
    return None


def _calls(evaluator: Evaluator, method: Definition, names: frozenset[str]) -> list[Call]:
    """The decorators of a method that are calls of one of ``names``."""
    facts = evaluator.program.facts(method.path)
    written: tuple[Expression, ...] = facts.scopes[method.scope].decorators
    calls = [facts.calls[one.index] for one in written if isinstance(one, CallReference)]
    return [call for call in calls if last_name(call.function) in names]


def _is(call: Call, words: tuple[str, ...]) -> bool:
    """Whether a keyword of a call is one of ``words`` and true, or has one of them as its value."""
    given = [(one.name, one.value.value) for one in call.arguments if isinstance(one.value, Constant)]
    return any(
        (name in words and value is True) or (name == "mode" and value in words) for name, value in given
    )
