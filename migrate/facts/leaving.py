"""Whether statements run off their end or leave: by return, raise, or the end of the program."""

from __future__ import annotations

import ast
from collections.abc import Sequence

_EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit"})


def leaves(body: Sequence[ast.stmt]) -> bool:
    """Whether control never runs off the end of ``body``."""
    return bool(body) and _leaves(body[-1])


def _leaves(last: ast.stmt) -> bool:
    if isinstance(last, (ast.Return, ast.Raise)):
        return True
    if isinstance(last, ast.If):
        return bool(last.orelse) and leaves(last.body) and leaves(last.orelse)
    if is_exit(last):
        return True
    if isinstance(last, ast.Try):
        tried = leaves([*last.body, *last.orelse]) and all(leaves(one.body) for one in last.handlers)
        return tried or leaves(last.finalbody)
    return False


def is_exit(last: ast.stmt) -> bool:
    """Whether ``last`` ends the program."""
    call = last.value if isinstance(last, ast.Expr) else None
    return isinstance(call, ast.Call) and dotted_name(call.func) in _EXITS


def dotted_name(node: ast.expr) -> str:
    """``self.config`` for a name with attributes; empty for anything else."""
    if isinstance(node, ast.Attribute):
        base = dotted_name(node.value)
        return f"{base}.{node.attr}" if base else ""
    return node.id if isinstance(node, ast.Name) else ""
