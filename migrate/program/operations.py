"""Operators, and text that is put together: ``+ % |``, f-strings, ``format``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from string import Formatter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.program.combining import listed, only, union, unknown
from migrate.program.values import Environment, Items, LiteralOption, Option, Series, Value

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_MOST_COMBINATIONS = 32
_PERCENT = re.compile(r"%s")


def combined(evaluator: Evaluator, operator: str, left: Value, right: Value) -> Value:
    """``left operator right``."""
    if operator == "|" and any(isinstance(option, Items) for option in left.options):
        return _merged(left, right)
    if operator == "+" and any(isinstance(option, Series) for option in left.options):
        return _extended(left, right)
    if operator == "+":
        return joined([left, right])
    if operator == "%":
        series = [one for one in right.options if isinstance(one, Series)]
        if not series:
            return _filled(left, [right])
        return union([_filled(left, list(map(evaluator.evaluate, one.items))) for one in series])
    return unknown("it is computed")


def _merged(left: Value, right: Value) -> Value:
    """``left | right`` of two mappings."""
    found: list[Option] = []
    for one in left.options:
        for other in right.options:
            if isinstance(one, Items) and isinstance(other, Items):
                found.append(Items(one.home, (*one.entries, *other.entries), (*one.more, *other.more)))
    reasons = (*left.unknown, *right.unknown)
    return Value(tuple(found), reasons if found else (*reasons, "it is computed"))


def _extended(left: Value, right: Value) -> Value:
    """``left + right`` of two lists."""
    found = [
        only(listed((*one.items, *other.items), one.home, repeated=_is_open(one, other)))
        for one in left.options
        for other in right.options
        if isinstance(one, Series) and isinstance(other, Series)
    ]
    reasons = [unknown(why) for why in (*left.unknown, *right.unknown)]
    return union([*found, *reasons]) if found else unknown("it is a list put together at run time")


def _is_open(one: Series, other: Series) -> bool:
    """Whether the sum holds items any number of times: a list that is added to itself grows in a loop."""
    if one.repeated or other.repeated or one.home == other.home:
        return True
    there = {(item.path, item.expression.span) for item in one.items}
    return bool(other.items) and all((item.path, item.expression.span) in there for item in other.items)


def formatted(template: Value, positional: Sequence[Value], named: Mapping[str, Value]) -> Value:
    """``template.format(*positional, **named)``."""
    found = [_formatted(one, positional, named) for one in template.options]
    found += [unknown(why) for why in template.unknown]
    return union(found) if found else unknown("it is text put together at run time")


def _formatted(template: Option, positional: Sequence[Value], named: Mapping[str, Value]) -> Value:
    if not isinstance(template, LiteralOption) or not isinstance(template.value, str):
        return unknown("it is text put together at run time")
    parts: list[Value] = []
    waiting = list(positional)
    try:
        fields = list(Formatter().parse(template.value))
    except ValueError:
        return unknown("it is text put together at run time")
    for text, field, _, _ in fields:
        parts += [only(LiteralOption(text, template.origins))] if text else []
        if field is not None:
            plain = named.get(field) if field else (waiting.pop(0) if waiting else None)
            parts.append(plain or unknown("it is text put together at run time"))
    return joined(parts)


def _filled(template: Value, arguments: list[Value]) -> Value:
    """``template % arguments``, for templates that hold ``%s`` only."""
    found = []
    for one in template.options:
        if not isinstance(one, LiteralOption) or not isinstance(one.value, str):
            return unknown("it is computed")
        pieces = _PERCENT.split(one.value)
        if len(pieces) != len(arguments) + 1 or any("%" in piece for piece in pieces):
            return unknown("it is text put together at run time")
        parts: list[Value] = []
        for position, piece in enumerate(pieces):
            parts += [only(LiteralOption(piece, one.origins))] if piece else []
            parts += arguments[position : position + 1]
        found.append(joined(parts))
    return union([*found, *map(unknown, template.unknown)]) if found else unknown("it is computed")


def joined(parts: list[Value]) -> Value:
    """The texts that ``parts``, one after the other, can make. A part that is unknown makes all unknown."""
    reasons = [reason for part in parts for reason in part.unknown]
    columns = [[one for one in part.options if isinstance(one, LiteralOption)] for part in parts]
    read = [one for part in parts for one in part.options if isinstance(one, Environment) and one.has_default]
    others = sum(len(part.options) for part in parts) - sum(map(len, columns)) - len(read)
    opaque = bool(others)
    reasons += [f"environment variable {one.name} sets a part of it" for one in read]
    if opaque or not all(columns) or not parts:
        return Value((), tuple(reasons) or ("it is text put together at run time",))
    if not any(isinstance(one.value, str) for column in columns for one in column):
        return unknown("it is computed")
    count = 1
    for column in columns:
        count *= len(column)
    if count > _MOST_COMBINATIONS:
        return unknown("it is text with too many combinations")
    options: list[Option] = [_join(choice) for choice in product(*columns)]
    return Value(tuple(dict.fromkeys(options)), tuple(reasons))


def _join(parts: tuple[LiteralOption, ...]) -> LiteralOption:
    if len(parts) == 1:
        return LiteralOption(str(parts[0].value), parts[0].origins)
    origins = tuple(replace(one, whole=False) for part in parts for one in part.origins)
    return LiteralOption("".join(str(part.value) for part in parts), origins)
