"""Paths: ``__file__``, ``Path(...)``, ``os.path.join``, ``open``. Computes names; looks at no disk.

A path, the open file and its text are one option, because only what is parsed in the end matters.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING

from migrate.facts.records import Call
from migrate.program.solving.combining import only, union, unknown
from migrate.program.solving.values import FileOption, LiteralOption, Located, Option, TextMethod, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_MOST_COMBINATIONS = 16
_ABSOLUTE = re.compile(r"[/~\\]|[A-Za-z]:|\w+://")


def by_function(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """The file or folder that ``symbol(...)`` gives; None where it has nothing to do with files."""
    known = evaluator.library.configuration
    if symbol in known.here:
        return only(FileOption("", False))
    if symbol not in known.same and symbol not in known.joining and symbol not in known.parent:
        return None
    passed = [at.other(one.value) for one in call.arguments if one.name is None and not one.stars]
    parts = [evaluator.evaluate(one) for one in passed]
    if symbol in known.joining and len(parts) > 1:
        return appended(parts)
    if not parts:
        return only(FileOption("", False)) if symbol in known.joining else unknown(f"it is {symbol}()")
    return _each(parts[0], _parent if symbol in known.parent else _itself)


def of_method(evaluator: Evaluator, method: TextMethod, base: Value, at: Located, call: Call) -> Value | None:
    """What a method of a path or open file gives; None where ``base`` holds none, or it is no such method."""
    if not any(isinstance(one, FileOption) for one in base.options):
        return None
    known = evaluator.library.configuration
    if method.name in known.same_methods:
        return _each(base, _itself)
    if method.name in known.joining_methods:
        return appended([base, *(evaluator.evaluate(at.other(one.value)) for one in call.arguments)])
    return unknown(f"it is made of the text of {names_of(base)}")


def attribute(option: FileOption, base: Located, name: str) -> Value:
    """``path.parent`` and ``path.parents``; anything else is a method."""
    if name == "parent":
        return _parent(option)
    return only(option) if name == "parents" else only(TextMethod(base, name))


def nth_parent(option: FileOption, keys: Sequence[object]) -> Value:
    """``path.parents[n]``."""
    found = [one for one in keys if isinstance(one, int) and one >= 0]
    if len(found) != 1:
        return unknown(f"it is a part of {option.path}")
    value = only(option)
    for _ in range(min(found[0], 30) + 1):
        value = _each(value, _parent)
    return value


def divided(left: Value, right: Value) -> Value:
    """``left / right``; a quotient of numbers is not followed."""
    if any(isinstance(one, FileOption) for one in (*left.options, *right.options)):
        return appended([left, right])
    return left.doubt() if left.unknown and not left.options else unknown("it is computed")


def joined(parts: list[Value]) -> Value | None:
    """The text ``f"{folder}/name"``; None where it does not begin with a folder."""
    if len(parts) != 2 or not any(isinstance(one, FileOption) for one in parts[0].options):
        return None
    tails = [one.value for one in parts[1].options if isinstance(one, LiteralOption)]
    if len(tails) != 1 or not isinstance(tails[0], str) or tails[0][:1] not in "/\\":
        return None
    return appended([parts[0], only(LiteralOption(tails[0].lstrip("/\\"), ()))])


def appended(parts: list[Value]) -> Value:
    """The paths that ``parts``, one inside the other, make."""
    reasons = [why for part in parts for why in part.unknown]
    choices = list(product(*(part.options for part in parts)))[: _MOST_COMBINATIONS + 1]
    if not choices or len(choices) > _MOST_COMBINATIONS:
        return unknown(reasons[0] if reasons else "it is a path put together at run time")
    return union([*map(_append, choices), *map(unknown, reasons)])


def _append(parts: tuple[Option, ...]) -> Value:
    first, *rest = parts
    value = _itself(first)
    for one in rest:
        if not isinstance(one, LiteralOption) or not isinstance(one.value, str):
            return unknown("it is a path put together at run time")
        if _ABSOLUTE.match(one.value):
            return unknown(f"it is read from {one.value}, outside of the repository")
        tail = one.value
        value = _each(value, lambda option: _inside(option, tail))  # noqa: B023
    return value


def _inside(option: Option, tail: str) -> Value:
    assert isinstance(option, FileOption)
    return _normal(f"{option.path}/{tail}" if option.path else tail, option.anchored)


def _each(value: Value, change: Callable[[Option], Value]) -> Value:
    return union([*(change(one) for one in value.options), *map(unknown, value.unknown)])


def _itself(option: Option) -> Value:
    if isinstance(option, FileOption):
        return only(option)
    if not isinstance(option, LiteralOption) or not isinstance(option.value, str):
        return unknown("it is read from a file whose name is not visible")
    if _ABSOLUTE.match(option.value):
        return unknown(f"it is read from {option.value}, outside of the repository")
    return _normal(option.value, False)


def _parent(option: Option) -> Value:
    value = _itself(option)
    found = value.options[0] if value.options else None
    if not isinstance(found, FileOption):
        return value
    return _normal(f"{found.path or '.'}/..", found.anchored)


def _normal(path: str, anchored: bool) -> Value:
    """``path`` without its detours; one that leaves the repository is not followed."""
    plain = posixpath.normpath(path.replace("\\", "/"))
    if plain.startswith("..") and anchored:
        return unknown(f"it is read from {path}, outside of the repository")
    return only(FileOption("" if plain == "." else plain, anchored))


def names_of(value: Value) -> str:
    """The files among the options, for a person."""
    names = dict.fromkeys(one.path for one in value.options if isinstance(one, FileOption))
    return " or ".join(name or "a folder" for name in names) or "a file"
