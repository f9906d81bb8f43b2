"""What stands in for a method of openai 0.x in tests: the edits after which it gives what 1.x gives.

A fake that is not seen through has none: a test that checks something else is worse than one that fails.
"""

from __future__ import annotations

import ast
from typing import TypeAlias

from migrate.findings.edits import ReplaceExpression
from migrate.rewrite.stages.sdk.code_file import CodeFile, last_name
from migrate.rewrite.stages.sdk.patches import Patch

Edits: TypeAlias = "list[ReplaceExpression]"
_OBJECTS = ("Mock", "MagicMock", "AsyncMock", "NonCallableMock", "SimpleNamespace")
_TELLS = ("called", "call_count", "call_args", "call_args_list", "mock_calls", "reset_mock")
_ASSERTS = "assert_"


class Fakes:
    """The fakes of one file. ``kind`` is the class in 1.x of what they return."""

    def __init__(self, file: CodeFile, kind: str) -> None:
        self._file = file
        self._kind = kind

    def edits(self, patch: Patch) -> Edits | None:
        """What makes ``patch`` give the new kind of answer; None where that cannot be seen."""
        if patch.fake is not None:
            return self._standing(patch.fake)
        given = self._told(patch.returned, patch.effect)
        return None if given is None else _both(given, self._mock(patch))

    def _standing(self, fake: ast.expr) -> Edits | None:
        """``fake`` takes the method's place: as a function it must not be taken for a method of the class."""
        if isinstance(fake, ast.Call) and last_name(fake.func) in _OBJECTS:
            told = {one.arg: one.value for one in fake.keywords}
            if fake.args or not told.keys() <= {"return_value", "side_effect"}:
                return None
            return self._told(told.get("return_value"), told.get("side_effect"))
        found = self._function(fake)
        if found is None:
            return None
        span, code = self._file.span(fake), self._file.code(fake)
        for one in [one for one in found if isinstance(fake, ast.Lambda)]:
            old = self._file.lines.slice(one.span)
            before, _, behind = code.rpartition(old)
            code = f"{before}{one.code}{behind}"
            found = []
        return [ReplaceExpression(span, f"staticmethod({code})"), *found]

    def _told(self, returned: ast.expr | None, effect: ast.expr | None) -> Edits | None:
        one = self._value(returned) if returned is not None else []
        if isinstance(effect, ast.List):
            return _both(one, *(self._value(item) for item in effect.elts))
        return _both(one, self._function(effect) if effect is not None else [])

    def _value(self, node: ast.expr | None) -> Edits | None:
        """``node``, a dict so far, becomes an answer; no edit where it is an object already."""
        if isinstance(node, ast.Call) and last_name(node.func) in _OBJECTS:
            return None if self._holds_dicts(node) else []
        if node is None or not self._is_dict(node):
            return None
        span = self._file.span(node)
        return [ReplaceExpression(span, f"{self._kind}.construct(**{self._file.code(node)})")]

    def _is_dict(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Dict):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            made = self._defined(node.func.id)
            return made is not None and all(isinstance(one, ast.Dict) for one in _returned(made))
        if not isinstance(node, ast.Name):
            return False
        names = (one for one in ast.walk(self._file.tree) if isinstance(one, ast.Name) and one.id == node.id)
        stored = [one for one in names if isinstance(one.ctx, ast.Store)]
        parents = [self._file.parent(one) for one in stored]
        return len(parents) == 1 and all(
            isinstance(one, ast.Assign) and isinstance(one.value, ast.Dict) for one in parents
        )

    def _holds_dicts(self, node: ast.expr) -> bool:
        """Whether a dict is, or may be, a part of an object that a test makes."""
        for one in ast.walk(node):
            parent = self._file.parent(one)
            made = isinstance(parent, ast.Call) and parent.func is one
            if isinstance(one, ast.Dict) or (isinstance(one, ast.Name) and not made and self._is_dict(one)):
                return True
        return False

    def _function(self, node: ast.expr) -> Edits | None:
        """A function's answers, where it is used for nothing else."""
        if isinstance(node, ast.Lambda):
            return self._value(node.body)
        made = self._defined(node.id) if isinstance(node, ast.Name) else None
        if made is None or not isinstance(node, ast.Name) or self._is_called(node.id):
            return None
        values = _returned(made)
        return _both(*map(self._value, values)) if values else None

    def _defined(self, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The one function of that name, which no decorator changes and which yields nothing."""
        every = [one for one in self._file.functions.values() if getattr(one, "name", "") == name]
        if len(every) != 1 or isinstance(every[0], ast.Lambda) or every[0].decorator_list:
            return None
        inside = ast.walk(every[0])
        return None if any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in inside) else every[0]

    def _is_called(self, name: str) -> bool:
        """Whether the function is also used otherwise than by being given to a patch."""
        for node in ast.walk(self._file.tree):
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
                parent = self._file.parent(node)
                given = isinstance(parent, ast.keyword) or (
                    isinstance(parent, ast.Call) and parent.func is not node
                )
                effect = isinstance(parent, ast.Assign) and last_name(parent.targets[0]) == "side_effect"
                if not given and not effect:
                    return True
        return False

    def _mock(self, patch: Patch) -> Edits | None:
        """What the test tells the mock that it is given."""
        found: Edits | None = []
        for node in ast.walk(patch.scope) if patch.mock and patch.scope is not None else ():
            if isinstance(node, ast.Name) and node.id == patch.mock and isinstance(node.ctx, ast.Load):
                found = _both(found, self._use(node))
        return found

    def _use(self, node: ast.Name) -> Edits | None:
        read = self._file.parent(node)
        if not isinstance(read, ast.Attribute):
            return None
        if read.attr in _TELLS or read.attr.startswith(_ASSERTS):
            return []
        above = self._file.parent(read)
        if isinstance(above, ast.Assign) and read in above.targets and len(above.targets) == 1:
            if read.attr == "return_value":
                return self._told(above.value, None)
            return self._told(None, above.value) if read.attr == "side_effect" else None
        # create.return_value.choices[0].message.content = "Hi": attributes of a mock, as the answer has them
        told = _told_of(self._file, read) if read.attr == "return_value" else None
        return None if told is None or self._holds_dicts(told) else []


def _both(*found: Edits | None) -> Edits | None:
    """All edits, or None where one of them is not to be had."""
    result: Edits = []
    for one in found:
        if one is None:
            return None
        result += one
    return result


def _returned(node: ast.AST) -> list[ast.expr | None]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]


def _told_of(file: CodeFile, node: ast.AST) -> ast.expr | None:
    """What is set below the mock's answer, by attributes and numbers alone; None where it is not."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Subscript):
            number = isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int)
            if not number:
                return None
        elif node.attr == "__getitem__":
            return None
        node = file.parent(node)
    return node.value if isinstance(node, ast.Assign) else None
