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
    Defined,
    Expression,
    Imported,
    Name,
    Subscript,
    dotted,
)

if TYPE_CHECKING:
    from migrate.facts.records import Binding
    from migrate.program.linking.program import Program

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


def definition_of(
    program: Program, path: str, scope: int, expression: Expression, left: int = _FURTHEST
) -> tuple[str, int] | None:
    """(path, scope) of the function or class of the program that a plain name leads to."""
    if isinstance(expression, Defined):
        return path, expression.scope
    if left <= 0 or not isinstance(expression, (Name, Attribute, Imported)):
        return None
    if isinstance(expression, Name):
        while scope >= 0:
            found = program.scope(path, scope).bindings.get(expression.id)
            if found:
                value = found[-1].value
                return None if value is None else definition_of(program, path, scope, value, left - 1)
            scope = program.scope(path, scope).parent
        return None
    if isinstance(expression, Attribute):
        home, name = _module(program, path, scope, expression.base), expression.name
    else:
        home, name = _home(program, path, expression), expression.name or ""
    if home is None or program.load(home) is None:
        return None
    return definition_of(program, home, 0, Name(expression.span, name), left - 1)


def _module(program: Program, path: str, scope: int, base: Expression) -> str | None:
    """The file of the module that a name stands for."""
    while isinstance(base, Name) and scope >= 0:
        found = program.scope(path, scope).bindings.get(base.id)
        if found:
            value = found[-1].value
            if not isinstance(value, Imported):
                return None
            if value.name is None:
                return _home(program, path, value)
            return _home(
                program, path, Imported(value.span, f"{value.module}.{value.name}", None, value.level)
            )
        scope = program.scope(path, scope).parent
    return None


def _home(program: Program, path: str, imported: Imported) -> str | None:
    """The file of the program that an import reads; None for a package outside."""
    return program.modules.named(imported.module, imported.level, path)


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
    home = _home(program, path, expression)
    if home is None:
        name = expression.name
        return "" if expression.level else f"{expression.module}.{name}" if name else expression.module
    if expression.name is None or program.load(home) is None:
        return ""
    return _name(program, home, 0, expression.name, left - 1)
