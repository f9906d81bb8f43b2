"""The values of ``a or b``, and what is there when nothing else is: None and empty text left out."""

from __future__ import annotations

import msgspec

from migrate.program.solving.combining import union
from migrate.program.solving.values import Environment, LiteralOption, Option, Value


def without_falsy(values: list[Value]) -> Value:
    """``a or b``: what is certainly falsy in any but the last place does not come out, and what
    follows a read of the environment is its default."""
    kept = [*map(_truthy, values[:-1]), values[-1]]
    if any(isinstance(option, Environment) for value in values[:-1] for option in value.options):
        kept = [*map(_with_default, kept[:-1]), _as_default(kept[-1])]
    return union(kept)


def _with_default(value: Value) -> Value:
    options: list[Option] = [
        Environment(one.name, one.place, True) if isinstance(one, Environment) else one
        for one in value.options
    ]
    return Value(tuple(options), value.unknown)


def _as_default(value: Value) -> Value:
    options: list[Option] = []
    for one in value.options:
        if isinstance(one, LiteralOption):
            origins = tuple(msgspec.structs.replace(o, role=o.role or "env-default") for o in one.origins)
            options.append(LiteralOption(one.value, origins))
        else:
            options.append(one)
    return Value(tuple(options), value.unknown)


def _truthy(value: Value) -> Value:
    kept = [o for o in value.options if not (isinstance(o, LiteralOption) and not o.value)]
    return Value(tuple(kept), value.unknown)
