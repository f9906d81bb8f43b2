"""Runs a module and its functions, and tells what each function returns."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from msgspec.structs import replace

from migrate.rewrite.stages.sdk.code_file import Function
from migrate.rewrite.stages.sdk.fields import Env
from migrate.rewrite.stages.sdk.held import OTHER, Held, awaited
from migrate.rewrite.stages.sdk.statements import Statements


class Scopes(Statements):
    """One file."""

    def module(self) -> None:
        """One pass over the whole file."""
        env: Env = {}
        self.around, self.returned, self.later = [], [], []
        self._body(self.file.tree.body, env, [])

    def _body(self, body: Sequence[ast.stmt], env: Env, returned: list[Held]) -> None:
        """Runs the statements of a scope, and then the functions that it defines."""
        outer, self.returned = self.returned, returned
        outer_later, self.later = self.later, []
        self.block(body, env)
        later = self.later
        self.returned, self.later = outer, outer_later
        self.around.append(env)
        for one in later:
            self._function(one)
        self.around.pop()

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        place = self.file.place(node)
        env: Env = {one.arg: OTHER for one in ast.walk(node.args) if isinstance(one, ast.arg)}
        env.update(self.summaries.parameters(place, node.args))
        yielded, self.yielded = self.yielded, []
        returned: list[Held] = []
        self._body(node.body, env, returned)
        mine, self.yielded = self.yielded, yielded
        if mine:
            self._yields(node, mine)
            return
        for held in returned:
            waits = isinstance(node, ast.AsyncFunctionDef)
            self.summaries.returned(place, _returned(held, waits))

    def _yields(self, node: Function, yielded: list[Held]) -> None:
        for held in yielded:
            if held.kind == "answer" and not held.waits:
                stream = replace(held, kind="stream", whole=True)
                self.summaries.returned(self.file.place(node), stream)
            elif held.tracked:
                self.summaries.returned(self.file.place(node), Held("mixed", sources=held.sources))
            else:
                self.summaries.returned(self.file.place(node), OTHER)


def _returned(held: Held, waits: bool) -> Held:
    if not held.tracked:
        return held
    return replace(awaited(held), waits=True) if waits else held
