"""Function tools of Chat Completions as those of Responses: flat, and as strict as they were. Raises Obstacle
for tools that are not written in the call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate.findings.edits import Edit, ReplaceExpression
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle

_LOOSE = '"strict": False, '


def tool_edits(code: CodeTree, value: ast.expr) -> Iterator[Edit]:
    """The edits of ``tools=value``."""
    if not isinstance(value, ast.List):
        raise Obstacle("the tools are written elsewhere")
    for tool in value.elts:
        yield ReplaceExpression(code.span(tool), _flat(code, tool, _LOOSE))


def choice_edits(code: CodeTree, value: ast.expr) -> Iterator[Edit]:
    """The edits of ``tool_choice=value``."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return
    yield ReplaceExpression(code.span(value), _flat(code, value, ""))


def _flat(code: CodeTree, tool: ast.expr, loose: str) -> str:
    """``{"type": "function", "function": {...}}`` with the inner entries in the outer dict."""
    keys = [one.value for one in getattr(tool, "keys", ()) if isinstance(one, ast.Constant)]
    if not isinstance(tool, ast.Dict) or len(tool.keys) != 2 or set(keys) != {"type", "function"}:
        raise Obstacle(f"a tool is not written as a function (line {tool.lineno})")
    held = dict(zip(keys, tool.values, strict=True))
    kind, inner = held["type"], held["function"]
    if not isinstance(kind, ast.Constant) or kind.value != "function":
        raise Obstacle(f"a tool is no function (line {tool.lineno})")
    written = code.source(inner)
    if "#" in code.source(tool).replace(written, "", 1):
        raise Obstacle(f"a comment stands between the parts of a tool (line {tool.lineno})")
    if not isinstance(inner, ast.Dict) or not inner.keys:
        return '{"type": "function", ' + f"{loose}**{written}}}"
    own = any(isinstance(key, ast.Constant) and key.value == "strict" for key in inner.keys)
    return '{"type": "function", ' + ("" if own else loose) + written[1:].lstrip()
