"""What a target gets of an answer: a variable, several at once, or an attribute of the object itself."""

from __future__ import annotations

import ast

from migrate.rewrite.stages.sdk.code_file import CodeFile, last_name
from migrate.rewrite.stages.sdk.fields import Env, Fields
from migrate.rewrite.stages.sdk.held import ANY, OTHER, Held
from migrate.rewrite.stages.sdk.reads import Reads
from migrate.rewrite.stages.sdk.summaries import Summaries


class Bindings(Fields):
    """Binds in one file."""

    def __init__(self, file: CodeFile, reads: Reads, summaries: Summaries) -> None:
        super().__init__(file, reads)
        self.summaries = summaries

    def bind(self, target: ast.expr, held: Held, value: ast.expr, env: Env) -> None:
        """``target`` gets ``held``, the value (or an item) of ``value``."""
        if isinstance(target, ast.Name):
            shared = held.tracked and self.summaries.own.shares(self.file, target)
            env[target.id] = OTHER if shared else held
            if shared:
                self.passed_on(value, held)
            return
        if isinstance(target, (ast.Tuple, ast.List)):
            pair = numbered(value)
            inner = [OTHER] * len(target.elts)
            if pair is not None and len(inner) == 2:
                inner[1] = held
            elif held.answer == ANY:
                inner = [held] * len(inner)
            elif held.tracked:
                self.reads.obstacle(self.file, value, "an answer is taken apart here", held)
            for one, what in zip(target.elts, inner, strict=True):
                self.bind(one, what, value, env)
            return
        if isinstance(target, ast.Starred):
            self.bind(target.value, OTHER, value, env)
            return
        own = self.summaries.own.of(self.file, target)
        if own is not None:
            self.summaries.keep(own, held)
        else:
            self.eval(target, env)
            self.passed_on(value, held)


def numbered(value: ast.expr) -> ast.Call | None:
    """``value`` where it is a call of ``enumerate``."""
    known = isinstance(value, ast.Call) and last_name(value.func) == "enumerate" and bool(value.args)
    return value if known and isinstance(value, ast.Call) else None
