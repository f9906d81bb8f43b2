"""What code reads off the answer of one call, as edits that read the same off another kind of answer; or why
that cannot be told. Reads one file's syntax tree.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from migrate.findings.edits import Recast
from migrate.sources.place import Span

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.Module)


class Obstacle(Exception):  # noqa: N818  it is no error: it ends one question
    """Why a step is not mechanical, in words."""


class Answers:
    """The answers of calls in one file; ``readers`` maps what is read to what it becomes."""

    def __init__(self, tree: ast.Module, lines: Sequence[str], readers: Mapping[str, str]) -> None:
        self._tree = tree
        self._lines = lines
        self._readers = readers
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def call_at(self, span: Span) -> ast.Call | None:
        """The call whose span that is."""
        found = (node for node in ast.walk(self._tree) if isinstance(node, ast.Call))
        return next((node for node in found if node.lineno == span.line and self.span(node) == span), None)

    def edits(self, call: ast.Call) -> tuple[Recast, ...]:
        """One Recast for everything that is read off the answer of ``call``. Raises Obstacle."""
        answer: ast.expr = call
        above = self._parents[call]
        if isinstance(above, ast.Await):
            answer, above = above, self._parents[above]
        if isinstance(above, ast.Expr):
            return ()
        if (
            isinstance(above, ast.Assign)
            and len(above.targets) == 1
            and isinstance(above.targets[0], ast.Name)
        ):
            return tuple(edit for name in self._uses(above.targets[0]) for edit in self._of(name))
        return tuple(self._of(answer))

    def scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        """The function that ``node`` stands in and those around it, the module last."""
        while node in self._parents:
            node = self._parents[node]
            if isinstance(node, _SCOPES):
                yield node

    def span(self, node: ast.expr) -> Span:
        """Where ``node`` stands, in characters."""
        ends = ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
        first, last = (
            len(self._lines[line - 1].encode("utf-8", "replace")[:column].decode("utf-8", "replace")) + 1
            for line, column in ends
        )
        return Span(node.lineno, first, node.end_lineno or 0, last)

    def _uses(self, target: ast.Name) -> Iterator[ast.Name]:
        """Every use of the name that the answer is kept under."""
        for node in ast.walk(next(self.scopes(target))):
            named = (isinstance(node, ast.arg) and node.arg == target.id) or (
                isinstance(node, (ast.Global, ast.Nonlocal)) and target.id in node.names
            )
            if named:
                raise Obstacle(
                    f"{target.id} is more than a name of its own (line {getattr(node, 'lineno', 0)})"
                )
            if isinstance(node, ast.Name) and node.id == target.id and node is not target:
                if not isinstance(node.ctx, ast.Load):
                    raise Obstacle(f"{target.id} is assigned again (line {node.lineno})")
                yield node

    def _of(self, answer: ast.expr) -> Iterator[Recast]:
        """The edit of the chain that reads something off ``answer``."""
        read, node, best = "", answer, None
        while True:
            above = self._parents[node]
            step = _step(above, node)
            if step is None or not isinstance(above, (ast.Attribute, ast.Subscript)):
                break
            read, node = read + step, above
            if read in self._readers:
                best = (self._readers[read], node, read)
        if best is None:
            what = f"reads {read}" if read else "passes it on"
            raise Obstacle(f"what becomes of its answer is not known: line {answer.end_lineno} {what}")
        new, whole, old = best
        if new != old:
            yield Recast(self.span(whole), self.span(answer), f"_{new}")


def _step(above: ast.AST, node: ast.AST) -> str | None:
    if isinstance(above, ast.Attribute) and isinstance(above.ctx, ast.Load):
        return f".{above.attr}"
    if isinstance(above, ast.Subscript) and above.value is node and isinstance(above.ctx, ast.Load):
        return f"[{ast.unparse(above.slice)}]"
    return None
