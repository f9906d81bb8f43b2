"""``answer.get("key")`` and ``answer.get("key", default)``: an attribute, or a default."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate.rewrite.stages.sdk.held import Held
from migrate.rewrite.stages.sdk.reads import attribute_of

if TYPE_CHECKING:
    from migrate.rewrite.stages.sdk.expressions import Expressions


def get(state: Expressions, node: ast.Call, func: ast.Attribute, base: Held) -> Held:
    """``answer.get("key")`` and ``answer.get("key", default)``."""
    key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    found = state.reads.field(base, key) if isinstance(key, str) else None
    if found is None or len(node.args) > 2 or node.keywords:
        return state.reads.obstacle(state.file, node, "it is asked for what may not be there", base)
    read = f"_.{attribute_of(str(key))}"
    default = node.args[1] if len(node.args) == 2 else None
    absent = default is None or (isinstance(default, ast.Constant) and default.value is None)
    if not absent and default is not None and (not found.tracked or state.reads.optional(base, str(key))):
        if found.tracked or not _is_empty(default):
            why = "the default of a missing field is more than an empty value"
            return state.reads.obstacle(state.file, node, why, base)
        written = state.file.code(default) if isinstance(default, ast.Constant) else ast.unparse(default)
        read = f"{read} or {written}"
    state.reads.recast(state.file, node, func.value, read, base)
    return found


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return not node.value
    return isinstance(node, (ast.List, ast.Dict, ast.Tuple)) and ast.unparse(node) in ("[]", "{}", "()")
