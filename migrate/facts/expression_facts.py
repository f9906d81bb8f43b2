"""Syntax of expressions to the records of expressions.py. Calls, walrus names and mentions are
recorded on the way; what the language of expressions cannot say becomes Opaque, its inside walked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from migrate.facts import collection_facts, function_facts, operator_facts
from migrate.facts.builder import Builder
from migrate.facts.expressions import (
    ELLIPSIS,
    Attribute,
    CallReference,
    Choice,
    Constant,
    Element,
    Expression,
    Name,
    Opaque,
    Subscript,
)
from migrate.facts.guard_facts import narrowed, of_test
from migrate.facts.holder_facts import holder_of
from migrate.facts.naming import called_name, is_fallback
from migrate.facts.records import Argument, Call, Holder, Lookup
from migrate.facts.target_facts import store_by_name

_DEEPEST = 16


def expression(build: Builder, node: ast.expr, context: str, detail: str) -> Expression:
    """The record of ``node``; ``context`` and ``detail`` describe the syntax around it (see Mention)."""
    if isinstance(node, ast.Constant):
        return _constant(build, node, context, detail)
    if isinstance(node, (ast.IfExp, ast.BoolOp)):
        return _choice(build, node, context, detail)
    if isinstance(node, (ast.NamedExpr, ast.Await, ast.Starred)):
        return _seen_through(build, node, context, detail)
    extract = _EXTRACT.get(type(node))
    if extract is not None:
        return _held(build, node, extract, holder_of(build, node, context, detail))
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            build.expression(child)
    return build.opaque(node, "an expression that is not followed")


def _held(
    build: Builder,
    node: ast.expr,
    extract: Callable[[Builder, Any], Expression],
    holder: Callable[[int], Holder] | None,
) -> Expression:
    if holder is None:
        return extract(build, node)
    build.enter(holder)
    found = extract(build, node)
    build.leave()
    return found


def _constant(build: Builder, node: ast.Constant, context: str, detail: str) -> Expression:
    value = node.value
    span = build.span(node)
    if isinstance(value, str):
        build.mention(span, value, context, detail)
        return Constant(span, value)
    if value is None or isinstance(value, (bool, int, float)):
        return Constant(span, value) if _fits(value) else Opaque(span, "a huge number")
    return Opaque(span, ELLIPSIS if value is Ellipsis else "a constant that is not text or a number")


def _fits(value: int | float | None) -> bool:
    """Whether the number survives serialisation."""
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def _choice(build: Builder, node: ast.IfExp | ast.BoolOp, context: str, detail: str) -> Expression:
    if isinstance(node, ast.BoolOp):
        operator = "or" if isinstance(node.op, ast.Or) else "and"
        found = [build.expression(one, context, detail) for one in node.values]
        return Choice(build.span(node), operator, tuple(found))
    build.expression(node.test)
    options = [build.expression(one, context, detail) for one in (node.body, node.orelse)]
    if is_fallback(node.test, node.body):
        return Choice(build.span(node), "or", tuple(options))
    if is_fallback(ast.UnaryOp(ast.Not(), node.test), node.orelse):
        return Choice(build.span(node), "or", tuple(reversed(options)))
    known = zip(options, of_test(build, node.test), strict=True)
    return Choice(build.span(node), "if", tuple(narrowed(one, guards) for one, guards in known))


def _seen_through(
    build: Builder, node: ast.NamedExpr | ast.Await | ast.Starred, context: str, detail: str
) -> Expression:
    if isinstance(node, ast.NamedExpr):
        value = build.expression(node.value, "assignment", node.target.id)
        span = build.span(node.target)
        build.bind(node.target.id, span, value, (span.end_line, span.end_column))
        return value
    if isinstance(node, ast.Await):
        build.awaited = node.value
    return build.expression(node.value, context, detail)


def _name(build: Builder, node: ast.Name) -> Expression:
    return Name(build.span(node), node.id)


def _attribute(build: Builder, node: ast.Attribute) -> Expression:
    return Attribute(build.span(node), build.expression(node.value), node.attr)


def _subscript(build: Builder, node: ast.Subscript) -> Expression:
    base = build.expression(node.value)
    index = build.expression(node.slice, "subscript", called_name(node.value))
    span = build.span(node)
    subject = (
        base if _depth(base) < _DEEPEST else Opaque(base.span, "items of items, too deep to be followed")
    )
    build.lookups.append(Lookup(span, "subscript", subject, index, build.scope, build.block))
    return Subscript(span, base, index)


def _depth(base: Expression) -> int:
    """How many items of items ``base`` is: each of them is on record with all of its own."""
    depth = 0
    while isinstance(base, Subscript) and depth < _DEEPEST:
        base, depth = base.base, depth + 1
    return depth


def _call(build: Builder, node: ast.Call) -> Expression:
    awaited = build.awaited is node
    name = called_name(node.func)
    function = build.expression(node.func)
    arguments = [_positional(build, one, name, position) for position, one in enumerate(node.args)]
    arguments += [_keyword(build, one, name) for one in node.keywords]
    span = build.span(node)
    if name == "setattr" and len(arguments) == 3:
        store_by_name(build, span, arguments)
    build.calls.append(Call(span, function, tuple(arguments), build.scope, build.block, awaited))
    return CallReference(span, len(build.calls) - 1)


def _positional(build: Builder, node: ast.expr, called: str, position: int) -> Argument:
    if called == "cast" and not position:
        kind = function_facts.annotation(build, node)
        return Argument(build.span(node), None, 0, kind or build.opaque(node, "a type"))
    stars = int(isinstance(node, ast.Starred))
    detail = f"{called}.{position}" if position else called
    return Argument(build.span(node), None, stars, build.expression(node, "argument", detail))


def _keyword(build: Builder, node: ast.keyword, called: str) -> Argument:
    detail = f"{called}.{node.arg}" if node.arg else called
    value = build.expression(node.value, "argument", detail)
    return Argument(build.span(node), node.arg, 0 if node.arg else 2, value)


def _yield(build: Builder, node: ast.Yield | ast.YieldFrom) -> Expression:
    if node.value is not None:
        value = build.expression(node.value)
        whole = isinstance(node, ast.YieldFrom)
        build.scopes[build.scope].yields.append((build.block, Element(value.span, value) if whole else value))
    return build.opaque(node, "a value sent to a generator")


_EXTRACT: dict[type[ast.expr], Callable[[Builder, Any], Expression]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Call: _call,
    ast.Dict: collection_facts.mapping,
    ast.List: collection_facts.sequence,
    ast.Tuple: collection_facts.sequence,
    ast.Set: collection_facts.sequence,
    ast.JoinedStr: collection_facts.text,
    ast.BinOp: operator_facts.operation,
    ast.Compare: operator_facts.compare,
    ast.UnaryOp: operator_facts.unary,
    ast.ListComp: collection_facts.comprehension,
    ast.SetComp: collection_facts.comprehension,
    ast.GeneratorExp: collection_facts.comprehension,
    ast.DictComp: collection_facts.comprehension,
    ast.Lambda: function_facts.function_expression,
    ast.Slice: collection_facts.slice_of,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
}
