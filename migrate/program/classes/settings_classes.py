"""Which environment variables fill a field of a settings class: prefixes, aliases, and the case of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.catalog.configuration import ArgumentAt, SettingsClass
from migrate.facts.expressions import CallReference, Expression, Sequence, Subscript
from migrate.facts.records import Binding, Call
from migrate.program.classes import classes
from migrate.program.functions.arguments import given, texts
from migrate.program.solving.combining import NOTHING, only
from migrate.program.solving.values import (
    Definition,
    Environment,
    Items,
    LiteralOption,
    Located,
    Made,
    Series,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def entry_of(evaluator: Evaluator, one: Definition) -> SettingsClass | None:
    """What is known of the settings class that ``one`` extends; None where it extends none."""
    known = evaluator.library.configuration.settings_classes
    named = classes.external_bases(evaluator, one)
    found = next((known[symbol] for symbol in named if symbol in known), None)
    if found is None and any(symbol.endswith(".BaseSettings") for symbol in named):
        return next(iter(known.values()))
    return found


def reads(evaluator: Evaluator, one: Definition, name: str, binding: Binding, value: Value) -> Value:
    """The reads of the environment that fill field ``name`` of ``one``, whose default is ``value``; nothing
    where ``one`` is no settings class."""
    entry = entry_of(evaluator, one)
    if entry is None:
        return NOTHING
    here = evaluator.viewpoint
    if here is None or one not in classes.ancestry(evaluator, here.path, here.scope):
        here = one
    configured = _Configured(evaluator, entry, here)
    nested = any(not isinstance(option, (LiteralOption, Environment)) for option in value.options)
    delimiter = configured.text(entry.delimiter) if nested else ""
    if nested and not delimiter:
        return NOTHING  # only as a whole, as JSON
    place, there = Place(one.path, binding.span), binding.value is not None
    names = _names(evaluator, configured, one, name, binding)
    return Value(tuple(Environment(each, place, there, not there, delimiter) for each in names))


def member(option: Environment, name: str) -> Value:
    """Attribute ``name`` of a field that holds a model of its own."""
    whole = f"{option.name}{option.delimiter}{name.upper()}"
    return only(Environment(whole, option.place, True, False, option.delimiter))


def _names(
    evaluator: Evaluator, configured: _Configured, one: Definition, name: str, binding: Binding
) -> list[str]:
    entry = configured.entry
    calls = _calls(evaluator, one, binding)
    aliases = [alias for at, call in calls for alias in _aliases(evaluator, entry, at, call)]
    if entry.fields:
        aliases += configured.of_field(name)
    own = configured.text(entry.prefix) + name
    found = aliases if aliases and not any(map(configured.true, entry.by_name)) else [*aliases, own]
    exact = configured.true("case_sensitive")
    return list(dict.fromkeys(each if exact else each.upper() for each in found))


def _calls(evaluator: Evaluator, one: Definition, binding: Binding) -> list[tuple[Located, Call]]:
    """The calls that describe the field: its value, or what stands in ``Annotated[...]``."""
    written: list[Expression] = [binding.value] if binding.value is not None else []
    if isinstance(binding.annotation, Subscript) and isinstance(binding.annotation.index, Sequence):
        written += binding.annotation.index.items
    made = [each for each in written if isinstance(each, CallReference)]
    facts = evaluator.program.facts(one.path)
    return [(Located(one.path, one.scope, binding.block, each), facts.calls[each.index]) for each in made]


def _aliases(evaluator: Evaluator, entry: SettingsClass, at: Located, call: Call) -> list[str]:
    for keyword in entry.aliases:
        argument = given(call, ArgumentAt(keyword))
        found = [] if argument is None else _texts(evaluator, evaluator.evaluate(at.other(argument.value)))
        if found:
            return found
    return []


def _texts(evaluator: Evaluator, value: Value) -> list[str]:
    """Texts, also those in a list, or passed to a call such as ``AliasChoices("a", "b")``."""
    found = texts(value)
    for option in value.options:
        if isinstance(option, Series):
            found += [name for item in option.items for name in texts(evaluator.evaluate(item))]
        elif isinstance(option, Made) and option.at is not None:
            found += _passed(evaluator, option.at)
    return found


def _passed(evaluator: Evaluator, at: Located) -> list[str]:
    call = evaluator.call_at(at)
    given = call.arguments if call is not None else ()
    return [name for one in given for name in texts(evaluator.evaluate(at.other(one.value)))]


class _Configured:
    """The configuration of one settings class, its ancestors' included."""

    def __init__(self, evaluator: Evaluator, entry: SettingsClass, one: Definition) -> None:
        self.entry = entry
        self._evaluator = evaluator
        self._family = classes.ancestry(evaluator, one.path, one.scope)

    def text(self, key: str) -> str:
        """The text under ``key``; empty where there is none."""
        return next(iter(texts(self._value(key))), "")

    def true(self, key: str) -> bool:
        """Whether ``key`` is set to True."""
        return any(isinstance(one, LiteralOption) and one.value is True for one in self._value(key).options)

    def of_field(self, name: str) -> list[str]:
        """The variables that the configuration names for a field."""
        own = self._evaluator.lookup(self._value(self.entry.fields), name)
        return [each for key in self.entry.aliases for each in texts(self._evaluator.lookup(own, key))]

    def _value(self, key: str) -> Value:
        for one in self._family if key else ():
            scope = self._evaluator.program.scope(one.path, one.scope)
            stated = [value for keyword, value in scope.keywords if keyword == key]
            if stated:
                return self._evaluator.evaluate(Located(one.path, scope.parent, scope.block, stated[0]))
            for name in self.entry.config:
                for binding in scope.bindings.get(name, ())[-1:]:
                    found = self._inside(one, binding, key)
                    if found.options:
                        return found
        return NOTHING

    def _inside(self, one: Definition, binding: Binding, key: str) -> Value:
        """``key`` of what holds the configuration: a dict, or an inner class."""
        if binding.value is None:
            return NOTHING
        at = Located(one.path, one.scope, binding.block, binding.value)
        for option in self._evaluator.evaluate(at).options:
            if isinstance(option, Items):
                return self._evaluator.lookup(only(option), key)
            if isinstance(option, Definition):
                return self._evaluator.attribute_of(option, at, key)
        return NOTHING
