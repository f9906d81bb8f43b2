"""Builds what a Recast asks for: its code as nodes, with the kept expression in the place of ``_``."""

from __future__ import annotations

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import Recast
from migrate.rewrite.engine.cst_values import ATOMS, expression, parenthesised
from migrate.rewrite.engine.edits import PLACEHOLDER, where


def recast(edit: Recast, kept: cst.BaseExpression, module: cst.Module) -> cst.BaseExpression:
    """The nodes of ``edit.code`` around ``kept``. Raises ProofError unless ``_`` stands in it once."""
    template = expression(edit.code, module)
    if isinstance(template, cst.Name) and template.value == PLACEHOLDER:
        return kept
    filling = _Filling(kept)
    filled = template.visit(filling)
    if filling.count != 1 or not isinstance(filled, cst.BaseExpression):
        raise ProofError("engine", f"{where(edit)}: {edit.code!r} must hold {PLACEHOLDER!r} once")
    return filled


class _Filling(cst.CSTTransformer):
    def __init__(self, kept: cst.BaseExpression) -> None:
        super().__init__()
        self.count = 0
        self._kept = kept

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]
        if not isinstance(original_node, cst.Name) or original_node.value != PLACEHOLDER:
            return updated_node
        self.count += 1
        loose = not isinstance(self._kept, ATOMS) and not self._kept.lpar
        return parenthesised(self._kept) if loose else self._kept
