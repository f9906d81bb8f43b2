"""What Python's own library does to values: the environment, partial, dict, str methods, fallbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from migrate.facts.expressions import Scalar
from migrate.facts.records import Call
from migrate.program.classes import dumping
from migrate.program.collections import getting, shared_state, views
from migrate.program.collections.layering import Layers
from migrate.program.names import hints
from migrate.program.solving.combining import only, union, unknown
from migrate.program.solving.values import (
    Applied,
    CommandLine,
    Entry,
    Environment,
    External,
    Items,
    LiteralOption,
    Located,
    Option,
    TextMethod,
    Value,
)
from migrate.program.texts import file_paths, formatting, paths, text_methods
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_SAME_VALUE = frozenset({"builtins.str"})
_LISTS = frozenset({"builtins.list", "builtins.tuple", "builtins.sorted", "builtins.set", "builtins.iter"})
_COPIES = frozenset({"copy.copy", "copy.deepcopy", "types.MappingProxyType"})


def _whole(call: Call) -> Call:
    return call


def _without_factory(call: Call) -> Call:
    """``defaultdict(factory, ...)`` holds what follows the factory."""
    return msgspec.structs.replace(call, arguments=call.arguments[1:])


def _last_first(call: Call) -> Call:
    """``ChainMap(a, b)``: what stands in ``a`` wins."""
    return msgspec.structs.replace(call, arguments=call.arguments[::-1])


_DICTS: dict[str, Callable[[Call], Call]] = {
    "builtins.dict": _whole,
    "collections.OrderedDict": _whole,
    "collections.defaultdict": _without_factory,
    "collections.ChainMap": _last_first,
}
HANDING_ON = _SAME_VALUE | _LISTS | _COPIES | _DICTS.keys() | {"next", "vars", "getattr", "cast", "partial"}
"""The functions that give what they are given, or some of it; those of Python without their module."""


def call_result(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What calling one of Python's own functions gives; None for any other function."""
    if symbol in _SAME_VALUE and call.arguments:
        return evaluator.evaluate(at.other(call.arguments[0].value))
    if symbol in _COPIES and call.arguments:
        return _copy(evaluator, at.other(call.arguments[0].value), at.place())
    if symbol == "collections.defaultdict" and call.arguments:
        evaluator.factories[at.place()] = at.other(call.arguments[0].value)
    if symbol in _DICTS or symbol in evaluator.library.configuration.mappings:
        return only(evaluator.built(at, _DICTS.get(symbol, _whole)(call)))
    if symbol in ("functools.partial", "functools.partialmethod") and call.arguments:
        called = evaluator.evaluate(at.other(call.arguments[0].value))
        options: list[Option] = [Applied(option, at) for option in called.options]
        return Value(tuple(options), called.unknown)
    return _of_parts(evaluator, symbol, at, call) if call.arguments else None


def _of_parts(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What functions make of their arguments: URLs, lists, dicts, attributes."""
    if symbol in paths.JOINS:
        return paths.joined(symbol, [evaluator.evaluate(at.other(one.value)) for one in call.arguments])
    if symbol in _LISTS:
        return views.listed(evaluator, at.other(call.arguments[0].value))
    if symbol == "builtins.next":
        return views.first(evaluator, at, call)
    if symbol == "builtins.dict.fromkeys":
        return views.from_keys(evaluator, at, call)
    if symbol == "builtins.vars":
        value = evaluator.evaluate(at.other(call.arguments[0].value))
        return dumping.of_fields(evaluator, value, at, call) or _vars(value)
    if symbol == "builtins.getattr" or symbol.endswith("_getattr"):  # safe_getattr(self.client, name)
        return _getattr(evaluator, at, call)
    if symbol == "typing.cast" and len(call.arguments) == 2:
        value = evaluator.evaluate(at.other(call.arguments[1].value))
        return hints.cast(evaluator, at.other(call.arguments[0].value), value)
    return dumping.of_function(evaluator, symbol, at, call)


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
    doubts = [unknown("it is an attribute whose name is computed")] if named.unknown or not names else []
    base = at.other(call.arguments[0].value)
    options = evaluator.evaluate(base).options
    found: list[Value] = []
    for option in options:
        rows = [evaluator.attribute_of(option, base, name) for name in names]
        found += [one for one in rows if one.options] or rows  # a name that is not there is none of its names
    found += [evaluator.evaluate(at.other(one.value)) for one in call.arguments[2:3]]
    return union([*found, *doubts])


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
    if evaluator.library.is_generic(symbol):
        return only(External(symbol))  # Agent[Context]
    return unknown(f"it is an item of {symbol}")


def method_result(evaluator: Evaluator, method: TextMethod, at: Located, call: Call) -> Value:
    """What calling a method of a text, dict or list gives."""
    base = evaluator.evaluate(method.base)
    dumped = dumping.of_method(evaluator, base, method, at, call)
    if dumped is not None:
        return dumped
    of_file = file_paths.of_method(evaluator, method, base, at, call)
    if of_file is not None:
        return of_file
    if method.name in ("copy", "model_copy", "_replace"):
        return _copy(evaluator, method.base, at.place(), call)
    if method.name in ("get", "pop", "setdefault") and call.arguments:
        return getting.got(evaluator, base, at, method, call)
    if method.name in ("keys", "values", "items"):
        return views.view(evaluator, base, method)
    if method.name in ("format", "format_map"):
        return formatting.formatted(evaluator, base, at, call)
    if method.name == "join" and call.arguments:
        return text_methods.join(evaluator, base, at.other(call.arguments[0].value))
    if method.name in text_methods.PURE:
        return text_methods.applied(evaluator, base, method.name, at, call)
    return unknown(f"it is the result of .{method.name}()")


def _copy(evaluator: Evaluator, at: Located, home: Place, changes: Call | None = None) -> Value:
    """A copy, with ``changes`` by keyword: what is done to a copied dict is not done to the one it was made
    of."""
    value = evaluator.evaluate(at)
    known = [evaluator.seen(one, at) for one in value.options if isinstance(one, Items)]
    if not known:
        return value
    layers = Layers(home)
    layers.spread(known, value.unknown)
    if changes is not None:
        for one in changes.arguments:
            where = Located(home.path, changes.scope, changes.block, one.value)
            if one.name is not None:
                layers.put(Entry(one.name, where, home, "call"))
    others = [one for one in value.options if not isinstance(one, Items)]
    return Value((layers.finish(), *others))
