"""Questions about syntax that several readers ask. Records nothing."""

from __future__ import annotations

import ast

_COMPARABLE = (ast.Name, ast.Attribute, ast.Subscript)


def called_name(node: ast.expr) -> str:
    """The last name of a dotted expression: ``startswith`` of ``model.startswith``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_fallback(test: ast.expr, chosen: ast.expr) -> bool:
    """Whether ``chosen if test else other`` means ``chosen or other``: the test asks for it to be there."""
    if not isinstance(chosen, _COMPARABLE):
        return False
    subject, there = _asked_for(test)
    return there and isinstance(subject, _COMPARABLE) and ast.dump(subject) == ast.dump(chosen)


def _asked_for(test: ast.expr) -> tuple[ast.expr, bool]:
    """What a test is about, and whether it holds where that is there: ``x``, ``not x``, ``x is not None``."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        subject, there = _asked_for(test.operand)
        return subject, not there
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        other = test.comparators[0]
        if isinstance(other, ast.Constant) and other.value is None:
            return test.left, isinstance(test.ops[0], (ast.IsNot, ast.NotEq))
    return test, True
