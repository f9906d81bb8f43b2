"""Values to Settings: the literals that count, the environment variables, and why there may be more."""

from __future__ import annotations

from msgspec.structs import replace

from migrate.facts.expressions import Scalar
from migrate.program.callsite import Setting
from migrate.program.values import (
    Environment,
    LiteralOption,
    Option,
    Origin,
    Value,
)
from migrate.sources.place import Place


def setting(value: Value) -> Setting:
    """What a request is given where its argument is ``value``; None stands for "not given"."""
    literals = [one for one in value.options if isinstance(one, LiteralOption) and one.value is not None]
    reads = [one for one in value.options if isinstance(one, Environment)]
    why = doubts(value)
    values = tuple(dict.fromkeys(one.value for one in literals))
    origins: dict[tuple[Place, str | None, Scalar], Origin] = {}
    for one in (origin for found in literals for origin in _origins(found)):
        origins.setdefault((one.place, one.role, one.value), one)
    names = tuple(dict.fromkeys(one.name for one in reads))
    return Setting(
        values,
        not why and bool(values),
        tuple(origins.values()),
        names,
        tuple(dict.fromkeys(why)),
        tuple(dict.fromkeys(one.place for one in reads)),
        any(isinstance(one, LiteralOption) and one.value is None for one in value.options),
    )


def unset(name: str) -> str:
    """Why a setting is not known that comes from a variable without a default."""
    return f"environment variable {name} sets it"


def doubts(value: Value) -> list[str]:
    """Why ``value`` may be more than its literals."""
    others = [one for one in value.options if not isinstance(one, (LiteralOption, Environment))]
    missing = [one for one in value.options if isinstance(one, Environment) and not one.has_default]
    why = [*value.unknown, *map(_described, others)]
    return [*why, *(unset(one.name) for one in missing)]


def _origins(option: LiteralOption) -> list[Origin]:
    return [replace(one, role=one.role or "argument") for one in option.origins]


def _described(option: Option) -> str:
    return f"it can be {_WORDS.get(type(option).__name__, 'something of the program')}"


_WORDS = {
    "External": "something of a package outside the program",
    "Made": "an object of a package outside the program",
    "Member": "something of an object outside the program",
    "Definition": "a function or class",
    "Instance": "an object",
    "ModuleOption": "a module",
    "Items": "a dict",
    "Series": "a list",
    "Applied": "a function",
    "TextMethod": "a function",
}


def may_be_missing(value: Value) -> bool:
    """Whether ``value`` can be None or empty: then the SDK falls back to its own default."""
    for one in value.options:
        if isinstance(one, LiteralOption) and not one.value:
            return True
        if isinstance(one, Environment) and not one.has_default and not one.required:
            return True
    return False
