"""Comparisons that let only some values through: for all others the program raises, or ends."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from migrate.facts.leaving import dotted_name, is_exit


def gates(node: ast.If | ast.Assert) -> Iterator[ast.Compare]:
    """The comparisons of ``node``'s test that have to hold, or one of those beside it in a chain of ``elif``
    that ends so."""
    if isinstance(node, ast.Assert):
        yield from _held(node.test, True)
        return
    if _ends(node.body):
        yield from _held(node.test, False)
    if _ends(node.orelse):
        yield from _held(node.test, True)


def _held(test: ast.expr, holds: bool) -> Iterator[ast.Compare]:
    """The comparisons that are alike wherever ``test`` holds, or does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _held(test.operand, not holds)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And if holds else ast.Or):
        for one in test.values:
            yield from _held(one, holds)
    elif isinstance(test, ast.Compare) and len(test.ops) == 1:
        alike = (ast.Eq, ast.In) if holds else (ast.NotEq, ast.NotIn)
        if isinstance(test.ops[0], alike) and dotted_name(test.left):
            yield test


def _ends(body: Sequence[ast.stmt]) -> bool:
    """Whether ``body`` raises or ends the program, or the rest of a chain of ``elif`` does."""
    if len(body) == 1 and isinstance(body[0], ast.If):
        return _ends(body[0].orelse)
    return bool(body) and (isinstance(body[-1], ast.Raise) or is_exit(body[-1]))
