"""Syntax of operators and comparisons to expressions and lookups."""

from __future__ import annotations

import ast

from migrate.facts.builder import Builder
from migrate.facts.expressions import Constant, Expression, Name, Opaque, Operation
from migrate.facts.records import Lookup

_OPERATORS = {ast.Add: "+", ast.Mod: "%", ast.BitOr: "|", ast.Div: "/"}


def operation(build: Builder, node: ast.BinOp) -> Expression:
    """``left + right``."""
    operator = _OPERATORS.get(type(node.op))
    left, right = build.expression(node.left), build.expression(node.right)
    if operator is None:
        return build.opaque(node, "a computed value")
    return Operation(build.span(node), operator, left, right)


def unary(build: Builder, node: ast.UnaryOp) -> Expression:
    """``-1`` is a number; anything else is computed."""
    inner = build.expression(node.operand)
    if (
        isinstance(node.op, ast.USub)
        and isinstance(inner, Constant)
        and isinstance(inner.value, (int, float))
    ):
        return Constant(build.span(node), -inner.value)
    return build.opaque(node, "a computed value")


def compare(build: Builder, node: ast.Compare) -> Expression:
    """``left == right``: what is compared with a text is kept as a lookup, once for each item of a list. A
    left side that is no name is told with the first of them: it may be as long as the list."""
    subject = ast.unparse(node.left) if isinstance(node.left, (ast.Name, ast.Attribute)) else ""
    left = build.expression(node.left, "comparison")
    span = build.span(node)
    for operator, one in zip(node.ops, node.comparators, strict=True):
        items = one.elts if isinstance(one, (ast.List, ast.Tuple, ast.Set)) else [one]
        for item in items:
            value = build.expression(item, "comparison", subject)
            # The order of ids says nothing, and no text is equal to a number or None.
            if not isinstance(operator, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) and _may_be_text(left, value):
                gate = node in build.gates
                build.lookups.append(Lookup(span, "comparison", left, value, build.scope, build.block, gate))
                if not isinstance(left, Name):
                    left = Opaque(left.span, "told with an item before")
    return build.opaque(node, "a comparison")


def _may_be_text(*sides: Expression) -> bool:
    return not any(isinstance(one, Constant) and not isinstance(one.value, str) for one in sides)
