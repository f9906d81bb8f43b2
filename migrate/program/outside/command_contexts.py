"""What the commands of one program share: the object that decorators such as ``@click.pass_context`` pass to
them, and what is kept in an attribute of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.catalog.configuration import CommandContext
from migrate.facts.expressions import CallReference
from migrate.facts.records import Call, Parameter
from migrate.program.classes import classes
from migrate.program.solving import located
from migrate.program.solving.combining import crossing, only, union, unknown
from migrate.program.solving.values import Definition, External, Instance, Items, Located, Made, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def of_parameter(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[Value]:
    """What a decorator passes to a command as its first argument."""
    scope = evaluator.program.scope(path, index)
    first = scope.parameters[int(classes.owner(evaluator, path, index) is not None) :][:1]
    if not scope.decorators or not first or first[0] is not wanted:
        return []
    block = evaluator.program.scope(path, scope.parent).block
    found: list[Value] = []
    for one in scope.decorators:
        for option in evaluator.evaluate(Located(path, scope.parent, block, one)).options:
            found += _passed(evaluator, option, (path, scope.name))
    return found


def _passed(evaluator: Evaluator, option: Option, command: tuple[str, str]) -> Iterator[Value]:
    """What the decorator ``option`` passes to the function ``command`` (path, name)."""
    if not isinstance(option, (External, Made)):
        return
    entry = evaluator.library.configuration.contexts.get(option.symbol)
    if entry is None:
        return
    path, name = command
    evaluator.program.calls_named(name, path)  # loads the files that put the command into a group
    if option.symbol in entry.passing:
        yield only(Made(entry.classes[0], None))
    elif option.symbol in entry.passing_object:
        yield _shared(evaluator, entry)
    elif isinstance(option, Made) and option.symbol in entry.making and option.at is not None:
        yield _of_class(evaluator, option.at)


def _of_class(evaluator: Evaluator, at: Located) -> Value:
    """The instance that ``make_pass_decorator(Config)``, called at ``at``, passes."""
    call = evaluator.call_at(at)
    given = [one.value for one in call.arguments if one.name is None][:1] if call is not None else []
    named = [option for one in given for option in evaluator.evaluate(at.other(one)).options]
    made = [Instance(one.path, one.scope, at) for one in named if isinstance(one, Definition)]
    return Value(tuple(made)) if made else unknown("it is an object that commands share")


def by_function(evaluator: Evaluator, symbol: str, at: Located, _: Call) -> Value | None:
    """What a function of such a library gives: the object, or a decorator; None for any other function."""
    entry = evaluator.library.configuration.contexts.get(symbol)
    if entry is None or symbol in entry.classes:
        return None
    return only(Made(entry.classes[0], None) if symbol in entry.current else Made(symbol, at))


def by_object(evaluator: Evaluator, owner: Made, method: str, _: Located, __: Call) -> Value | None:
    """What ``context.ensure_object(dict)`` gives; None for any other method."""
    entry = evaluator.library.configuration.contexts.get(owner.symbol)
    return _shared(evaluator, entry) if entry is not None and method == entry.ensuring else None


def member(evaluator: Evaluator, owner: Made, name: str) -> Value | None:
    """The attribute that commands share; None for any other attribute."""
    entry = evaluator.library.configuration.contexts.get(owner.symbol)
    return _shared(evaluator, entry) if entry is not None and name == entry.attribute else None


def _shared(evaluator: Evaluator, entry: CommandContext) -> Value:
    """Everything that is kept in the attribute."""
    key = ("context", entry.classes[0], evaluator.program.generation)

    def found() -> Value:
        values = [*_stored(evaluator, entry), *_started_with(evaluator, entry), *_ensured(evaluator, entry)]
        return (
            union(values)
            if values
            else unknown(f"nothing visible sets {entry.attribute} of {entry.classes[0]}")
        )

    return evaluator.guarded(key, found)


def _stored(evaluator: Evaluator, entry: CommandContext) -> Iterator[Value]:
    """What statements store: ``context.obj = Config(model)``."""
    for path, index in evaluator.program.stores_of(entry.attribute):
        store = evaluator.program.facts(path).stores[index]
        at = Located(path, store.scope, store.block, store.value)
        owners = evaluator.evaluate(at.other(store.base)).options
        if any(isinstance(one, Made) and one.symbol in entry.classes for one in owners):
            yield crossing(evaluator.evaluate(at), Place(path, store.span), "constant")


def _started_with(evaluator: Evaluator, entry: CommandContext) -> Iterator[Value]:
    """What the program starts with: ``main(obj={})``."""
    for path in evaluator.program.loaded():
        for call in evaluator.program.facts(path).calls:
            for one in call.arguments:
                if one.name == entry.attribute:
                    at = located.called(path, call)
                    if _is_command(evaluator, at):
                        yield evaluator.evaluate(at.other(one.value))


def _is_command(evaluator: Evaluator, at: Located) -> bool:
    """Whether a function of the program with decorators is called."""
    named = [one for one in evaluator.evaluate(at).options if isinstance(one, Definition)]
    return any(evaluator.program.scope(one.path, one.scope).decorators for one in named)


def _ensured(evaluator: Evaluator, entry: CommandContext) -> Iterator[Value]:
    """The objects that ``context.ensure_object(dict)`` makes."""
    for path in evaluator.program.loaded():
        for index in evaluator.program.calls_named_in(path, entry.ensuring) if entry.ensuring else ():
            call = evaluator.program.facts(path).calls[index]
            at = Located(path, call.scope, call.block, CallReference(call.span, index))
            for one in call.arguments[:1]:
                for kind in evaluator.evaluate(at.other(one.value)).options:
                    if kind == External("builtins.dict"):
                        yield only(Items(at.place(), ()))
                    elif isinstance(kind, Definition) and evaluator.program.is_class(kind):
                        yield only(Instance(kind.path, kind.scope, at))
