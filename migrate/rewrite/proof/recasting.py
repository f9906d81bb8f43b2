"""What a Recast must make of an ``ast`` expression. It shares nothing with the engine but the placeholder."""

from __future__ import annotations

import ast

from migrate.errors import ProofError
from migrate.findings.edits import Recast
from migrate.rewrite.engine.edits import PLACEHOLDER, where
from migrate.rewrite.engine.source import parse_expression


def recast_tree(edit: Recast, old: ast.expr, kept: ast.AST) -> ast.expr:
    """``edit.code`` around ``kept``. Raises ProofError where the code takes a name that ``old`` has not, or
    does not hold the placeholder once."""
    template = parse_expression(edit.code.strip())
    names = [one.id for one in ast.walk(template) if isinstance(one, ast.Name)]
    strange = set(names) - {one.id for one in ast.walk(old) if isinstance(one, ast.Name)} - {PLACEHOLDER}
    strange -= _bound(template)
    if names.count(PLACEHOLDER) != 1 or strange or not isinstance(kept, ast.expr):
        raise ProofError("proof", f"{where(edit)}: {edit.code!r} holds more than the kept expression's names")
    new = _Filling(kept).visit(template)
    assert isinstance(new, ast.expr)
    return ast.copy_location(new, old)


def _bound(template: ast.expr) -> set[str]:
    """The names that comprehensions of ``template`` bind."""
    stored = (one for one in ast.walk(template) if isinstance(one, ast.Name))
    return {one.id for one in stored if isinstance(one.ctx, ast.Store)}


class _Filling(ast.NodeTransformer):
    def __init__(self, kept: ast.expr) -> None:
        self._kept = kept

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._kept if node.id == PLACEHOLDER else node
