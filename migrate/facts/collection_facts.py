"""Syntax of displays, comprehensions and f-strings to records."""

from __future__ import annotations

import ast
from functools import partial, reduce

from migrate.facts.builder import Builder
from migrate.facts.expressions import (
    Constant,
    Element,
    Expression,
    Mapping,
    Opaque,
    Operation,
    Repeated,
    Sequence,
    Text,
)
from migrate.facts.target_facts import assign_target


def mapping(build: Builder, node: ast.Dict) -> Expression:
    """A dict display."""
    entries = []
    for key, value in zip(node.keys, node.values, strict=True):
        said = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
        known = None if key is None else build.expression(key, "key")
        entries.append((known, build.expression(value, "value", said)))
    return Mapping(build.span(node), tuple(entries))


def sequence(build: Builder, node: ast.List | ast.Tuple | ast.Set) -> Expression:
    """A list, tuple or set display; ``[a, *b]`` is ``[a] + b``."""
    span = build.span(node)
    rows: list[Expression] = []
    plain: list[Expression] = []
    for one in node.elts:
        item = build.expression(one, "item")
        if not isinstance(one, ast.Starred):
            plain.append(item)
            continue
        rows += [Sequence(span, tuple(plain)), item] if plain else [item]
        plain = []
    rows += [Sequence(span, tuple(plain))] if plain or len(rows) < 2 else []
    return reduce(partial(Operation, span, "+"), rows)


def text(build: Builder, node: ast.JoinedStr) -> Expression:
    """An f-string."""
    outer, span = build.f_string, build.span(node)
    build.f_string = span
    parts: list[Expression] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            inner = build.expression(part.value)
            parts.append(
                inner if _is_plain(part) else Opaque(span, "formatted in a way that is not followed")
            )
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            parts.append(Constant(span, part.value))
            build.mention(span, part.value, "text", "")
    build.f_string = outer
    return Text(span, tuple(parts))


def _is_plain(part: ast.FormattedValue) -> bool:
    """Whether a placeholder gives ``str`` of its value: no ``!r``, and no format but ``:s`` and ``:d``."""
    spec = part.format_spec
    plain = spec is None or ast.unparse(spec) in ("f's'", "f'd'", "f''")
    return plain and part.conversion in (-1, ord("s"))


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
            assign_target(build, loop.target, Element(iterated.span, iterated), start)
            for condition in loop.ifs:
                build.expression(condition)
        if isinstance(node, ast.DictComp):
            key = build.expression(node.key, "key")
            return Mapping(span, ((key, build.expression(node.value, "value")),))
        return Repeated(span, build.expression(node.elt, "item"))


def slice_of(build: Builder, node: ast.Slice) -> Expression:
    """``a:b`` of a subscript."""
    span = build.span(node)
    ends = (node.lower, node.upper)
    first, last = (Constant(span, None) if one is None else build.expression(one) for one in ends)
    if node.step is not None:
        build.expression(node.step)
        return build.opaque(node, "a slice with steps")
    return Operation(span, ":", first, last)
