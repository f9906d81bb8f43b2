"""Whether the messages of a Chat Completions call are plain texts that Responses take as they are: written in
the call, or gathered under a name of the same function. Raises Obstacle where nothing says so.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from migrate.catalog.responses import ResponsesWay
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle
from migrate.rewrite.stages.plain_texts import is_text

_LOOKING = ("len", "print")


def plain_messages(code: CodeTree, value: ast.expr, way: ResponsesWay, texts: Collection[str]) -> None:
    """Raises Obstacle unless every message is seen, with a known role and a text."""
    for message in _written(code, value, way):
        if not isinstance(message, ast.Dict):
            raise Obstacle(f"not every message is written out (line {message.lineno})")
        keys = [key.value if isinstance(key, ast.Constant) else None for key in message.keys]
        held = dict(zip(keys, message.values, strict=True))
        role = held.get("role")
        known = isinstance(role, ast.Constant) and role.value in way.roles
        if set(held) != {"role", "content"} or len(keys) != 2 or not known:
            raise Obstacle(f"a message is more than a role and a text (line {message.lineno})")
        if not is_text(held["content"], texts):
            raise Obstacle(f"nothing says that a message is plain text (line {message.lineno})")


def _written(code: CodeTree, value: ast.expr, way: ResponsesWay) -> Iterator[ast.expr]:
    """Every message that ``value`` can hold."""
    if isinstance(value, ast.Name):
        target = _target(code, value)
        above = code.parents[target]
        listed = above.value if isinstance(above, (ast.Assign, ast.AnnAssign)) else None
        for use in code.uses(target):
            yield from _added(code, use, way)
    else:
        listed = value
    if not isinstance(listed, ast.List):
        raise Obstacle("the messages are put together elsewhere")
    yield from listed.elts


def _target(code: CodeTree, name: ast.Name) -> ast.Name:
    """Where the function that uses ``name`` gives it its one value."""
    for node in ast.walk(code.scope(name)):
        named = isinstance(node, ast.Name) and node.id == name.id and not isinstance(node.ctx, ast.Load)
        if named and isinstance(node, ast.Name) and code.scope(node) is code.scope(name):
            return node
    raise Obstacle("the messages are put together elsewhere")


def _added(code: CodeTree, use: ast.Name, way: ResponsesWay) -> Iterator[ast.expr]:
    """What this use of the list adds to it. Raises Obstacle where that is not seen."""
    above = code.parents[use]
    call = code.parents[above]
    if isinstance(above, ast.keyword) and isinstance(call, ast.Call) and above.arg == "messages":
        if isinstance(call.func, ast.Attribute) and call.func.attr == way.method.rpartition(".")[2]:
            return
    elif isinstance(above, ast.Attribute) and above.attr == "append" and isinstance(call, ast.Call):
        if len(call.args) == 1 and not call.keywords:
            yield call.args[0]
            return
    elif isinstance(above, ast.Call) and isinstance(above.func, ast.Name) and above.func.id in _LOOKING:
        return
    raise Obstacle(f"{use.id} is used otherwise too (line {use.lineno})")
