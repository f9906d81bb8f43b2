"""What Python's own library does to values: the environment, partial, dict, str methods, fallbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from migrate.facts.expressions import Scalar
from migrate.facts.records import Call
from migrate.program import file_paths, shared_state
from migrate.program.combining import only, union, unknown
from migrate.program.operations import formatted
from migrate.program.values import (
    Applied,
    CommandLine,
    Environment,
    Items,
    LiteralOption,
    Located,
    Option,
    Origin,
    Series,
    TextMethod,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_OF_TEXT = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title"})
_SAME_VALUE = frozenset(
    {"builtins.str", "builtins.list", "builtins.tuple", "copy.copy", "copy.deepcopy", "builtins.sorted"}
)


def call_result(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What calling one of Python's own functions gives; None for any other function."""
    if symbol in _SAME_VALUE and call.arguments:
        return evaluator.evaluate(at.other(call.arguments[0].value))
    if symbol == "builtins.dict" or symbol in evaluator.library.configuration.mappings:
        return only(evaluator.built(at, call))
    if symbol == "builtins.vars" and call.arguments:
        return _vars(evaluator.evaluate(at.other(call.arguments[0].value)))
    if symbol == "builtins.getattr":
        return _getattr(evaluator, at, call)
    if symbol == "typing.cast" and len(call.arguments) == 2:
        return evaluator.evaluate(at.other(call.arguments[1].value))
    if symbol == "functools.partial" and call.arguments:
        called = evaluator.evaluate(at.other(call.arguments[0].value))
        options: list[Option] = [Applied(option, at) for option in called.options]
        return Value(tuple(options), called.unknown)
    return None


def _vars(value: Value) -> Value:
    """``vars(args)``: the command line as a mapping; of anything else it is not followed."""
    kept = tuple(one for one in value.options if isinstance(one, (CommandLine, Items)))
    reasons = value.unknown if len(kept) == len(value.options) else (*value.unknown, "it is made by vars()")
    return Value(kept, reasons)


def _getattr(evaluator: Evaluator, at: Located, call: Call) -> Value | None:
    if len(call.arguments) < 2:
        return None
    named = evaluator.evaluate(at.other(call.arguments[1].value))
    names = [o.value for o in named.options if isinstance(o, LiteralOption) and isinstance(o.value, str)]
    if not names or named.unknown:
        return unknown("it is an attribute whose name is computed")
    base = at.other(call.arguments[0].value)
    options = evaluator.evaluate(base).options
    found = [evaluator.attribute_of(option, base, name) for option in options for name in names]
    found += [evaluator.evaluate(at.other(one.value)) for one in call.arguments[2:3]]
    return union(found)


def external_item(evaluator: Evaluator, symbol: str, keys: list[Scalar], index: Located) -> Value:
    """``symbol[key]`` for an external mapping: the environment, and what the program shares."""
    shared = [shared_state.member(evaluator, symbol, key) for key in keys if isinstance(key, str)]
    if any(shared):
        return union([value for value in shared if value is not None])
    if symbol == "os.environ":
        reads: list[Option] = [
            Environment(key, index.place(), False, True) for key in keys if isinstance(key, str)
        ]
        if reads:
            return Value(tuple(reads))
        return unknown("it is read from a variable whose name is computed")
    return unknown(f"it is an item of {symbol}")


def method_result(evaluator: Evaluator, method: TextMethod, at: Located, call: Call) -> Value:
    """What calling a method of a text, dict or list gives."""
    base = evaluator.evaluate(method.base)
    of_file = file_paths.of_method(evaluator, method, base, at, call)
    if of_file is not None:
        return of_file
    if method.name in ("copy", "model_copy", "_replace"):
        return base
    if method.name in _OF_TEXT and not call.arguments:
        return Value(tuple(_changed(option, method.name) for option in base.options), base.unknown)
    if method.name in ("get", "pop", "setdefault") and call.arguments:
        return _get(evaluator, base, at, call)
    if method.name == "values":
        return _values(evaluator, base)
    if method.name == "format":
        return _format(evaluator, base, at, call)
    return unknown(f"it is the result of .{method.name}()")


def _changed(option: Option, method: str) -> Option:
    """A literal text after ``.lower()`` and the like; anything else stays."""
    if not isinstance(option, LiteralOption) or not isinstance(option.value, str):
        return option
    text: str = getattr(option.value, method)()
    return option if text == option.value else LiteralOption(text, _parts(option.origins))


def _parts(origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """``origins`` of a text that is not what is written there any more."""
    return tuple(msgspec.structs.replace(one, whole=False) for one in origins)


def _get(evaluator: Evaluator, base: Value, at: Located, call: Call) -> Value:
    key = evaluator.evaluate(at.other(call.arguments[0].value))
    keys = [o.value for o in key.options if isinstance(o, LiteralOption) and isinstance(o.value, str)]
    if not keys:
        return unknown("it is looked up under a key that is computed")
    found = [evaluator.lookup(base, one) for one in keys]
    found += [evaluator.evaluate(at.other(one.value)) for one in call.arguments[1:2]]
    return union(found)


def _values(evaluator: Evaluator, base: Value) -> Value:
    grown = [evaluator.grown(one) for one in base.options if isinstance(one, Items)]
    options: list[Option] = [
        Series(tuple(entry.value for entry in one.entries), one.home, True) for one in grown
    ]
    return Value(tuple(options), base.unknown)


def _format(evaluator: Evaluator, base: Value, at: Located, call: Call) -> Value:
    if any(one.stars for one in call.arguments):
        return unknown("it is text put together at run time")
    passed = [(one.name, evaluator.evaluate(at.other(one.value))) for one in call.arguments]
    positional = [value for name, value in passed if name is None]
    return formatted(base, positional, {name: value for name, value in passed if name is not None})
