"""The request of one call that passes functions, as edits that pass tools. Raises Obstacle where the
functions are not written where they can be seen, or are used by something else.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator

from migrate.catalog.functions import FunctionsWay
from migrate.findings.edits import Edit, Recast, RenameArgument, SetArgument
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle


class Requests:
    """The calls of one file that change together; ``used_elsewhere`` says of a name of the module whether
    other files may use it."""

    def __init__(
        self,
        code: CodeTree,
        calls: Collection[ast.Call],
        way: FunctionsWay,
        used_elsewhere: Callable[[str], bool],
    ) -> None:
        self._code = code
        self._way = way
        self._given = {id(one.value) for call in calls for one in call.keywords if one.arg == way.functions}
        self._used_elsewhere = used_elsewhere

    def edits(self, call: ast.Call) -> Iterator[Edit]:
        """All edits of the request. Raises Obstacle."""
        span, way = self._code.span(call), self._way
        passed = {one.arg: one.value for one in call.keywords if one.arg}
        for name in way.beside:
            if name in passed and not _is_false(passed[name]):
                raise Obstacle(f"{name} is passed too")
        if way.functions in passed:
            yield RenameArgument(span, way.functions, way.tools)
            for one in self._listed(passed[way.functions]):
                yield Recast(self._code.span(one), self._code.span(one), way.tool)
            if way.single not in passed:
                yield SetArgument(span, way.single, "False")
        if way.choice in passed:
            yield RenameArgument(span, way.choice, way.tool_choice)
            yield from self._choice(passed[way.choice])

    def _choice(self, value: ast.expr) -> Iterator[Edit]:
        if isinstance(value, ast.Constant) and value.value in self._way.choices:
            return
        keys = [one.value for one in getattr(value, "keys", ()) if isinstance(one, ast.Constant)]
        if not isinstance(value, ast.Dict) or tuple(keys) != self._way.choice_keys:
            raise Obstacle(f"which function has to be called is written elsewhere (line {value.lineno})")
        yield Recast(self._code.span(value), self._code.span(value), self._way.tool)

    def _listed(self, value: ast.expr) -> list[ast.expr]:
        """The functions, one an expression."""
        node = self._held(value) if isinstance(value, ast.Name) else value
        if not isinstance(node, ast.List) or any(isinstance(one, ast.Starred) for one in node.elts):
            raise Obstacle(f"the functions are not written as a list (line {value.lineno})")
        return node.elts

    def _held(self, name: ast.Name) -> ast.expr:
        """What ``name`` is assigned, where these requests are all that use it."""
        for scope in self._code.scopes(name):
            found = [one for one in ast.walk(scope) if _stores(one, name.id)]
            if found:
                break
        if len(found) != 1 or not isinstance(found[0], ast.Name):
            raise Obstacle(f"what {name.id} holds is not told by one assignment")
        above = self._code.parents[found[0]]
        if not isinstance(above, (ast.Assign, ast.AnnAssign)) or above.value is None:
            raise Obstacle(f"what {name.id} holds is not told by one assignment")
        for use in self._code.uses(found[0]):
            if id(use) not in self._given:
                raise Obstacle(f"{name.id} is used otherwise too (line {use.lineno})")
        if isinstance(scope, ast.Module) and self._used_elsewhere(name.id):
            raise Obstacle(f"another file names {name.id} too")
        return above.value


def _stores(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.arg):
        return node.arg == name
    if isinstance(node, ast.alias):
        return (node.asname or node.name).partition(".")[0] == name
    return isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not value.value
