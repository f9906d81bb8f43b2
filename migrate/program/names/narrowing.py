"""What tests leave of a value: of all that a name can be, what it can be where they have come out so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from migrate.facts.expressions import Guard, Narrowed, dotted
from migrate.facts.records import Binding, Position
from migrate.program.classes import classes
from migrate.program.names import hints
from migrate.program.solving.combining import unknown
from migrate.program.solving.values import (
    Definition,
    Environment,
    External,
    Instance,
    Items,
    LiteralOption,
    Located,
    Made,
    Option,
    Series,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

Place: TypeAlias = tuple[str, int, int]
"""A path, a scope in it and a block."""

_BEGINNING: Position = (0, 0)
_BUILT_IN = {"str", "int", "float", "bool", "bytes", "dict", "list", "tuple", "set", "frozenset"}


class Told:
    """What the tests around a place say of a name there, of which ``reaching`` are the last bindings."""

    def __init__(
        self, evaluator: Evaluator, here: Place, position: Position, name: str, reaching: Sequence[Binding]
    ) -> None:
        self._evaluator, self._here = evaluator, here
        path, scope, block = here
        flow = evaluator.program.flow(path)
        self._rows: list[tuple[Position, Guard]] = []
        if flow.is_guarded(name):
            own = [one for one in reaching if one.scope == scope]
            self._rows = flow.guards(name, block, position)
            self._rows += [(one.at, guard) for one in own for guard in flow.instead(name, one, block, own)]

    def left_of(self, value: Value, binding: Binding | None = None) -> Value:
        """``value``, given by ``binding``, or by the caller of the function."""
        if not self._rows or (binding is not None and binding.scope != self._here[1]):
            return value
        since = _BEGINNING if binding is None else binding.at
        told = [guard for at, guard in self._rows if since <= at and (binding is None or at != binding.at)]
        return narrowed(self._evaluator, self._here, value, told)


def of_outer(evaluator: Evaluator, at: Located, name: str, value: Value) -> Value:
    """``value`` of a name of an outer scope, or of an attribute, where a test has asked for its class. What
    else a test says of one, a call in between may change."""
    flow = evaluator.program.flow(at.path)
    if not flow.is_guarded(name):
        return value
    span = at.expression.span
    told = [one for _, one in flow.guards(name, at.block, (span.line, span.column))]
    here = (at.path, at.scope, at.block)
    return narrowed(evaluator, here, value, [one for one in told if one.form == "instance"])


def of_attribute(evaluator: Evaluator, at: Located, value: Value) -> Value:
    """The same of the attribute ``at``."""
    subject = dotted(at.expression)
    return of_outer(evaluator, at, subject, value) if subject else value


def of_narrowed(evaluator: Evaluator, at: Located, node: Narrowed) -> Value:
    """A name in the arm of a conditional expression that asks for its class."""
    value = evaluator.evaluate(at.other(node.of))
    return narrowed(evaluator, (at.path, at.scope, at.block), value, node.guards)


def narrowed(evaluator: Evaluator, here: Place, value: Value, guards: Sequence[Guard]) -> Value:
    """What ``guards``, read at ``here``, leave of ``value``."""
    for guard in guards:
        kept = tuple(one for one in value.options if _can_be(evaluator, here, one, guard))
        if kept or not guard.holds or guard.form == "truth":
            value = Value(kept, value.unknown)
        else:
            value = _promised(evaluator, here, value, guard)
    return value


def _promised(evaluator: Evaluator, here: Place, value: Value, guard: Guard) -> Value:
    """What is there where a test asks for something of which nothing is visible."""
    found = [hints.of_scope(evaluator, *here[:2], one).options for one in guard.classes]
    made = tuple(option for options in found for option in options)
    if made and len(made) == len(guard.classes):
        return Value(made)
    return value.doubt() if value.unknown else unknown("nothing visible gives it what a test here asks for")


def _can_be(evaluator: Evaluator, here: Place, option: Option, guard: Guard) -> bool:
    """Whether ``option`` can come out of a test as ``guard`` says."""
    if guard.form == "instance":
        answers = {_is_instance(evaluator, option, kind) for kind in _named(evaluator, here, guard)}
        return answers != {False} if guard.holds else True not in answers
    if guard.form == "truth":
        return _can_be_true(option) if guard.holds else _can_be_false(option)
    if isinstance(option, LiteralOption):
        return (option.value in guard.values) == guard.holds
    return not guard.holds or guard.values != (None,) or isinstance(option, Environment)


def _can_be_true(option: Option) -> bool:
    return not isinstance(option, LiteralOption) or bool(option.value)


def _can_be_false(option: Option) -> bool:
    if isinstance(option, LiteralOption):
        return not option.value
    return not isinstance(option, (Made, Definition, External))


def _named(evaluator: Evaluator, here: Place, guard: Guard) -> list[Option | None]:
    """The classes that a guard asks for; None for one of which nothing is known."""
    found: list[Option | None] = []
    for one in guard.classes:
        value = evaluator.evaluate(Located(*here, one))
        found += value.options
        found += [] if value.options else [None]
    return found


def _is_instance(evaluator: Evaluator, option: Option, kind: Option | None) -> bool | None:
    """Whether ``option`` is an instance of ``kind``; None where that cannot be told."""
    if isinstance(option, LiteralOption):
        return _is_literal_of(option, kind)
    if isinstance(option, Items):
        return _is_built_in("dict", kind)
    if isinstance(option, Instance):
        return _is_object_of(evaluator, option, kind)
    if isinstance(option, Made):
        return _is_made_of(evaluator, option, kind)
    if isinstance(option, Series):
        known = isinstance(kind, External) and kind.symbol in ("builtins.str", "builtins.dict")
        return False if known or isinstance(kind, Definition) else None
    if isinstance(option, Environment):
        return None if isinstance(kind, External) and kind.symbol == "builtins.str" else False
    return None


def _is_built_in(name: str, kind: Option | None) -> bool | None:
    """Whether an instance of the built-in class ``name`` is one of ``kind``."""
    if isinstance(kind, Definition):
        return False
    if not isinstance(kind, External):
        return None
    module, _, last = kind.symbol.rpartition(".")
    return last == name if module == "builtins" and last in _BUILT_IN else None


def _is_literal_of(option: LiteralOption, kind: Option | None) -> bool | None:
    if isinstance(kind, Definition):
        # The member of an enumeration of the program is its value here.
        return None if any(one.role == "enum-member" for one in option.origins) else False
    if option.value is None:
        return False if isinstance(kind, External) and "None" not in kind.symbol else None
    if isinstance(option.value, bool) and isinstance(kind, External) and kind.symbol == "builtins.int":
        return True
    return _is_built_in(type(option.value).__name__, kind)


def _is_object_of(evaluator: Evaluator, option: Instance, kind: Option | None) -> bool | None:
    here = Definition(option.path, option.scope)
    if isinstance(kind, Definition):
        if classes.is_a(evaluator, here, (kind.path, kind.scope)):
            return True
        below = classes.is_a(evaluator, Definition(kind.path, kind.scope), (here.path, here.scope))
        return None if below and not option.exact else False
    foreign = classes.external_bases(evaluator, here)
    if isinstance(kind, External):
        return True if kind.symbol in foreign else None if foreign or not option.exact else False
    return None


def _is_made_of(evaluator: Evaluator, option: Made, kind: Option | None) -> bool | None:
    if isinstance(kind, Definition):
        return False
    if not isinstance(kind, External):
        return None
    return evaluator.library.is_kind_of(option.symbol, kind.symbol)
