"""Methods of ``str`` that give the same text for the same text, applied to the texts that are known."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import Scalar
from migrate.facts.records import Call
from migrate.program.collections import appended
from migrate.program.solving.combining import only, union, unknown
from migrate.program.solving.values import LiteralOption, Located, Option, Origin, Series, Texts, Value
from migrate.program.texts.formatting import joined

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_CHANGING = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "capitalize", "replace"}
    | {"removeprefix", "removesuffix"}
)
_SPLITTING = frozenset({"split", "rsplit", "partition", "rpartition", "splitlines"})
PURE = _CHANGING | _SPLITTING
_NAMED = frozenset({"sep", "maxsplit"})
_MOST_COMBINATIONS = 512


def applied(evaluator: Evaluator, base: Value, name: str, at: Located, call: Call) -> Value:
    """``base.name(*arguments)``, where ``name`` is one of PURE, for every text that ``base`` can be. What
    an environment variable holds is not known, and stays what it is."""
    arguments = [evaluator.evaluate(at.other(one.value)) for one in call.arguments]
    columns = [[o.value for o in one.options if isinstance(o, LiteralOption)] for one in arguments]
    known = all(
        not one.unknown and len(column) == len(one.options)
        for one, column in zip(arguments, columns, strict=True)
    )
    count = len(base.options)
    for column in columns:
        count *= len(column)
    starred = any(one.stars or not (one.name is None or one.name in _NAMED) for one in call.arguments)
    if not known or starred or count > _MOST_COMBINATIONS:
        return unknown(f"it is the result of .{name}() with arguments that are not visible")
    names = [one.name for one in call.arguments]
    found = [_of(option, name, names, given) for option in base.options for given in product(*columns)]
    return union([*found, base.doubt()])


def _of(option: Option, name: str, names: list[str | None], given: tuple[Scalar, ...]) -> Value:
    if not isinstance(option, LiteralOption) or not isinstance(option.value, str):
        return only(option) if name in _CHANGING else unknown(f"it is the result of .{name}()")
    positional = [value for key, value in zip(names, given, strict=True) if key is None]
    named = {key: value for key, value in zip(names, given, strict=True) if key is not None}
    try:
        result = getattr(option.value, name)(*positional, **named)
    except (TypeError, ValueError):
        return unknown(f"it is the result of .{name}() that fails")
    if isinstance(result, str):
        return only(_piece(option, result))
    return only(Texts(tuple(_piece(option, piece) for piece in result)))


def _piece(option: LiteralOption, text: str) -> LiteralOption:
    """``text`` that came out of ``option``: still written in its literal where it stands there once."""
    if text == option.value:
        return option
    return LiteralOption(text, tuple(_within(one, text) for one in option.origins))


def _within(origin: Origin, text: str) -> Origin:
    there = origin.whole and bool(text) and isinstance(origin.value, str) and origin.value.count(text) == 1
    return replace(origin, value=text) if there else replace(origin, whole=False)


def join(evaluator: Evaluator, separator: Value, at: Located) -> Value:
    """``separator.join(at)`` for lists of which every item is known, in order."""
    value = evaluator.evaluate(at)
    found = [_joined(evaluator, separator, one) for one in value.options]
    return union([*found, value.doubt()])


def _joined(evaluator: Evaluator, separator: Value, option: Option) -> Value:
    parts: list[Value] = []
    if isinstance(option, Series) and not option.repeated:
        items = [evaluator.evaluate(one) for one in (*option.items, *appended.added(evaluator, option))]
    elif isinstance(option, Texts):
        items = [only(one) for one in option.values]
    else:
        return unknown("it is text put together at run time")
    for item in items:
        parts += [separator, item] if parts else [item]
    return joined(parts)
