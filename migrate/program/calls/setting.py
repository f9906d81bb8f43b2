"""Values to Settings: the literals that count, the environment variables, and why there may be more."""

from __future__ import annotations

from msgspec.structs import replace

from migrate.facts.expressions import Scalar
from migrate.program.calls.callsite import Setting
from migrate.program.solving.values import (
    Applied,
    CommandLine,
    Definition,
    Environment,
    External,
    FileOption,
    Instance,
    Items,
    LiteralOption,
    Made,
    Member,
    ModuleOption,
    Option,
    Origin,
    Pairs,
    Series,
    TextMethod,
    Texts,
    Value,
)
from migrate.sources.place import Place


def setting(value: Value) -> Setting:
    """What a request is given where its argument is ``value``; None stands for "not given"."""
    literals = [one for one in value.options if isinstance(one, LiteralOption) and one.value is not None]
    reads = [one for one in value.options if isinstance(one, Environment)]
    why = doubts(value)
    values = tuple(dict.fromkeys(one.value for one in literals))
    origins: dict[tuple[Place, Scalar], Origin] = {}
    for one in (origin for found in literals for origin in _origins(found)):
        origins.setdefault((one.place, one.value), one)
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


def only_texts(found: Setting) -> Setting:
    """``found`` without what is no text, as a model is: what reads numbers and truth out of a command line
    hands on neither here."""
    values = tuple(one for one in found.values if isinstance(one, str))
    if len(values) == len(found.values):
        return found
    origins = tuple(one for one in found.origins if isinstance(one.value, str))
    why = found.why if values or found.why else ("no text is visible for it",)
    return replace(found, values=values, complete=found.complete and bool(values), origins=origins, why=why)


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


_KINDS: dict[type, str] = {
    Items: "a dict",
    Series: "a list",
    Texts: "a list",
    Pairs: "the items of a dict",
    TextMethod: "a method that is not called",
    Definition: "a function or class of the program",
    Applied: "a function",
    Instance: "an object of the program",
    ModuleOption: "a module",
    CommandLine: "the whole command line",
    FileOption: "a file, its name or its text",
}


def _described(option: Option) -> str:
    if isinstance(option, Made):
        return f"it can be an object of {option.symbol}"
    if isinstance(option, Member):
        return f"it can be {option.path} of an object of {option.owner.symbol}"
    return f"it can be {option.symbol if isinstance(option, External) else _KINDS[type(option)]}"


def may_be_missing(value: Value) -> bool:
    """Whether ``value`` can be None or empty: then the SDK falls back to its own default."""
    for one in value.options:
        if isinstance(one, LiteralOption) and not one.value:
            return True
        if isinstance(one, Environment) and not one.has_default and not one.required:
            return True
    return False


def as_entry(found: Setting) -> Setting:
    """Literals that stand in the dict itself have the role dict-entry."""
    origins = tuple(
        replace(one, role="dict-entry") if one.role == "argument" else one for one in found.origins
    )
    return replace(found, origins=origins)


def implied(model: str, call: Place, environment: tuple[str, ...] = ()) -> Setting:
    """The model of a ``call`` that names none, unless a variable of the ``environment`` does."""
    return Setting((model,), True, (Origin(call, model, "implicit"),), environment)
