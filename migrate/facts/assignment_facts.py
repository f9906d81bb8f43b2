"""Syntax of assignments and deletions to bindings and stores."""

from __future__ import annotations

import ast
from typing import Any

from migrate.facts.builder import Builder
from migrate.facts.expressions import (
    Attribute,
    Choice,
    Expression,
    Name,
    Opaque,
    Operation,
    Subscript,
)
from migrate.facts.function_facts import annotation
from migrate.facts.naming import called_name
from migrate.facts.records import Position, Store
from migrate.facts.target_facts import assign_target
from migrate.sources.place import Span

_MOST_TARGETS = 16
_AUGMENTED = {ast.Add: "+", ast.BitOr: "|", ast.Mod: "%"}


def end_of(span: Span) -> Position:
    return (span.end_line, span.end_column)


def assign(build: Builder, node: ast.Assign) -> None:
    """``a = b = value``."""
    first = node.targets[0]
    value = build.expression(node.value, *_context(first))
    for number, target in enumerate(node.targets):
        told = value if number < _MOST_TARGETS else Opaque(value.span, "a value with too many names at once")
        assign_target(build, target, told, end_of(build.span(node)))
    if isinstance(first, ast.Name) and first.id == "__all__":
        export(build, node.value)


def _context(target: ast.expr) -> tuple[str, str]:
    """``base["key"] = value`` is an entry of a dict as much as ``{"key": value}`` is."""
    if isinstance(target, ast.Subscript):
        key = target.slice
        return "value", key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
    return "assignment", called_name(target)


def export(build: Builder, node: ast.expr, more: bool = False) -> None:
    """``__all__ = node``, or ``more`` of it; what cannot be read makes every public name exported."""
    if more and build.exports is None:
        return
    if isinstance(node, (ast.List, ast.Tuple)):
        named = [item.value for item in node.elts if isinstance(item, ast.Constant)]
        if not more or build.exports is None:
            build.exports = []
        build.exports += [name for name in named if isinstance(name, str)]
    else:
        build.exports = None


def annotated_assign(build: Builder, node: ast.AnnAssign) -> None:
    """``a: T = value`` and the declaration ``a: T``."""
    kind = annotation(build, node.annotation)
    value = None
    if node.value is not None:
        value = build.expression(node.value, "assignment", called_name(node.target))
    at = end_of(build.span(node))
    if isinstance(node.target, ast.Name):
        build.bind(node.target.id, build.span(node.target), value, at, kind)
    elif value is not None:
        assign_target(build, node.target, value, at, kind)


def augmented_assign(build: Builder, node: ast.AugAssign) -> None:
    """``a += value``."""
    value = build.expression(node.value, "assignment", called_name(node.target))
    span = build.span(node)
    known = _AUGMENTED.get(type(node.op))
    result: Expression = Opaque(span, "a computed value")
    if not isinstance(node.target, ast.Name):
        before = build.expression(node.target)
        _store_into(build, before, Operation(span, known, before, value) if known else result, end_of(span))
        return
    if node.target.id == "__all__":
        export(build, node.value, more=True)
    target = build.span(node.target)
    if known:
        result = Operation(span, known, Name(target, node.target.id), value)
    build.bind(node.target.id, target, result, end_of(span))


def _store_into(build: Builder, target: Expression, value: Expression, at: Position) -> None:
    """Records a store into a target that has been read as an expression already."""
    if isinstance(target, (Attribute, Subscript)):
        name = target.name if isinstance(target, Attribute) else None
        key = target.index if isinstance(target, Subscript) else None
        store = Store(target.span, target.base, name, key, value, build.scope, build.block, at)
        build.stores.append(store)


def delete(build: Builder, node: ast.Delete) -> None:
    """``del name`` and ``del mapping[key]``: from here on it is nothing."""
    for target in node.targets:
        span = build.span(target)
        if isinstance(target, ast.Name):
            build.bind(target.id, span, Choice(span, "if", ()), end_of(span))
            continue
        removed = build.expression(target)
        if isinstance(removed, Subscript):
            _store_into(build, removed, Choice(span, "if", ()), end_of(build.span(node)))


def type_alias(build: Builder, node: Any) -> None:
    """``type Name = value`` of Python 3.12."""
    value = annotation(build, node.value)
    build.bind(node.name.id, build.span(node.name), value, end_of(build.span(node)))
