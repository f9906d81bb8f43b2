"""Values from the command line: what ``args.model`` is, by the ``add_argument`` calls of its parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, Constant
from migrate.facts.records import Call
from migrate.program.combining import crossing, only, union, unknown
from migrate.program.values import CommandLine, Located, Made, Member, Value

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_PARSER = "argparse.ArgumentParser"
_PARSING = ("parse_args", "parse_intermixed_args")
_GROUPING = ("add_argument_group", "add_mutually_exclusive_group")


def result(called: Member) -> Value | None:
    """What a method of an argparse parser gives; None for any other method."""
    if called.owner.symbol != _PARSER:
        return None
    if called.path in _PARSING:
        return only(CommandLine(called.owner))
    return only(called.owner) if called.path in _GROUPING else None


def attribute(evaluator: Evaluator, parsed: CommandLine, name: str) -> Value:
    """Everything that ``args.name`` can be: the defaults that its ``add_argument`` calls state."""
    found = [_default(evaluator, at, call) for at, call in _added(evaluator, parsed.parser, name)]
    return union(found) if found else unknown(f"no visible add_argument defines {name}")


def _added(evaluator: Evaluator, parser: Made, name: str) -> list[tuple[Located, Call]]:
    """The ``add_argument`` calls that define ``name`` on ``parser``, in the file that makes it."""
    if parser.at is None:
        return []
    path = parser.at.path
    found = []
    for index in evaluator.program.calls_named_in(path, "add_argument"):
        call = evaluator.program.facts(path).calls[index]
        if isinstance(call.function, Attribute) and _destination(call) == name:
            at = Located(path, call.scope, call.block, call.function)
            if parser in evaluator.evaluate(at.other(call.function.base)).options:
                found.append((at, call))
    return found


def _destination(call: Call) -> str:
    """The attribute that an argument is stored under, as argparse derives it."""
    for one in call.arguments:
        if one.name == "dest" and isinstance(one.value, Constant):
            return str(one.value.value)
    flags = [
        str(one.value.value) for one in call.arguments if not one.name and isinstance(one.value, Constant)
    ]
    long = [flag for flag in flags if flag.startswith("--")]
    chosen = (long or flags or [""])[0]
    return chosen.lstrip("-").replace("-", "_")


def _default(evaluator: Evaluator, at: Located, call: Call) -> Value:
    for one in call.arguments:
        if one.name == "default":
            where = at.other(one.value)
            return crossing(evaluator.evaluate(where), where.place(), "cli-default")
    return unknown("it is given on the command line")
