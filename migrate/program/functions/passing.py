"""Functions handed over as values: the call that happens where another function is given one to call.

``asyncio.to_thread(ask, model="gpt-4o")`` is ``ask(model="gpt-4o")``, at the same place. A function of the
program that is given one calls it itself: there the call inside it is the one that counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Constant,
    Defined,
    Element,
    Expression,
    Opaque,
    last_name,
)
from migrate.facts.records import Argument, Call, Parameter
from migrate.program.classes import classes
from migrate.program.functions import arguments
from migrate.program.solving.combining import NOTHING, only
from migrate.program.solving.values import (
    Applied,
    Definition,
    External,
    Instance,
    Located,
    Made,
    Member,
    Option,
    Series,
    Value,
)

if TYPE_CHECKING:
    from migrate.catalog.passing import Runner
    from migrate.program.solving.evaluate import Evaluator


def handed(evaluator: Evaluator, at: Located, call: Call, called: Value) -> Call | None:
    """The call that ``call``, whose function is ``called``, makes of a function it is given; None where
    nothing says that it makes one. A partial that takes no keywords any more stands for itself."""
    runner = next(filter(None, (_runner(evaluator, one) for one in called.options)), None)
    if runner is None and not called.options and isinstance(call.function, Attribute):
        runner = evaluator.library.runner_method(call.function.name)
    given = None if runner is None else _given(call, runner)
    if runner is None or given is None:
        return None
    rest = _widgets(evaluator, at, call, runner) if runner.passes == "widgets" else _rest(call, given, runner)
    made = replace(call, function=given.value, arguments=rest)
    early = isinstance(given.value, CallReference) and runner.passes == "positional"
    return replace(made, span=given.value.span) if early else made


def takes_keywords(evaluator: Evaluator, called: Value) -> bool:
    """Whether a keyword added to a call of ``called`` reaches the function that it is given."""
    runners = [_runner(evaluator, one) for one in called.options]
    return any(one is not None and one.passes == "rest" for one in runners)


def _runner(evaluator: Evaluator, option: Option) -> Runner | None:
    symbol = ""
    if isinstance(option, External):
        symbol = option.symbol
    elif isinstance(option, Made):
        symbol = f"{option.symbol}.__call__"
    elif isinstance(option, Member):
        symbol = f"{option.owner.symbol}.{option.path}"
    return evaluator.library.runner(symbol) if symbol else None


def _given(call: Call, runner: Runner) -> Argument | None:
    """The argument that is the function."""
    named = [one for one in call.arguments if runner.keyword and one.name == runner.keyword]
    plain = [one for one in call.arguments if one.name is None]
    if not named and any(one.stars for one in plain[: runner.function + 1]):
        return None
    found = named or plain[runner.function : runner.function + 1]
    return found[0] if found else None


def _rest(call: Call, given: Argument, runner: Runner) -> tuple[Argument, ...]:
    """What the function is called with."""
    if runner.passes == "packed":
        stars = {"args": 1, "kwargs": 2}
        packed = [(one, stars.get(one.name or "", 0)) for one in call.arguments]
        return tuple(replace(one, name=None, stars=count) for one, count in packed if count)
    behind = call.arguments[call.arguments.index(given) + 1 :]
    if runner.passes == "rest":
        return behind
    plain = tuple(one for one in behind if one.name is None and one.stars < 2)
    if runner.passes == "items":
        return tuple(replace(one, value=Element(one.value.span, one.value)) for one in plain if not one.stars)
    return plain


def _widgets(evaluator: Evaluator, at: Located, call: Call, runner: Runner) -> tuple[Argument, ...]:
    """What a function gets of the widgets that a call lists as its inputs: the value of each."""
    listed = arguments.given(call, runner.inputs)
    before: list[Expression] = [Opaque(call.span, "what a person types") for _ in range(runner.before)]
    if listed is None:
        return tuple(Argument(one.span, None, 0, one) for one in before)
    found = evaluator.evaluate(at.other(listed.value))
    series = next((one for one in found.options if isinstance(one, Series)), None)
    items = [at.other(listed.value)] if series is None else list(series.items)
    if any((one.path, one.scope) != (at.path, at.scope) for one in items):
        return (Argument(listed.span, None, 1, Opaque(listed.span, "a list of widgets")),)
    values = [_value_of(one.expression) for one in items]
    return tuple(Argument(one.span, None, 0, one) for one in (*before, *values))


def _value_of(widget: Expression) -> Expression:
    """What a widget gives: an expression that ``lists.elements`` answers. A text names a kind of widget."""
    if isinstance(widget, Constant):
        return Opaque(widget.span, "what a person types")
    return Element(widget.span, widget)


def receivers(evaluator: Evaluator, at: Located, call: Call, given: Argument) -> list[tuple[str, int]]:
    """(path, call index) of the calls that may run the argument ``given`` of ``call``, inside the functions
    of the program that it calls: by the parameter that takes it, or by the attribute that keeps that."""
    found: list[tuple[str, int]] = []
    for path, scope, filled in _called(evaluator, at):
        taken = _taker(evaluator.program.scope(path, scope).parameters[filled:], call, given)
        stores = evaluator.program.facts(path).stores if taken else ()
        kept = (one.attribute or "" for one in stores if last_name(one.value) == taken)
        names = dict.fromkeys(name for name in (taken, *kept) if name)
        found += [(path, one) for name in names for one in evaluator.program.calls_named_in(path, name)]
    return found


def _called(evaluator: Evaluator, at: Located) -> list[tuple[str, int, int]]:
    """(path, scope, filled parameters) of the functions of the program that calling ``at`` runs."""
    found: list[tuple[str, int, int]] = []
    for one in evaluator.evaluate(at).options:
        if isinstance(one, Definition) and not evaluator.program.is_class(one):
            found.append((one.path, one.scope, int(one.receiver is not None)))
        elif isinstance(one, Definition):
            for heir in classes.ancestry(evaluator, one.path, one.scope):
                scope = evaluator.program.scope(heir.path, heir.scope)
                values = [row.value for row in scope.bindings.get("__init__", ())]
                found += [(heir.path, made.scope, 1) for made in values if isinstance(made, Defined)]
    return found


def _taker(parameters: tuple[Parameter, ...], call: Call, given: Argument) -> str:
    """The name of the parameter that takes an argument; empty where none does by itself."""
    if given.name is not None:
        return given.name if any(one.name == given.name for one in parameters) else ""
    place = [one for one in call.arguments if one.name is None].index(given)
    plain = [one for one in parameters if one.kind in ("positional", "positional-only")]
    return plain[place].name if place < len(plain) else ""


def wrapped(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value:
    """What a decorator of another package gives: the function it is given, or a decorator."""
    given = evaluator.evaluate(at.other(call.arguments[0].value)) if call.arguments else NOTHING
    functions = [one for one in given.options if isinstance(one, (Definition, Member, Applied))]
    return Value(tuple(functions), given.unknown) if functions else only(External(symbol))


def bound_partial(evaluator: Evaluator, option: Option, receiver: Instance) -> Option | None:
    """``partialmethod(method, ...)`` as an attribute of ``receiver``; None for anything else."""
    if not isinstance(option, Applied) or not isinstance(option.function, Definition):
        return None
    assert isinstance(option.call.expression, CallReference)
    call = evaluator.program.facts(option.call.path).calls[option.call.expression.index]
    if last_name(call.function) != "partialmethod":
        return None
    return Applied(Definition(option.function.path, option.function.scope, receiver), option.call)
