"""What a name means where it stands: local bindings, parameters, enclosing scopes, imports, builtins."""

from __future__ import annotations

import builtins as python
from typing import TYPE_CHECKING

from migrate.facts.expressions import Name
from migrate.facts.records import Binding, Position, Scope
from migrate.program.classes import classes
from migrate.program.functions import functions, lookups
from migrate.program.names import hints, narrowing
from migrate.program.names.flow import END
from migrate.program.solving.combining import NOTHING, crossing, only, union, unknown
from migrate.program.solving.values import External, FileOption, Located, ModuleOption, Role, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def named(evaluator: Evaluator, at: Located, name: str) -> Value:
    """Everything ``name`` can be at ``at``."""
    span = at.expression.span
    position: Position = (span.line, span.column)
    scope, block = at.scope, at.block
    found: list[Value] = []
    while scope >= 0:
        here = evaluator.program.scope(at.path, scope)
        whole = _in_scope(evaluator, at.path, scope, (block, position), name, found)
        if scope != at.scope:
            found = [narrowing.of_outer(evaluator, at, name, one) for one in found]
        if whole or (found and here.kind == "module"):
            return union(found)
        scope, block, position = _outer(evaluator, at.path, here), -2, END
    found.append(_beyond(evaluator, at.path, name))
    return union(found)


def _outer(evaluator: Evaluator, path: str, here: Scope) -> int:
    """The next scope that a name is looked up in: classes are not seen from their methods."""
    outer = here.parent
    while outer > 0 and evaluator.program.scope(path, outer).kind == "class":
        outer = evaluator.program.scope(path, outer).parent
    return outer


def _in_scope(
    evaluator: Evaluator, path: str, scope: int, at: tuple[int, Position], name: str, found: list[Value]
) -> bool:
    """Adds what ``scope`` binds ``name`` to; returns whether outer scopes are out of the question."""
    here = evaluator.program.scope(path, scope)
    block, position = at
    bindings = here.bindings.get(name, ())
    parameter = next((one for one in here.parameters if one.name == name), None)
    if not bindings and parameter is None:
        return False
    own = here.block if block == -2 else block
    reaching, whole = evaluator.program.flow(path).reaching(bindings, scope, own, position)
    told = narrowing.Told(evaluator, (path, scope, own), position, name, reaching)
    before = len(found)
    found += [
        told.left_of(bound(evaluator, path, here, one), one) for one in reaching if one.value is not None
    ]
    if len(found) == before:
        found += _declared(evaluator, path, scope, bindings)
    if not whole and parameter is not None:
        asked = lookups.given(evaluator, path, scope, parameter)
        found.append(told.left_of(asked or functions.parameter(evaluator, path, scope, parameter)))
    local = here.kind == "function" and any(one.scope == scope for one in bindings)
    return whole or parameter is not None or (local and bool(found))


def only_binding(evaluator: Evaluator, at: Located) -> Located | None:
    """The one expression that a local name is bound to where it stands; None where there are several."""
    if not isinstance(at.expression, Name):
        return None
    bindings = evaluator.program.scope(at.path, at.scope).bindings.get(at.expression.id, ())
    span = at.expression.span
    position = (span.line, span.column)
    reaching, _ = evaluator.program.flow(at.path).reaching(bindings, at.scope, at.block, position)
    if len(reaching) != 1 or reaching[0].value is None:
        return None
    return Located(at.path, reaching[0].scope, reaching[0].block, reaching[0].value)


def _declared(evaluator: Evaluator, path: str, scope: int, bindings: tuple[Binding, ...]) -> list[Value]:
    """What the annotations of a name that nothing visible sets promise."""
    notes = [one.annotation for one in bindings if one.value is None and one.annotation is not None]
    promised = [hints.of_scope(evaluator, path, scope, note) for note in notes]
    return [value for value in promised if value.options]


def bound(evaluator: Evaluator, path: str, scope: Scope, binding: Binding) -> Value:
    """What one binding gives its name; literals get their role here."""
    assert binding.value is not None
    at = Located(path, binding.scope, binding.block, binding.value)
    return crossing(evaluator.evaluate(at), Place(path, binding.span), role_in(scope))


def role_in(scope: Scope) -> Role:
    if scope.kind != "class":
        return "constant"
    return "enum-member" if classes.base_names(scope) & classes.ENUM_BASES else "class-attribute"


def module_member(evaluator: Evaluator, path: str, name: str) -> Value | None:
    """Attribute ``name`` of the module in file ``path``; None where it has none."""
    facts = evaluator.program.load(path)
    if facts is None:
        return unknown(f"{path} cannot be read")
    found: list[Value] = []
    _in_scope(evaluator, path, 0, (-2, END), name, found)
    if found:
        return union(found)
    submodule = evaluator.program.modules.submodule(path, name) if path.endswith("__init__.py") else None
    if submodule is not None:
        return only(ModuleOption(name, submodule))
    return _from_stars(evaluator, path, name)


def _from_stars(evaluator: Evaluator, path: str, name: str) -> Value | None:
    """A name that only ``from module import *`` can have brought."""
    for module, level in reversed(evaluator.program.facts(path).star_imports):
        source = evaluator.program.modules.named(module, level, path)
        if source is None:
            symbol = evaluator.library.canonical(f"{module}.{name}")
            if evaluator.library.is_class(symbol):
                return only(External(symbol))
        elif _exported(evaluator, source, name):
            value = _member_through(evaluator, path, source, name)
            if value.options or value.unknown:
                return value
    return None


def _member_through(evaluator: Evaluator, path: str, source: str, name: str) -> Value:
    """What ``from source import *`` in ``path`` brings; modules that import each other end here."""
    key = ("star", path, source, name)
    return evaluator.guarded(key, lambda: module_member(evaluator, source, name) or NOTHING)


def _exported(evaluator: Evaluator, path: str, name: str) -> bool:
    facts = evaluator.program.load(path)
    if facts is None or facts.exports is None:
        return not name.startswith("_")
    return name in facts.exports


def _beyond(evaluator: Evaluator, path: str, name: str) -> Value:
    """A name that no scope of the file binds."""
    starred = _from_stars(evaluator, path, name)
    if starred is not None:
        return starred
    if name == "__file__":
        return only(FileOption(path, True))
    if hasattr(python, name):
        return only(External(f"builtins.{name}"))
    return unknown(f"{name} is not defined in {path}")
