"""One file's syntax tree, with what stands above a node, its span and the uses of a name. Judges nothing but
whether a name has one value.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence

from migrate.sources.place import Span

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.Module)


class Obstacle(Exception):  # noqa: N818  it is no error: it ends one question
    """Why a step is not mechanical, in words."""


class CodeTree:
    """The tree of one file."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self.tree = tree
        self._text = text
        self.parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        self._lines: Sequence[str] = text.split("\n")

    def call_at(self, span: Span) -> ast.Call | None:
        """The call whose span that is."""
        found = (node for node in self.parents if isinstance(node, ast.Call))
        return next((node for node in found if node.lineno == span.line and self.span(node) == span), None)

    def scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        """The function that ``node`` stands in and those around it, the module last."""
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, _SCOPES):
                yield node

    def scope(self, node: ast.AST) -> ast.AST:
        """The function that ``node`` stands in, or the module."""
        return next(self.scopes(node))

    def span(self, node: ast.expr | ast.stmt) -> Span:
        """Where ``node`` stands, in characters."""
        ends = ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
        first, last = (
            len(self._lines[line - 1].encode("utf-8", "replace")[:column].decode("utf-8", "replace")) + 1
            for line, column in ends
        )
        return Span(node.lineno, first, node.end_lineno or 0, last)

    def source(self, node: ast.expr) -> str:
        """How ``node`` is written."""
        return ast.get_source_segment(self._text, node) or ast.unparse(node)

    def tested(self, node: ast.expr) -> bool:
        """Whether ``node`` is only asked whether it is there."""
        above = self.parents[node]
        if isinstance(above, (ast.If, ast.While, ast.IfExp)):
            return above.test is node
        if isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.Not):
            return True
        if isinstance(above, ast.BoolOp):
            return self.tested(above)
        others = above.comparators if isinstance(above, ast.Compare) and above.left is node else []
        return bool(others) and all(isinstance(one, ast.Constant) and one.value is None for one in others)

    def kept_as(self, node: ast.expr) -> ast.Name | None:
        """The one name that a statement keeps ``node`` under."""
        above = self.parents[node]
        if not isinstance(above, ast.Assign) or above.value is not node or len(above.targets) != 1:
            return None
        return above.targets[0] if isinstance(above.targets[0], ast.Name) else None

    def answer(self, call: ast.Call) -> ast.expr:
        """What ``call`` gives: itself, or the ``await`` of it."""
        above = self.parents[call]
        return above if isinstance(above, ast.Await) else call

    def uses(self, target: ast.Name) -> Iterator[ast.Name]:
        """Every use of the name that is assigned at ``target``, and nowhere else. Raises Obstacle."""
        for node in ast.walk(self.scope(target)):
            named = (isinstance(node, ast.arg) and node.arg == target.id) or (
                isinstance(node, (ast.Global, ast.Nonlocal)) and target.id in node.names
            )
            if named:
                line = getattr(node, "lineno", 0)
                raise Obstacle(f"{target.id} is more than a name of its own (line {line})")
            if isinstance(node, ast.Name) and node.id == target.id and node is not target:
                if not isinstance(node.ctx, ast.Load):
                    raise Obstacle(f"{target.id} is assigned again (line {node.lineno})")
                yield node

    def step(self, node: ast.AST) -> tuple[ast.expr, str] | None:
        """The expression that reads an attribute or a key off ``node``, and how that is written."""
        above = self.parents[node]
        if isinstance(above, ast.Attribute) and isinstance(above.ctx, ast.Load):
            return above, f".{above.attr}"
        if isinstance(above, ast.Subscript) and above.value is node and isinstance(above.ctx, ast.Load):
            return above, f"[{ast.unparse(above.slice)}]"
        return None


def code_tree(path: str, text: str | None) -> CodeTree | None:
    """The tree of the Python file at ``path``, or None where it has none."""
    if text is None or not path.endswith(".py"):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return CodeTree(tree, text.replace("\r\n", "\n").replace("\r", "\n"))
