"""The dotted name that a decorator, a base class or a type has in the package it comes from.

Unlike the evaluator this follows plain assignments only, through imports between the program's files: it is
asked for things of every package, of which nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Choice,
    Expression,
    Imported,
    Name,
    Subscript,
    dotted,
)

if TYPE_CHECKING:
    from migrate.facts.records import Binding
    from migrate.program.program import Program

_FURTHEST = 6


def symbol_of(program: Program, path: str, scope: int, expression: Expression, left: int = _FURTHEST) -> str:
    """``fastapi.FastAPI.get`` for ``app.get("/")``; empty where it is of the program, or not visible."""
    if left <= 0:
        return ""
    if isinstance(expression, CallReference):
        call = program.facts(path).calls[expression.index]
        return symbol_of(program, path, call.scope, call.function, left - 1)
    if isinstance(expression, Attribute):
        return _attribute(program, path, scope, expression, left)
    if isinstance(expression, Subscript):
        return symbol_of(program, path, scope, expression.base, left - 1)
    if isinstance(expression, Choice):
        found = (symbol_of(program, path, scope, one, left - 1) for one in expression.options)
        return next(filter(None, found), "")
    if isinstance(expression, Imported):
        return _imported(program, path, expression, left)
    return _name(program, path, scope, expression.id, left) if isinstance(expression, Name) else ""


def written(program: Program, path: str, expression: Expression) -> str:
    """The dotted name as it stands there, without arguments."""
    if isinstance(expression, CallReference):
        expression = program.facts(path).calls[expression.index].function
    if isinstance(expression, Subscript):
        expression = expression.base
    return dotted(expression)


def _attribute(program: Program, path: str, scope: int, expression: Attribute, left: int) -> str:
    base = symbol_of(program, path, scope, expression.base, left - 1)
    if base:
        return f"{base}.{expression.name}"
    if dotted(expression.base) in ("self", "cls"):
        for index in program.stores_in(path, expression.name):
            store = program.facts(path).stores[index]
            found = symbol_of(program, path, store.scope, store.value, left - 1)
            if found:
                return found
    return ""


def _name(program: Program, path: str, scope: int, name: str, left: int) -> str:
    """What ``name`` is in ``scope`` or in a scope around it."""
    scopes = program.facts(path).scopes
    inner = scope
    while scope >= 0:
        found = scopes[scope].bindings.get(name)
        if found and (scopes[scope].kind != "class" or scope == inner):
            return _bound(program, path, scope, found, left)
        parameter = next((one for one in scopes[scope].parameters if one.name == name), None)
        if parameter is not None:
            known = parameter.annotation
            return symbol_of(program, path, scope, known, left - 1) if known is not None else ""
        scope = scopes[scope].parent
    return ""


def _bound(program: Program, path: str, scope: int, bindings: tuple[Binding, ...], left: int) -> str:
    for one in reversed(bindings):
        if one.value is not None:
            found = symbol_of(program, path, one.scope if one.scope >= 0 else scope, one.value, left - 1)
            if found:
                return found
    return ""


def _imported(program: Program, path: str, expression: Imported, left: int) -> str:
    if expression.level:
        _, home = program.modules.relative(expression.module, expression.level, path)
    else:
        home = program.modules.absolute(expression.module, path)
    if home is None:
        name = expression.name
        return "" if expression.level else f"{expression.module}.{name}" if name else expression.module
    if expression.name is None or program.load(home) is None:
        return ""
    return _name(program, home, 0, expression.name, left - 1)
