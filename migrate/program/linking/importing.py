"""Modules by a name that is computed or a constant: ``importlib.import_module``, ``__import__``; and what
code elsewhere assigns to a module's attributes.
"""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING

from migrate.facts.expressions import Constant, Imported, Name
from migrate.facts.records import Call
from migrate.program.solving.combining import crossing, union, unknown
from migrate.program.solving.values import LiteralOption, Located, ModuleOption, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_IMPORTS = frozenset({"importlib.import_module", "builtins.__import__"})


def result(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """The module that a call imports; None for any other function."""
    if symbol not in _IMPORTS or not call.arguments:
        return None
    value = evaluator.evaluate(at.other(call.arguments[0].value))
    titles = [one.value for one in value.options if isinstance(one, LiteralOption)]
    found = [_module(evaluator, symbol, at, call, one) for one in titles if isinstance(one, str)]
    doubts = [unknown("it is imported under a name that is computed")] if value.unknown or not found else []
    return union([*found, *doubts])


def _module(evaluator: Evaluator, symbol: str, at: Located, call: Call, title: str) -> Value:
    level = len(title) - len(title.lstrip("."))
    if level and not _in_own_package(evaluator, at, call):
        return unknown("it is imported from a package that is not followed")
    module = title.lstrip(".")
    span = at.expression.span
    parent, _, last = module.rpartition(".")
    node = Imported(span, parent, last, level) if level else Imported(span, module, None, 0)
    if symbol == "builtins.__import__":
        node = Imported(span, module.partition(".")[0], None, 0)
    return evaluator.evaluate(at.other(evaluator.made_up(("import", at, title), lambda: node)))


def _in_own_package(evaluator: Evaluator, at: Located, call: Call) -> bool:
    """Whether a relative import starts at the package that the file stands in."""
    package = call.arguments[1].value if len(call.arguments) > 1 else None
    if isinstance(package, Name):
        return package.id == "__package__"
    if not isinstance(package, Constant) or not isinstance(package.value, str):
        return False
    target = evaluator.program.modules.absolute(package.value, at.path)
    return target is not None and dirname(target) == dirname(at.path)


def assigned(evaluator: Evaluator, module: str, name: str) -> list[Value]:
    """What ``module.name = value`` in loaded files assigns, ``module`` being the file of a module."""
    found = []
    for path, index in evaluator.program.stores_of(name):
        store = evaluator.program.facts(path).stores[index]
        if not isinstance(store.base, Name) or store.base.id in ("self", "cls"):
            continue
        at = Located(path, store.scope, store.block, store.base)
        modules = (one for one in evaluator.evaluate(at).options if isinstance(one, ModuleOption))
        if any(one.path == module for one in modules):
            value = evaluator.evaluate(at.other(store.value))
            found.append(crossing(value, Place(path, store.span), "constant"))
    return found
