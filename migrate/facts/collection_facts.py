"""Syntax of displays, comprehensions and f-strings to records, and of the targets that unpack them."""

from __future__ import annotations

import ast

from migrate.facts.builder import Builder
from migrate.facts.expressions import (
    Constant,
    Element,
    Expression,
    Mapping,
    Repeated,
    Sequence,
    Subscript,
    Text,
)
from migrate.facts.records import Position


def mapping(build: Builder, node: ast.Dict) -> Expression:
    """A dict display."""
    entries = []
    for key, value in zip(node.keys, node.values, strict=True):
        said = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
        known = None if key is None else build.expression(key, "key")
        entries.append((known, build.expression(value, "value", said)))
    return Mapping(build.span(node), tuple(entries))


def sequence(build: Builder, node: ast.List | ast.Tuple | ast.Set) -> Expression:
    """A list, tuple or set display."""
    return Sequence(build.span(node), tuple(build.expression(one, "item") for one in node.elts))


def text(build: Builder, node: ast.JoinedStr) -> Expression:
    """An f-string."""
    outer, span = build.f_string, build.span(node)
    build.f_string = span
    parts: list[Expression] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            parts.append(build.expression(part.value))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            parts.append(Constant(span, part.value))
            build.mention(span, part.value, "text", "")
    build.f_string = outer
    return Text(span, tuple(parts))


def comprehension(
    build: Builder, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> Expression:
    """A comprehension. Its names live on in the scope around it, as those of a loop do: that widens
    what a name can be and never narrows it."""
    span = build.span(node)
    start = (span.line, span.column)
    first = build.expression(node.generators[0].iter)
    with build.arm(build.open_group("loop", start, False)):
        for loop in node.generators:
            iterated = first if loop is node.generators[0] else build.expression(loop.iter)
            bind_target(build, loop.target, Element(iterated.span, iterated), start)
            for condition in loop.ifs:
                build.expression(condition)
        if isinstance(node, ast.DictComp):
            key = build.expression(node.key, "key")
            return Mapping(span, ((key, build.expression(node.value, "value")),))
        return Repeated(span, build.expression(node.elt, "item"))


def bind_target(build: Builder, target: ast.expr, value: Expression, at: Position | None = None) -> None:
    """Binds a loop, ``with`` or comprehension target, unpacking tuples; from ``at`` on, or from its end."""
    span = build.span(target)
    if isinstance(target, ast.Name):
        build.bind(target.id, span, value, at or (span.end_line, span.end_column))
    elif isinstance(target, (ast.Tuple, ast.List)):
        for position, item in enumerate(target.elts):
            inner = item.value if isinstance(item, ast.Starred) else item
            bind_target(build, inner, Subscript(span, value, Constant(span, position)), at)
    else:
        build.expression(target)
