"""Questions for a field by its name: ``answer.get("key")``, with a default or without, and ``getattr``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate.rewrite.stages.sdk.held import OTHER, Held
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


def by_name(state: Expressions, node: ast.Call, held: Held, name: str) -> Held:
    """``hasattr(answer, "key")`` and ``getattr(answer, "key")``."""
    key = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else None
    found = state.reads.field(held, key) if isinstance(key, str) else None
    if held.kind not in ("answer", "either") or found is None or len(node.args) > 2:
        return state.reads.obstacle(state.file, node, "it is asked for what may not be there", held)
    if name == "getattr":
        return found
    code = f"_.{attribute_of(str(key))} is not None"
    state.reads.recast(state.file, node, node.args[0], code, held)
    return OTHER


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return not node.value
    return isinstance(node, (ast.List, ast.Dict, ast.Tuple)) and ast.unparse(node) in ("[]", "{}", "()")
