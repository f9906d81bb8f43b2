"""Syntax of what is assigned to (names, attributes, items, unpacked sequences) to bindings and stores."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice

from migrate.facts.builder import Builder
from migrate.facts.expressions import Constant, Expression, Opaque, Operation, Subscript
from migrate.facts.records import Argument, Position, Store
from migrate.sources.place import Span

_MOST_NODES = 200
"""Nodes of the syntax of a target, two or three a name."""


def assign_target(
    build: Builder,
    target: ast.expr,
    value: Expression,
    at: Position | None = None,
    kind: Expression | None = None,
) -> None:
    """Gives ``target`` its ``value``, from ``at`` on, or from where the target ends; ``kind`` annotates an
    attribute."""
    if isinstance(target, (ast.Tuple, ast.List)) and _many(target):
        value = Opaque(value.span, "a value taken apart into too many names")
    _assign(build, target, value, at, kind)


def _many(target: ast.expr) -> bool:
    """Whether there are more names than each may hold the whole value."""
    return next(islice(ast.walk(target), _MOST_NODES, None), None) is not None


def _assign(
    build: Builder, target: ast.expr, value: Expression, at: Position | None, kind: Expression | None = None
) -> None:
    span = build.span(target)
    begins = at or (span.end_line, span.end_column)
    if isinstance(target, ast.Name):
        build.bind(target.id, span, value, begins)
    elif isinstance(target, ast.Attribute):
        base = build.expression(target.value)
        where = (build.scope, build.block, begins)
        build.stores.append(Store(span, base, target.attr, None, value, *where, kind))
    elif isinstance(target, ast.Subscript):
        base = build.expression(target.value)
        key = build.expression(target.slice, "key")
        build.stores.append(Store(span, base, None, key, value, build.scope, build.block, begins))
    elif isinstance(target, (ast.Tuple, ast.List)):
        for item, part in _parts(target, value):
            _assign(build, item, part, at)
    elif isinstance(target, ast.Starred):
        _assign(build, target.value, value, at)


def _parts(target: ast.Tuple | ast.List, value: Expression) -> Iterator[tuple[ast.expr, Expression]]:
    """What each item of an unpacking gets; behind a star, items are counted from the end."""
    starred = False
    for position, item in enumerate(target.elts):
        index: Expression = Constant(value.span, position - len(target.elts) * starred)
        if isinstance(item, ast.Starred):
            starred = True
            last = position + 1 - len(target.elts)
            end = Constant(value.span, last or None)
            index = Operation(value.span, ":", Constant(value.span, position), end)
        yield item, Subscript(value.span, value, index)


def store_by_name(build: Builder, span: Span, arguments: list[Argument]) -> None:
    """``setattr(base, "name", value)`` stores as ``base.name = value`` does."""
    base, name, value = (one.value for one in arguments)
    if isinstance(name, Constant) and isinstance(name.value, str):
        at = (span.end_line, span.end_column)
        build.stores.append(Store(span, base, name.value, None, value, build.scope, build.block, at))
