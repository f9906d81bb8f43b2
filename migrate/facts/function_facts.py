"""Syntax of function headers to records: parameters, annotations, lambdas."""

from __future__ import annotations

import ast

from migrate.facts.builder import Builder
from migrate.facts.expressions import Defined, Expression
from migrate.facts.naming import called_name
from migrate.facts.records import Parameter, ParameterKind


def function_expression(build: Builder, node: ast.Lambda) -> Expression:
    """A lambda: a function that returns one expression."""
    span = build.span(node)
    parameters = parameters_of(build, node.args)
    index = build.open_scope(span, "function", "<lambda>")
    with build.within(index) as opened:
        opened.parameters = parameters
        opened.returns.append((opened.block, build.expression(node.body, "return")))
    return Defined(span, index)


def parameters_of(build: Builder, node: ast.arguments) -> tuple[Parameter, ...]:
    """The parameters in order; defaults are read in the scope that surrounds the function."""
    plain = [*node.posonlyargs, *node.args]
    defaults: list[ast.expr | None] = [*[None] * (len(plain) - len(node.defaults)), *node.defaults]
    rows: list[tuple[ast.arg, ParameterKind, ast.expr | None]] = []
    for position, (one, default) in enumerate(zip(plain, defaults, strict=True)):
        rows.append((one, "positional-only" if position < len(node.posonlyargs) else "positional", default))
    if node.vararg:
        rows.append((node.vararg, "*", None))
    rows += [(one, "keyword", value) for one, value in zip(node.kwonlyargs, node.kw_defaults, strict=True)]
    if node.kwarg:
        rows.append((node.kwarg, "**", None))
    return tuple(_parameter(build, *row) for row in rows)


def _parameter(build: Builder, node: ast.arg, kind: ParameterKind, default: ast.expr | None) -> Parameter:
    value = None if default is None else build.expression(default, "default", node.arg)
    return Parameter(build.span(node), node.arg, kind, value, annotation(build, node.annotation))


def annotation(build: Builder, node: ast.expr | None) -> Expression | None:
    """An annotation, also one that is a string or holds some: ``Optional["OpenAI"]``."""
    return None if node is None else build.expression(_unquoted(node), "annotation")


def _unquoted(node: ast.expr) -> ast.expr:
    """``node`` with the types that are written as strings parsed, all of them at the string's place."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _parsed(node, node.value)
    if isinstance(node, ast.Subscript) and called_name(node.value) != "Literal":
        node.slice = _unquoted(node.slice)
    elif isinstance(node, ast.Tuple):
        node.elts = [_unquoted(one) for one in node.elts]
    elif isinstance(node, ast.BinOp):
        node.left, node.right = _unquoted(node.left), _unquoted(node.right)
    return node


def _parsed(node: ast.Constant, written: str) -> ast.expr:
    try:
        inner = ast.parse(written.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError):
        return node
    for one in ast.walk(inner):
        ast.copy_location(one, node)
    return inner
