"""Text that is put together of texts that are known: joined, ``%``, ``format``, ``format_map``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from string import Formatter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import Scalar
from migrate.facts.records import Call
from migrate.program.solving.combining import only, union, unknown
from migrate.program.solving.values import Environment, Items, LiteralOption, Located, Option, Series, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_MOST_COMBINATIONS = 32
_LONGEST = 200_000  # characters
_MOST_PLACES = 2_000
_PERCENT = re.compile(r"%(?:\((\w+)\))?[sdi]")
_PLAIN_FORMATS = ("", "s", "d")
_RUN_TIME = "it is text put together at run time"


def formatted(evaluator: Evaluator, template: Value, at: Located, call: Call) -> Value:
    """``template.format(...)`` and ``template.format_map(mapping)``."""
    positional: list[Value] = []
    named: dict[Scalar, Value] = {}
    for one in call.arguments:
        value = evaluator.evaluate(at.other(one.value))
        if one.name is not None:
            named[one.name] = value
        elif one.stars == 2 or last_is_map(call):
            named.update(_entries(evaluator, value, at.other(one.value)))
        elif one.stars:
            return unknown(_RUN_TIME)
        else:
            positional.append(value)
    found = [_formatted(one, positional, named) for one in template.options]
    return union([*found, template.doubt()]) if found else unknown(_RUN_TIME)


def last_is_map(call: Call) -> bool:
    return getattr(call.function, "name", "") == "format_map"


def _entries(evaluator: Evaluator, value: Value, at: Located) -> dict[Scalar, Value]:
    """What a mapping holds, by key; nothing where it can be one of several."""
    if value.unknown or len(value.options) != 1 or not isinstance(value.options[0], Items):
        return {}
    whole = evaluator.seen(value.options[0], at)
    keys = [one.key for one in whole.entries]
    return {key: evaluator.under(value.options[0], only(LiteralOption(key, ())), at) for key in keys}


def _formatted(template: Option, positional: Sequence[Value], named: Mapping[Scalar, Value]) -> Value:
    if not isinstance(template, LiteralOption) or not isinstance(template.value, str):
        return unknown(_RUN_TIME)
    parts: list[Value] = []
    count = 0
    try:
        fields = list(Formatter().parse(template.value))
    except ValueError:
        return unknown(_RUN_TIME)
    for text, field, spec, conversion in fields:
        parts += [only(LiteralOption(text, template.origins))] if text else []
        if field is None:
            continue
        if spec not in _PLAIN_FORMATS or conversion not in (None, "s"):
            return unknown(_RUN_TIME)
        position = count if not field else int(field) if field.isdigit() else len(positional)
        count += not field
        given = positional[position] if position < len(positional) else named.get(field)
        parts.append(unknown(_RUN_TIME) if given is None else given)
    return joined(parts)


def filled(evaluator: Evaluator, template: Value, right: Value, at: Located) -> Value:
    """``template % right``, for placeholders that give ``str`` of what fills them."""
    named = _entries(evaluator, right, at)
    series = [one for one in right.options if isinstance(one, Series)]
    rows = [[evaluator.evaluate(item) for item in one.items] for one in series] or [[right]]
    found = [_filled(one, row, named) for one in template.options for row in rows]
    return union([*found, template.doubt()]) if found else unknown("it is computed")


def _filled(template: Option, arguments: Sequence[Value], named: Mapping[Scalar, Value]) -> Value:
    if not isinstance(template, LiteralOption) or not isinstance(template.value, str):
        return unknown("it is computed")
    parts: list[Value] = []
    end = count = 0
    for match in _PERCENT.finditer(template.value):
        parts += _text(template, template.value[end : match.start()])
        given = named.get(match[1]) if match[1] else arguments[count] if count < len(arguments) else None
        count += not match[1]
        parts.append(unknown(_RUN_TIME) if given is None else given)
        end = match.end()
    parts += _text(template, template.value[end:])
    rest = _PERCENT.sub("", template.value)
    if "%" in rest or (count and count != len(arguments)):
        return unknown(_RUN_TIME)
    return joined(parts)


def _text(template: LiteralOption, text: str) -> list[Value]:
    return [only(LiteralOption(text, template.origins))] if text else []


def joined(parts: list[Value]) -> Value:
    """The texts that ``parts``, one after the other, can make. A part that is unknown makes all unknown."""
    reasons = [reason for part in parts for reason in part.unknown]
    columns = [[one for one in part.options if isinstance(one, LiteralOption)] for part in parts]
    read = [one for part in parts for one in part.options if isinstance(one, Environment) and one.has_default]
    opaque = sum(len(part.options) for part in parts) > sum(map(len, columns)) + len(read)
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
    if _is_too_long(columns):
        return unknown("it is text that grows too long")
    options: list[Option] = [_join(choice) for choice in product(*columns)]
    return Value(tuple(dict.fromkeys(options)), tuple(reasons))


def _is_too_long(columns: list[list[LiteralOption]]) -> bool:
    """Whether the text would be longer than any that people write, or come from more places: a text that is
    made of itself doubles whenever it is looked at again."""
    longest = sum(max(len(str(one.value)) for one in column) for column in columns)
    places = sum(max(len(one.origins) for one in column) for column in columns)
    return longest > _LONGEST or places > _MOST_PLACES


def _join(parts: tuple[LiteralOption, ...]) -> LiteralOption:
    if len(parts) == 1:
        return LiteralOption(str(parts[0].value), parts[0].origins)
    # The lines of one literal, put together again, are written in one place.
    origins = tuple(dict.fromkeys(replace(one, whole=False) for part in parts for one in part.origins))
    return LiteralOption("".join(str(part.value) for part in parts), origins)
