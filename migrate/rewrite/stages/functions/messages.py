"""Messages that carry function calls and their results, as edits that make them messages of tools. Raises
Obstacle where the id of the call cannot be written there.
"""

from __future__ import annotations

import ast

from migrate.catalog.functions import FunctionsWay
from migrate.findings.edits import Edit, Recast, RenameEntry, ReplaceExpression, ReplaceText
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle
from migrate.rewrite.stages.functions.reads import Reads


class Messages:
    """The messages that one file writes, given what is read there."""

    def __init__(self, code: CodeTree, reads: Reads, way: FunctionsWay) -> None:
        self._code = code
        self._way = way
        self._reads = reads

    def edits(self) -> list[Edit]:
        """All edits of the file, those of ``reads`` too, less what lies in replaced names."""
        dicts = [(one, _entries(one)) for one in self._code.parents if isinstance(one, ast.Dict)]
        own: list[Edit] = []
        for one, held in dicts:
            if self._way.called in held:
                own += self._call(one, held)
        for one, held in dicts:
            role = held.get("role")
            if role is not None and _is(role[1], self._way.role):
                own += self._result(one, held)
        gone = [edit.span for edit in own if isinstance(edit, ReplaceExpression)]
        inside = [edit for edit in self._reads.edits if not any(_within(edit, span) for span in gone)]
        left = next((one for one in self._reads.whole if one not in self._reads.handled), None)
        if left is not None:
            raise Obstacle(f"line {getattr(left, 'lineno', 0)} passes the function call on")
        return [*inside, *own]

    def _call(self, one: ast.Dict, held: dict[object, tuple[ast.expr, ast.expr]]) -> list[Edit]:
        """``"function_call": ...`` of a message from the assistant."""
        key, value = held[self._way.called]
        if "role" not in held or not _is(held["role"][1], self._way.caller):
            raise Obstacle(f"line {key.lineno} writes a function call into something else than a message")
        self._reads.handled.add(key)
        self._reads.echoes.append(one)
        renamed = RenameEntry(self._code.span(one), self._way.called, self._way.calls)
        span = self._code.span(value)
        if value in self._reads.whole:
            self._reads.handled.add(value)
            keep = self._reads.whole[value]
            code = "[_]" if keep is value else self._way.present
            return [renamed, Recast(span, self._code.span(keep), code)]
        if not isinstance(value, ast.Dict) or {f".{key}" for key in _entries(value)} != self._way.fields:
            raise Obstacle(f"line {key.lineno} puts a function call together otherwise")
        code = next((self._reads.ids[part] for part in value.values if part in self._reads.ids), "")
        if not code:
            raise Obstacle(f"line {key.lineno}: the id of the call is not known there")
        return [renamed, Recast(span, span, self._way.sent.replace("{id}", code))]

    def _result(self, one: ast.Dict, held: dict[object, tuple[ast.expr, ast.expr]]) -> list[Edit]:
        """A message of role function."""
        if set(held) != self._way.result_keys:
            raise Obstacle(f"line {one.lineno} writes more than the name and the result of a function")
        scope = self._code.scope(one)
        name, role = held[self._way.name][1], held["role"][1]
        code = self._reads.ids.get(name, "")
        if isinstance(name, ast.Name):
            code = self._reads.names.get((scope, name.id), "")
        if not code:
            raise Obstacle(f"line {one.lineno}: the id of the call is not known there")
        before = (self._code.scope(echo) is scope and _before(echo, one) for echo in self._reads.echoes)
        if not any(before):
            raise Obstacle(f"line {one.lineno} answers a call that no message before it makes")
        self._reads.handled.add(role)
        return [
            ReplaceText(self._code.span(role), self._way.role, self._way.tool_role),
            RenameEntry(self._code.span(one), self._way.name, self._way.call_id),
            ReplaceExpression(self._code.span(name), code, (code.partition(".")[0],)),
        ]


def unaccounted(code: CodeTree, reads: Reads, way: FunctionsWay) -> None:
    """Raises Obstacle for the first mention of function calls that no edit changes."""
    for node in code.parents:
        mention = (isinstance(node, ast.Attribute) and node.attr == way.called) or _is(node, way.called)
        if _is(node, way.role):
            above = code.parents[node]
            held = _entries(above) if isinstance(above, ast.Dict) else {}
            mention = not ("type" in held and held["type"][1] is node)
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            mention = "AttributeError" in ast.unparse(node.type)
        if mention and node not in reads.handled:
            line = getattr(node, "lineno", 0)
            raise Obstacle(f"line {line} has to do with function calls in a way that is not followed")


def _entries(node: ast.Dict) -> dict[object, tuple[ast.expr, ast.expr]]:
    pairs = zip(node.keys, node.values, strict=True)
    return {
        key.value if isinstance(key, ast.Constant) else key: (key or value, value) for key, value in pairs
    }


def _is(node: ast.AST, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def _within(edit: Edit, span: object) -> bool:
    own = getattr(edit, "span", None)
    if own is None or span is None:
        return False
    start, end = (own.line, own.column), (own.end_line, own.end_column)
    return (span.line, span.column) <= start and end <= (span.end_line, span.end_column)  # type: ignore[attr-defined]


def _before(echo: ast.AST, one: ast.AST) -> bool:
    places = [(getattr(node, "lineno", 0), getattr(node, "col_offset", 0)) for node in (echo, one)]
    return places[0] < places[1]
