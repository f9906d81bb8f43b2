"""What methods store into attributes whose names are not written out: ``self.__dict__.update(settings)``,
``vars(self)[name] = value``, ``setattr(self, name, value)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Constant,
    Element,
    Expression,
    Name,
    Subscript,
    Text,
)
from migrate.facts.records import Call, FileFacts, Scope, Store
from migrate.program.collections import views
from migrate.program.solving import located
from migrate.program.solving.combining import crossing, literal, only, union, unknown
from migrate.program.solving.values import CommandLine, Definition, Items, LiteralOption, Located, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

Pair: TypeAlias = tuple[Located, Located | None, Located]
"""What a statement stores into, the name, and the value; without a name a mapping of all that it stores."""

_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__", "__attrs_post_init__", "model_post_init"})


def stored(evaluator: Evaluator, one: Definition, name: str) -> list[Value]:
    """What such statements in the methods of class ``one`` can store as attribute ``name``."""
    found = [_stored(evaluator, pair, name) for pair in pairs(evaluator, one)]
    return [value for value in found if value.options or value.unknown]


def pairs(evaluator: Evaluator, one: Definition) -> list[Pair]:
    """Such statements in the methods of class ``one``."""
    key, none = ("computed stores", one.path), dict[int, list[Pair]]()
    return evaluator.kept(key, 0, lambda: _by_class(evaluator, one.path), none).get(one.scope, [])


def _stored(evaluator: Evaluator, pair: Pair, name: str) -> Value:
    """What a statement can store under ``name``. Methods that are no constructors are there for anyone, as
    the attribute itself is: what nobody is seen to store counts as little."""
    value = _held(evaluator, pair, name)
    method = evaluator.program.scope(pair[0].path, pair[0].scope).name
    return value if method in _CONSTRUCTORS else Value(value.options)


def _held(evaluator: Evaluator, pair: Pair, name: str) -> Value:
    _, key, value = pair
    wanted = literal(name, value.path, value.expression.span)
    if key is None:
        return _of_mapping(evaluator, wanted, value)
    paired = views.paired(evaluator, key, value)
    if paired:
        return union([evaluator.under(one, wanted, value) for one in paired])
    known = evaluator.evaluate(key)
    names = {one.value for one in known.options if isinstance(one, LiteralOption)}
    if name in names:
        return crossing(evaluator.evaluate(value), value.place(), "constant")
    partial = known.unknown or len(names) < len(known.options)
    if partial and not _begins_otherwise(key.expression, name):
        return unknown(f"{key.place()} sets an attribute whose name is computed")
    return Value()


def _begins_otherwise(key: Expression, name: str) -> bool:
    """Whether a name made as ``f"_{key}"`` begins in another way than ``name``."""
    first = key.parts[0] if isinstance(key, Text) and key.parts else None
    return isinstance(first, Constant) and not name.startswith(str(first.value))


def _of_mapping(evaluator: Evaluator, wanted: Value, at: Located) -> Value:
    """What the mapping ``at``, all of which is stored, holds under the name ``wanted``."""
    if _names_locals(evaluator, at):
        return _local(evaluator, wanted, at)
    value = evaluator.evaluate(at)
    found: list[Value] = []
    doubts = list(value.unknown)
    for one in value.options:
        if isinstance(one, Items):
            found.append(evaluator.under(one, wanted, at))
        elif isinstance(one, CommandLine):
            found += [evaluator.lookup(only(one), name) for name in _texts(wanted)]
        elif not (isinstance(one, LiteralOption) and one.value is None):
            doubts.append(f"{at.place()} sets attributes from something that is not followed")
    return union([*found, Value((), tuple(doubts))])


def _names_locals(evaluator: Evaluator, at: Located) -> bool:
    call = evaluator.call_at(at)
    return call is not None and isinstance(call.function, Name) and call.function.id == "locals"


def _local(evaluator: Evaluator, wanted: Value, at: Located) -> Value:
    """What ``locals()`` holds under a name."""
    bound = evaluator.program.scope(at.path, at.scope)
    local = {*bound.bindings, *(one.name for one in bound.parameters)}
    span = at.expression.span

    def named(name: str) -> Located:
        return at.other(evaluator.made_up(("local", at.path, span, name), lambda: Name(span, name)))

    return union([evaluator.evaluate(named(name)) for name in _texts(wanted) if name in local] or [Value()])


def _texts(value: Value) -> list[str]:
    return [str(one.value) for one in value.options if isinstance(one, LiteralOption)]


def _by_class(evaluator: Evaluator, path: str) -> dict[int, list[Pair]]:
    """The statements of a file, by the class of whose instance they change the attributes."""
    facts = evaluator.program.facts(path)
    rows: dict[int, list[Pair]] = {}
    for pair in _statements(evaluator, path, facts):
        home = _home(facts, pair[0])
        if home is not None:
            rows.setdefault(home, []).append(pair)
    return rows


def _home(facts: FileFacts, base: Located) -> int | None:
    """The class of which ``base`` is the first parameter of a method; None where it is not."""
    scope = base.scope
    while scope > 0:
        here = facts.scopes[scope]
        if facts.scopes[here.parent].kind == "class":
            first = here.parameters[0].name if here.parameters else ""
            own = isinstance(base.expression, Name) and base.expression.id == first
            return here.parent if own else None
        scope = here.parent
    return None


def _statements(evaluator: Evaluator, path: str, facts: FileFacts) -> Iterator[Pair]:
    for index in evaluator.program.calls_named_in(path, "setattr"):
        call = facts.calls[index]
        at = located.called(path, call)
        if len(call.arguments) == 3 and not any(one.stars or one.name for one in call.arguments):
            base, key, value = (at.other(one.value) for one in call.arguments)
            if _is_told(facts, key):
                yield base, key, value
    for index in evaluator.program.calls_named_in(path, "update"):
        call = facts.calls[index]
        if isinstance(call.function, Attribute):
            at = Located(path, call.scope, call.block, call.function.base)
            owner = _whose(facts, at.expression)
            yield from _updating(at, call, owner) if owner is not None else ()
    for index in evaluator.program.stores_in(path, "__dict__"):
        store = facts.stores[index]
        yield _at(path, store, store.base), None, _at(path, store, store.value)
    for index in evaluator.program.item_stores(path):
        store = facts.stores[index]
        owner = _whose(facts, store.base)
        if owner is not None and store.key is not None:
            yield _at(path, store, owner), _at(path, store, store.key), _at(path, store, store.value)


def _is_told(facts: FileFacts, key: Located) -> bool:
    """Whether the name of an attribute is one that a method is told or that it goes through in a loop. Others
    are of methods that a class gives itself; a constant is a Store."""
    scope = facts.scopes[key.scope]
    parts = key.expression.parts if isinstance(key.expression, Text) else (key.expression,)
    names = {one.id for one in parts if isinstance(one, Name)}
    told = names.intersection(one.name for one in scope.parameters)
    return bool(told) or any(_is_looped(scope, name) for name in names)


def _is_looped(scope: Scope, name: str) -> bool:
    values = [one.value for one in scope.bindings.get(name, ())]
    each = [one.base if isinstance(one, Subscript) else one for one in values]
    return bool(each) and all(isinstance(one, Element) for one in each)


def _updating(at: Located, call: Call, owner: Expression) -> Iterator[Pair]:
    """What ``owner.__dict__.update(...)`` stores: mappings, and names with their values."""
    for one in call.arguments:
        key = None if one.name is None else at.other(Constant(one.span, one.name))
        yield at.other(owner), key, at.other(one.value)


def _whose(facts: FileFacts, attributes: Expression) -> Expression | None:
    """The object whose attributes ``x.__dict__`` or ``vars(x)`` is; None for anything else."""
    if isinstance(attributes, Attribute):
        return attributes.base if attributes.name == "__dict__" else None
    if not isinstance(attributes, CallReference):
        return None
    call = facts.calls[attributes.index]
    named = isinstance(call.function, Name) and call.function.id == "vars"
    return call.arguments[0].value if named and len(call.arguments) == 1 else None


def _at(path: str, store: Store, expression: Expression) -> Located:
    return Located(path, store.scope, store.block, expression)
