"""Functions whose parameters people fill: commands of typer and the like, what ``fire.Fire`` is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference
from migrate.facts.records import Call
from migrate.program.classes import classes
from migrate.program.solving import located
from migrate.program.solving.combining import only, union, unknown
from migrate.program.solving.values import (
    Definition,
    External,
    Instance,
    Items,
    Located,
    Made,
    Member,
    Role,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def role_of_defaults(evaluator: Evaluator, path: str, index: int) -> Role:
    """What the defaults of a function's parameters are for."""
    key = ("command", path, index)
    if key not in evaluator.commands:
        evaluator.commands[key] = _is_command(evaluator, path, index)
    return "cli-default" if evaluator.commands[key] else "parameter-default"


def run(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What ``tyro.cli(Config)`` gives: its first argument, called; None for any other function."""
    if symbol not in evaluator.library.configuration.runners:
        return None
    given = [one for one in call.arguments if one.name is None and not one.stars][:1]
    found = [evaluator.evaluate(at.other(one.value)) for one in given]
    given_ones = [one for value in found for one in value.options]
    made = [evaluator.result(one, at) for one in given_ones if isinstance(one, Definition)]
    made += [only(one) for one in given_ones if isinstance(one, Instance)]
    return union(made) if made else unknown("it is made from the command line")


def _is_command(evaluator: Evaluator, path: str, index: int) -> bool:
    return _decorated(evaluator, path, index) or _exposed(evaluator, path, index)


def _decorated(evaluator: Evaluator, path: str, index: int) -> bool:
    """Whether a decorator, ``@app.command()``, makes the function a command."""
    scope = evaluator.program.scope(path, index)
    for one in scope.decorators:
        plain = one
        if isinstance(one, CallReference):
            plain = evaluator.program.facts(path).calls[one.index].function
        block = evaluator.program.scope(path, scope.parent).block
        for option in evaluator.evaluate(Located(path, scope.parent, block, plain)).options:
            known = evaluator.library.configuration.commanding
            if isinstance(option, Member) and f"{option.owner.symbol}.{option.path}" in known:
                return True
            if isinstance(option, Made) and option.symbol in known:
                return True
    return False


def _exposed(evaluator: Evaluator, path: str, index: int) -> bool:
    """Whether the file passes the function, or its class, to ``fire.Fire`` or the like."""
    exposing = evaluator.library.configuration.exposing
    home = classes.owner(evaluator, path, index)
    wanted = {Definition(path, index), *([] if home is None else [Definition(path, home)])}
    for name in sorted({symbol.rpartition(".")[2] for symbol in exposing}):
        for position in evaluator.program.calls_named_in(path, name):
            call = evaluator.program.facts(path).calls[position]
            at = located.called(path, call)
            called = [one for one in evaluator.evaluate(at).options if isinstance(one, External)]
            if any(one.symbol in exposing for one in called):
                passed = [evaluator.evaluate(at.other(one.value)) for one in call.arguments[:1]]
                shown = [one for value in passed for one in _shown(evaluator, value)]
                if not passed or any(one in wanted for one in shown):
                    return True
    return False


def _shown(evaluator: Evaluator, value: Value) -> Iterator[Definition]:
    """The functions and classes that a command line is made of: one, those of a dict, that of an object."""
    for one in value.options:
        if isinstance(one, (Definition, Instance)):
            yield Definition(one.path, one.scope)
        elif isinstance(one, Items):
            for entry in one.entries:
                yield from _shown(evaluator, evaluator.evaluate(entry.value))
