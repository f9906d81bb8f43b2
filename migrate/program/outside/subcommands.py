"""Functions that a command line chooses: ``parser.set_defaults(run=ask)`` and later ``args.run(args)``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, last_name
from migrate.facts.records import Parameter
from migrate.program.functions import passed_values
from migrate.program.solving import located
from migrate.program.solving.combining import crossing
from migrate.program.solving.values import CommandLine, Definition, Located, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def of_parameter(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[Value]:
    """What a parameter is given where parsed arguments hold the function and are asked to run it."""
    scope = evaluator.program.scope(path, index)
    found: list[Value] = []
    for name, where in _kept_under(evaluator, Definition(path, index)):
        for caller, position in evaluator.program.calls_named(name, where):
            call = evaluator.program.facts(caller).calls[position]
            at = located.called(caller, call)
            if _is_parsed(evaluator, at):
                value = passed_values.passed_by(evaluator, at, call, scope, wanted, 0)
                found += [crossing(value, Place(path, wanted.span), "argument")] if value is not None else []
    return found


def _kept_under(evaluator: Evaluator, one: Definition) -> Iterator[tuple[str, str]]:
    """(keyword, path) wherever a function is stated as the default of an argument."""
    name = evaluator.program.scope(one.path, one.scope).name
    for path, position in tuple(evaluator.program.handovers.passing(name)):
        call = evaluator.program.facts(path).calls[position]
        if last_name(call.function) == "set_defaults":
            at = located.called(path, call)
            for given in call.arguments:
                if given.name and one in evaluator.evaluate(at.other(given.value)).options:
                    yield given.name, path


def _is_parsed(evaluator: Evaluator, at: Located) -> bool:
    """Whether ``at`` is an attribute of parsed arguments."""
    if not isinstance(at.expression, Attribute):
        return False
    base = evaluator.evaluate(at.other(at.expression.base))
    return any(isinstance(one, CommandLine) for one in base.options)
