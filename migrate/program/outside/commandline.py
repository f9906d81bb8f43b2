"""Values from argparse: what ``args.model`` is, by the ``add_argument`` calls of its parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute
from migrate.facts.records import Call
from migrate.program.outside import declarations, usage_texts
from migrate.program.solving import located
from migrate.program.solving.combining import NOTHING, crossing, only, union, unknown
from migrate.program.solving.values import CommandLine, Located, Made, Member, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_PARSING = ("parse_args", "parse_intermixed_args", "parse_known_args", "parse_known_intermixed_args")
# Groups and subparsers fill the namespace of the parser they belong to.
_GROUPING = ("add_argument_group", "add_mutually_exclusive_group", "add_subparsers", "add_parser")


def result(evaluator: Evaluator, called: Member) -> Value | None:
    """What a method of an argparse parser gives; None for any other method."""
    if called.owner.symbol not in evaluator.library.configuration.argument_parsers:
        return None
    if called.path in _PARSING:
        return only(CommandLine(called.owner))
    return only(called.owner) if called.path in _GROUPING else None


def attribute(evaluator: Evaluator, parsed: CommandLine, name: str) -> Value:
    """Everything that ``args.name`` can be: what ``add_argument`` and ``set_defaults`` state, and what the
    program assigns to it."""
    if name == "__dict__":
        return only(parsed)
    key = ("command line", parsed.parser, name)
    found = evaluator.guarded(key, lambda: union([*_stated(evaluator, parsed, name), NOTHING]))
    known = found.options or found.unknown
    return found if known else unknown(f"no visible add_argument defines {name}")


def item(evaluator: Evaluator, parsed: CommandLine, keys: list[object]) -> Value:
    """``vars(args)[key]``, and the two that ``parse_known_args`` gives."""
    if keys == [0]:
        return only(parsed)
    named = [attribute(evaluator, parsed, key) for key in keys if isinstance(key, str)]
    return union(named) if named else unknown("it is given on the command line")


def lookup(evaluator: Evaluator, parsed: CommandLine, name: str) -> Value:
    """What ``**vars(args)`` passes for ``name``; nothing where no argument is stored under it."""
    return union([*_stated(evaluator, parsed, name), NOTHING])


def _stated(evaluator: Evaluator, parsed: CommandLine, name: str) -> list[Value]:
    if parsed.parser.symbol in evaluator.library.configuration.usages:
        return usage_texts.stated(evaluator, parsed.parser, name)
    entry = evaluator.library.configuration.declarations["argparse.ArgumentParser.add_argument"]
    found = [
        declarations.stated(evaluator, entry, at, call)
        for at, call in _calls(evaluator, parsed.parser, "add_argument")
        if declarations.destination(call) == name and _is_of(evaluator, parsed.parser, at)
    ]
    defaults = list(_set_defaults(evaluator, parsed.parser, name))
    if defaults:  # of whatever states none itself
        found = [
            Value(one.options, tuple(why for why in one.unknown if why != declarations.GIVEN))
            for one in found
        ]
    return [*found, *defaults, *_assigned(evaluator, parsed, name)]


def _set_defaults(evaluator: Evaluator, parser: Made, name: str) -> Iterator[Value]:
    for at, call in _calls(evaluator, parser, "set_defaults"):
        for one in call.arguments:
            if one.name == name and _is_of(evaluator, parser, at):
                where = at.other(one.value)
                yield crossing(evaluator.evaluate(where), where.place(), "cli-default")


def _assigned(evaluator: Evaluator, parsed: CommandLine, name: str) -> Iterator[Value]:
    """What the program stores under ``args.name``."""
    for path, index in evaluator.program.stores_of(name):
        store = evaluator.program.facts(path).stores[index]
        at = Located(path, store.scope, store.block, store.value)
        if parsed in evaluator.evaluate(at.other(store.base)).options:
            yield crossing(evaluator.evaluate(at), Place(path, store.span), "constant")


def _calls(evaluator: Evaluator, parser: Made, method: str) -> Iterator[tuple[Located, Call]]:
    """The calls of ``method`` in the files that can reach ``parser``."""
    if parser.at is None:
        return
    for path, index in evaluator.program.calls_named(method, parser.at.path):
        call = evaluator.program.facts(path).calls[index]
        yield located.called(path, call), call


def _is_of(evaluator: Evaluator, parser: Made, at: Located) -> bool:
    """Whether the method at ``at`` is one of ``parser``, of a group of it or of a parser it takes after."""
    base = at.expression
    if not isinstance(base, Attribute):
        return False
    owners = evaluator.evaluate(at.other(base.base)).options
    return parser in owners or any(one in owners for one in _parents(evaluator, parser))


def _parents(evaluator: Evaluator, parser: Made) -> list[Option]:
    """The parsers whose arguments ``ArgumentParser(parents=[...])`` takes over."""
    call = evaluator.call_at(parser.at)
    if parser.at is None or call is None:
        return []
    given = [one.value for one in call.arguments if one.name == "parents"]
    return [option for one in given for option in evaluator.elements(parser.at.other(one)).options]
