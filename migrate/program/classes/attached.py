"""What the program keeps on objects of libraries, ``app.state.client = OpenAI()``: found again on an object
of the same library, or under an attribute of the same name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from migrate.facts.expressions import Attribute, Constant, dotted
from migrate.facts.records import Call, Scope
from migrate.program.classes import classes
from migrate.program.functions.arguments import texts
from migrate.program.solving.combining import crossing, only, union, unknown
from migrate.program.solving.values import (
    Applied,
    Definition,
    External,
    Instance,
    Located,
    Made,
    Member,
    Option,
    TextMethod,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.linking.indexes import Numbered
    from migrate.program.solving.evaluate import Evaluator

Holder: TypeAlias = External | Made | Member

_READING = ("get", "setdefault", "pop")
_WRITING = ("set", "setdefault")
_RUN = (Definition, External, Applied, Member, TextMethod)


def member(evaluator: Evaluator, holder: Holder, name: str) -> Value | None:
    """``holder.name``, where the program sets that on such an object; None where it does not."""
    rows = evaluator.program.stores_of(name)
    if not rows or not _is_open(evaluator, holder):
        return None
    key = ("attached", holder, name)
    found = evaluator.guarded(key, lambda: union([*_stored(evaluator, holder, rows)]))
    if not found.options and not found.unknown:
        return None
    if not found.options or any(isinstance(one, _RUN) for one in found.options):
        # What takes the place of a function may be put back.
        return union([only(_own(holder, name)), found])
    return _doubted(found, holder)


def item(evaluator: Evaluator, holder: Option, names: list[str]) -> Value | None:
    """``holder[name]``, where the program puts something there; None where it does not."""
    if not isinstance(holder, (External, Made, Member)) or not _is_open(evaluator, holder):
        return None
    found = [
        evaluator.guarded(("kept", holder, name), lambda: union([*_kept(evaluator, holder, name)]))  # noqa: B023
        for name in names
    ]
    return _doubted(union(found), holder) if any(one.options for one in found) else None


def _doubted(found: Value, holder: Holder) -> Value:
    """A library can set a value from elsewhere (a file, the environment), but makes no client."""
    if any(isinstance(one, (Made, Instance)) for one in found.options):
        return found
    return union([found, unknown(f"an object of {_symbol(holder)} holds it, which may set it too")])


def read_by_object(evaluator: Evaluator, owner: Made, method: str, at: Located, call: Call) -> Value | None:
    """``owner.path.get(key, default)``; None where nothing is put there."""
    path, _, name = method.rpartition(".")
    return _read(evaluator, Member(owner, path) if path else owner, name, at, call)


def read_by_function(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """The same of an object that a library has made."""
    path, _, name = symbol.rpartition(".")
    return _read(evaluator, External(path), name, at, call)


def _read(evaluator: Evaluator, holder: Holder, method: str, at: Located, call: Call) -> Value | None:
    if method not in _READING or not call.arguments or call.arguments[0].stars:
        return None
    names = texts(evaluator.evaluate(at.other(call.arguments[0].value)))
    found = item(evaluator, holder, names)
    if found is None:
        return None
    return union([found, *(evaluator.evaluate(at.other(one.value)) for one in call.arguments[1:2])])


def _is_open(evaluator: Evaluator, holder: Holder) -> bool:
    """Whether a program keeps things of its own on such an object: the SDK's know what they hold, those
    of shared_state.py are looked through there, and of a mock nothing counts."""
    symbol = _symbol(holder)
    known = evaluator.library.configuration
    if symbol in known.shared or symbol in known.holders:
        return False
    return not (evaluator.library.is_of_sdk(symbol) or symbol.partition(".")[0] == "unittest")


def _stored(evaluator: Evaluator, holder: Holder, rows: Sequence[Numbered]) -> Iterator[Value]:
    for path, index in rows:
        store = evaluator.program.facts(path).stores[index]
        base = Located(path, store.scope, store.block, store.base)
        if _is_on(evaluator, holder, base):
            yield crossing(evaluator.evaluate(base.other(store.value)), Place(path, store.span), "constant")


def _kept(evaluator: Evaluator, holder: Holder, name: str) -> Iterator[Value]:
    """What is stored under ``name`` by subscript, or by a method that says so."""
    program = evaluator.program
    for path, index in program.stores_under(name):
        store = program.facts(path).stores[index]
        base = Located(path, store.scope, store.block, store.base)
        if _is_on(evaluator, holder, base):
            yield crossing(evaluator.evaluate(base.other(store.value)), Place(path, store.span), "constant")
    for method in _WRITING:
        for path, index in program.calls_ending(method):
            call = program.facts(path).calls[index]
            key = call.arguments[0].value if len(call.arguments) == 2 else None
            function = call.function
            if isinstance(key, Constant) and key.value == name and isinstance(function, Attribute):
                base = Located(path, call.scope, call.block, function.base)
                if _is_on(evaluator, holder, base):
                    value = evaluator.evaluate(base.other(call.arguments[1].value))
                    yield crossing(value, Place(path, call.span), "argument")


def _is_on(evaluator: Evaluator, holder: Holder, base: Located) -> bool:
    """Whether ``base``, on which something is set, can be ``holder``: the cheap question first."""
    program = evaluator.program
    if _symbol(holder).partition(".")[0] not in program.packages[base.path]:
        words = dotted(base.expression).split(".")
        scope = program.scope(base.path, base.scope)
        inner = base.scope > 0 and (words[0] in scope.bindings or words[0] in _names(scope))
        of_module = not inner and words[0] in program.scope(base.path, 0).bindings
        if not of_module and words[-1] != _step(holder):
            return False
    return any(_is_alike(evaluator, holder, one) for one in evaluator.evaluate(base).options)


def _names(scope: Scope) -> set[str]:
    return {one.name for one in scope.parameters}


def _is_alike(evaluator: Evaluator, reading: Holder, writing: Option) -> bool:
    """Whether what is set on ``writing`` can be what is there on ``reading``."""
    if isinstance(writing, Instance):
        bases = classes.external_bases(evaluator, Definition(writing.path, writing.scope))
        return any(_is_alike(evaluator, reading, Made(one, None)) for one in bases)
    if not isinstance(writing, (External, Made, Member)):
        return False
    if writing == reading:
        return True
    packages = {_symbol(one).partition(".")[0] for one in (reading, writing)}
    if packages & sys.stdlib_module_names:
        return False  # each ``SimpleNamespace`` holds what is its own
    step = _step(reading)
    return len(packages) == 1 or (bool(step) and step == _step(writing))


def _symbol(holder: Holder) -> str:
    if isinstance(holder, Member):
        return holder.owner.symbol
    return holder.symbol


def _step(holder: Holder) -> str:
    """The attribute that the object was itself read from: ``state`` of ``app.state``."""
    if isinstance(holder, Made):
        return ""
    path = holder.path if isinstance(holder, Member) else holder.symbol.partition(".")[2]
    return path.rpartition(".")[2]


def _own(holder: Holder, name: str) -> Option:
    if isinstance(holder, External):
        return External(f"{holder.symbol}.{name}")
    return Member(holder, name) if isinstance(holder, Made) else Member(holder.owner, f"{holder.path}.{name}")
