"""What the program keeps on objects of libraries, ``app.state.client = OpenAI()``: found again on an object
of the same library, or under an attribute of the same name.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, CallReference, Constant, Imported, dotted, last_name
from migrate.facts.records import Call, FileFacts
from migrate.program.classes.holders import Holder, is_on, own_member, symbol_of
from migrate.program.solving.combining import crossing, is_class_name, only, union, unknown
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

_BUILTINS = frozenset(vars(builtins))
_READING = ("get", "setdefault", "pop")
_WRITING = ("set", "setdefault")
_RUN = (Definition, External, Applied, Member, TextMethod)


def member(evaluator: Evaluator, holder: Holder, name: str) -> Value | None:
    """``holder.name``, where the program sets that on such an object; None where it does not."""
    stores = evaluator.program.stores_of(name)
    rows = _worth_asking(evaluator, holder, name, stores) if stores and _is_open(evaluator, holder) else ()
    if not rows:
        return None
    key = ("attached", holder, name)
    found = evaluator.guarded(key, lambda: union([*_stored(evaluator, holder, rows)]))
    if not found.options and not found.unknown:
        return None
    if not found.options or any(isinstance(one, _RUN) for one in found.options):
        # What takes the place of a function may be put back.
        return union([only(own_member(holder, name)), found])
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
    return union([found, unknown(f"an object of {symbol_of(holder)} holds it, which may set it too")])


def read_by_object(evaluator: Evaluator, owner: Made, method: str, at: Located, call: Call) -> Value | None:
    """``owner.path.get(key, default)``; None where nothing is put there."""
    path, _, name = method.rpartition(".")
    return _read(evaluator, Member(owner, path) if path else owner, name, at, call)


def read_by_function(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """The same of an object that a library has made."""
    path, _, name = symbol.rpartition(".")
    return _read(evaluator, External(path), name, at, call)


def _read(evaluator: Evaluator, holder: Holder, method: str, at: Located, call: Call) -> Value | None:
    key = call.arguments[0].value if method in _READING and call.arguments else None
    if not isinstance(key, Constant) or not isinstance(key.value, str):
        return None
    found = item(evaluator, holder, [key.value])
    if found is None:
        return None
    return union([found, *(evaluator.evaluate(at.other(one.value)) for one in call.arguments[1:2])])


def _worth_asking(
    evaluator: Evaluator, holder: Holder, name: str, rows: Sequence[Numbered]
) -> Sequence[Numbered]:
    """Those of the stores ``rows``, all under ``name``, that can put a client, of whatever vendor, or a model
    on ``holder``: the cheap question first."""
    if not rows:
        return rows
    package, facts = symbol_of(holder).partition(".")[0], evaluator.program.facts
    found = [(path, index) for path, index in rows if not _is_own(facts(path), index, package)]
    if evaluator.program.suspects.named(name):
        return found
    return [(path, index) for path, index in found if _may_matter(facts(path), index)]


def _is_own(facts: FileFacts, index: int, package: str) -> bool:
    """Whether a store puts what ``package`` makes, or a builtin, on an object of that package."""
    value = facts.stores[index].value
    if not isinstance(value, CallReference):
        return False
    first = dotted(facts.calls[value.index].function).partition(".")[0]
    bound = [one.value for scope in facts.scopes for one in scope.bindings.get(first, ())]
    if not bound:
        return first in _BUILTINS
    return any(isinstance(one, Imported) and one.module.partition(".")[0] == package for one in bound)


def _may_matter(facts: FileFacts, index: int) -> bool:
    value = facts.stores[index].value
    if isinstance(value, CallReference):
        return is_class_name(last_name(facts.calls[value.index].function))
    return isinstance(value, Constant) and isinstance(value.value, str)


def _is_open(evaluator: Evaluator, holder: Holder) -> bool:
    """Whether a program keeps things of its own on such an object: the SDK's know what they hold, those
    of shared_state.py are looked through there, Python's modules are its own,
    and of a mock nothing counts."""
    symbol = symbol_of(holder)
    known = evaluator.library.configuration
    if symbol in known.shared or symbol in known.holders or evaluator.library.is_of_sdk(symbol):
        return False
    package = symbol.partition(".")[0]
    if isinstance(holder, External):
        return package not in sys.stdlib_module_names
    return is_class_name(symbol) and package != "unittest"


def _stored(evaluator: Evaluator, holder: Holder, rows: Sequence[Numbered]) -> Iterator[Value]:
    for path, index in rows:
        store = evaluator.program.facts(path).stores[index]
        base = Located(path, store.scope, store.block, store.base)
        if is_on(evaluator, holder, base):
            yield crossing(evaluator.evaluate(base.other(store.value)), Place(path, store.span), "constant")


def _kept(evaluator: Evaluator, holder: Holder, name: str) -> Iterator[Value]:
    """What is stored under ``name`` by subscript, or by a method that says so."""
    program = evaluator.program
    for path, index in _worth_asking(evaluator, holder, name, program.stores_under(name)):
        store = program.facts(path).stores[index]
        base = Located(path, store.scope, store.block, store.base)
        if is_on(evaluator, holder, base):
            yield crossing(evaluator.evaluate(base.other(store.value)), Place(path, store.span), "constant")
    for method in _WRITING:
        for path, index in program.calls_ending(method):
            call = program.facts(path).calls[index]
            key = call.arguments[0].value if len(call.arguments) == 2 else None
            function = call.function
            if isinstance(key, Constant) and key.value == name and isinstance(function, Attribute):
                base = Located(path, call.scope, call.block, function.base)
                if is_on(evaluator, holder, base):
                    value = evaluator.evaluate(base.other(call.arguments[1].value))
                    yield crossing(value, Place(path, call.span), "argument")
