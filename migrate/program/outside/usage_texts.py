"""Command lines that are described by a text: the defaults that the description of an option states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.records import Call
from migrate.program.solving.combining import only, unknown
from migrate.program.solving.values import CommandLine, LiteralOption, Located, Made, Origin, Value
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

# "-m MODEL, --model=MODEL  What to ask. [default: gpt-4o]", to the next option or empty line.
_OPTION = re.compile(r"(?m)^[ \t]*-\S[^\n]*(?:\n(?![ \t]*-\S|[ \t]*\n)[^\n]+)*")
_NAMES = re.compile(r"(?:^|[\s,])(--?\w[\w-]*)")
_DEFAULT = re.compile(r"\[default: (?P<value>[^\]\n]*)\]", re.IGNORECASE)
_QUOTES = 3


def read(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What ``docopt(__doc__)`` gives; None for any other function."""
    if symbol not in evaluator.library.configuration.usages or not call.arguments:
        return None
    return only(CommandLine(Made(symbol, at)))


def stated(evaluator: Evaluator, parser: Made, name: str) -> list[Value]:
    """What the text says of option ``name``, dashes included; nothing where it has no such option."""
    call = evaluator.call_at(parser.at)
    if parser.at is None or call is None:
        return []
    found: list[Value] = []
    for option in evaluator.evaluate(parser.at.other(call.arguments[0].value)).options:
        if isinstance(option, LiteralOption) and isinstance(option.value, str):
            rows = _options(option.value)
            found += [_value(option, row) for names, row in rows if name in names]
    return found


def _options(text: str) -> Iterator[tuple[set[str], re.Match[str] | None]]:
    """The names of each option of a text, and where its default stands."""
    for match in _OPTION.finditer(text):
        written = match[0].strip().partition("  ")[0]
        yield set(_NAMES.findall(written)), _DEFAULT.search(text, match.start(), match.end())


def _value(text: LiteralOption, default: re.Match[str] | None) -> Value:
    if default is None:
        return unknown("it is given on the command line")
    value = default["value"]
    places = [_inside(one.place, default) for one in text.origins if one.whole]
    return only(
        LiteralOption(value, tuple(Origin(place, value, "cli-default", (), False) for place in places))
    )


def _inside(literal: Place, found: re.Match[str]) -> Place:
    """Where a default stands in a text of several lines, as such texts are written."""
    before = found.string[: found.start("value")]
    line = literal.span.line + before.count("\n")
    first = literal.span.column + _QUOTES if "\n" not in before else 1
    column = first + len(before.rpartition("\n")[2])
    return Place(literal.path, Span(line, column, line, column + len(found["value"])), literal.cell)
