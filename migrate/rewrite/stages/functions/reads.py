"""What code reads off an answer that may call a function, as edits that read it off tool calls. Follows names
within one function; raises Obstacle for what goes out of sight.
"""

from __future__ import annotations

import ast

from migrate.catalog.functions import FunctionsWay
from migrate.findings.edits import Edit, Recast, ReplaceText
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle


class Reads:
    """Edits of all answers of one file.

    ``ids`` says for a node that names the called function how to write the id of that call, ``names`` the
    same for names. ``whole`` holds function calls that a message gets as they are, ``echoes`` the messages of
    answers that go back, ``handled`` the mentions that are accounted for.
    """

    def __init__(self, code: CodeTree, way: FunctionsWay) -> None:
        self._way = way
        self._whole = ("", way.message.rpartition(".")[0], way.message)
        self.edits: list[Edit] = []
        self.ids: dict[ast.AST, str] = {}
        self.names: dict[tuple[ast.AST, str], str] = {}
        self.whole: dict[ast.AST, ast.expr] = {}
        self.echoes: list[ast.AST] = []
        self.handled: set[ast.AST] = set()
        self._code = code

    def follow(self, call: ast.Call) -> None:
        """Takes in what is read off the answer of ``call``. Raises Obstacle."""
        answer = self._code.answer(call)
        if not isinstance(self._code.parents[answer], ast.Expr):
            self._read(answer, "")

    def _read(self, node: ast.expr, read: str) -> None:
        while (step := self._code.step(node)) is not None:
            if read == self._way.message and step[1] == f".{self._way.called}":
                self._called(step[0], node)
                return
            node, read = step[0], read + step[1]
        self._other(node, read)

    def _called(self, called: ast.expr, message: ast.expr) -> None:
        """``called`` is message.function_call."""
        self.handled.add(called)
        step, kept = self._code.step(called), self._code.kept_as(called)
        again = not any(isinstance(one, ast.Call) for one in ast.walk(message))
        code = f"{ast.unparse(message)}.{self._way.id}" if again else ""
        if step is not None:
            self._recast(called, message, self._way.function)
            self._field(step, code)
        elif kept is not None:
            self._recast(called, message, self._way.first)
            for use in self._code.uses(kept):
                self._use(use, f"{kept.id}.id")
        elif self._code.tested(called):
            self._recast(called, message, self._way.present)
        else:
            self.whole[called] = message

    def _use(self, use: ast.Name, code: str) -> None:
        """A use of the name that holds the function call."""
        step = self._code.step(use)
        if step is not None:
            self._recast(use, use, "_.function")
            self._field(step, code)
        elif not self._code.tested(use):
            self.whole[use] = use

    def _field(self, step: tuple[ast.expr, str], code: str) -> None:
        """The name or the arguments of the called function."""
        field, how = step
        if how not in self._way.fields:
            raise Obstacle(f"line {field.lineno} reads {how} of the function call")
        kept = self._code.kept_as(field)
        if code and how == ".name":
            self.ids[field] = code
            if kept is not None and not any(True for one in self._stored_again(kept)):
                self.names[self._code.scope(kept), kept.id] = code
        elif code:
            self.ids[field] = code

    def _stored_again(self, kept: ast.Name) -> list[ast.Name]:
        names = (one for one in ast.walk(self._code.scope(kept)) if isinstance(one, ast.Name))
        stored = (one for one in names if one.id == kept.id and not isinstance(one.ctx, ast.Load))
        return [one for one in stored if one is not kept]

    def _other(self, node: ast.expr, read: str) -> None:
        """The end of a chain that reads no function call."""
        kept = self._code.kept_as(node)
        if read.startswith(f"{self._way.message}."):
            if read[len(self._way.message) + 1 :].partition(".")[0].partition("[")[0] not in self._way.texts:
                raise Obstacle(f"line {node.lineno} reads {read} of the answer")
        elif read in (*self._whole, self._way.reason) and kept is not None:
            for use in self._code.uses(kept):
                self._read(use, read)
        elif read == self._way.reason:
            self._reason(node)
        elif read in self._whole and not self._code.tested(node):
            self._goes(node, read)
        elif read.startswith(".choices") and read not in self._whole:
            raise Obstacle(f"line {node.lineno} reads {read} of the answer")

    def _goes(self, node: ast.expr, read: str) -> None:
        """The answer, or its message, goes somewhere."""
        above = self._code.parents[node]
        if read == self._way.message and isinstance(above, ast.List):
            self.echoes.append(node)
            return
        called = above.func if isinstance(above, ast.Call) and above.func is not node else None
        if isinstance(called, ast.Name) and called.id == "print":
            return
        appends = isinstance(called, ast.Attribute) and called.attr == "append"
        if (
            read != self._way.message
            or not appends
            or not isinstance(getattr(called, "value", None), ast.Name)
        ):
            raise Obstacle(f"line {node.lineno} passes the answer on")
        self.echoes.append(node)

    def _reason(self, node: ast.expr) -> None:
        """``finish_reason == "function_call"``."""
        above = self._code.parents[node]
        for one in (above.left, *above.comparators) if isinstance(above, ast.Compare) else ():
            if isinstance(one, ast.Constant) and one.value == self._way.called:
                self.handled.add(one)
                self.edits.append(ReplaceText(self._code.span(one), self._way.called, self._way.calls))

    def _recast(self, whole: ast.expr, keep: ast.expr, code: str) -> None:
        self.edits.append(Recast(self._code.span(whole), self._code.span(keep), code))
