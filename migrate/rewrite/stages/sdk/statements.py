"""Executes statements as far as answers go through them: what each variable holds where."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from migrate.rewrite.stages.sdk import growing
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.expressions import Expressions
from migrate.rewrite.stages.sdk.fields import Env
from migrate.rewrite.stages.sdk.held import NOTHING, OTHER, Held, item, join
from migrate.rewrite.stages.sdk.reads import Reads
from migrate.rewrite.stages.sdk.summaries import Summaries

_ROUNDS = 4


class Statements(Expressions):
    """Runs blocks. ``returned`` collects what the present function returns, ``later`` the functions that it
    defines, whose bodies are run when it has ended."""

    def __init__(self, file: CodeFile, reads: Reads, summaries: Summaries) -> None:
        super().__init__(file, reads, summaries)
        self.returned: list[Held] = []
        self.later: list[ast.FunctionDef | ast.AsyncFunctionDef] = []

    def block(self, body: Sequence[ast.stmt], env: Env) -> bool:
        """Runs ``body``; whether control can run off its end."""
        for one in body:
            handle = _HANDLERS.get(type(one))
            if handle is not None:
                if not handle(self, one, env):
                    return False
                continue
            for child in ast.iter_child_nodes(one):
                if isinstance(child, ast.expr):
                    self.eval(child, env)
        return True

    def assign(self, node: ast.Assign, env: Env) -> bool:
        held = self.eval(node.value, env)
        for one in node.targets:
            self.bind(one, held, node.value, env)
        return True

    def annotated(self, node: ast.AnnAssign, env: Env) -> bool:
        if node.value is not None:
            self.bind(node.target, self.eval(node.value, env), node.value, env)
        return True

    def augmented(self, node: ast.AugAssign, env: Env) -> bool:
        held = self.eval(node.value, env)
        before = env.get(node.target.id, OTHER) if isinstance(node.target, ast.Name) else OTHER
        if isinstance(node.target, ast.Name) and held.kind == "list" and growing.grows(before, held):
            env[node.target.id] = join(before, held)
            return True
        if held.kind != "list" or not growing.joins_others(self, node.value, node.target, held):
            self.passed_on(node.value, held)
        if isinstance(node.target, ast.Name):
            env[node.target.id] = join(before, OTHER) if before.tracked else OTHER
        else:
            self.bind(node.target, OTHER, node.value, env)
        return True

    def leave(self, node: ast.Return, env: Env) -> bool:
        if node.value is not None:
            held = self.eval(node.value, env)
            self.returned.append(held)
        return False

    def failing(self, node: ast.Raise, env: Env) -> bool:
        for one in (node.exc, node.cause):
            if one is not None:
                self.eval(one, env)
        return False

    def branch(self, node: ast.If, env: Env) -> bool:
        self.tests(node.test)
        self.eval(node.test, env)
        one, two = dict(env), dict(env)
        ends = [(self.block(node.body, one), one), (self.block(node.orelse, two), two)]
        return self._merge(env, [end for goes_on, end in ends if goes_on])

    def _merge(self, env: Env, ends: list[Env]) -> bool:
        """``env`` becomes what it can be after any of ``ends``."""
        if not ends:
            return False
        for name in {name for end in ends for name in end}:
            held = NOTHING
            for end in ends:
                held = join(held, end.get(name, NOTHING))
            env[name] = held if held.tracked or held.kind in ("empty", "nothing") else OTHER
        return True

    def loop(self, node: ast.For | ast.AsyncFor | ast.While, env: Env) -> bool:
        """Runs the body until nothing new is held, and then once more to note what is read."""
        recording, self.reads.recording = self.reads.recording, False
        for _ in range(_ROUNDS):
            before = dict(env)
            self._round(node, env)
            if env == before:
                break
        self.reads.recording = recording
        self._round(node, env)
        return self.block(node.orelse, env)

    def _round(self, node: ast.For | ast.AsyncFor | ast.While, env: Env) -> None:
        inner = dict(env)
        if isinstance(node, ast.While):
            self.tests(node.test)
            self.eval(node.test, inner)
        else:
            held = self.eval(node.iter, inner)
            if (held.kind == "answer" and not held.plain) or held.waits:
                self.reads.obstacle(self.file, node.iter, "the keys of an answer are gone through here", held)
            self.bind(node.target, item(held), node.iter, inner)
        self.block(node.body, inner)
        self._merge(env, [dict(env), inner])

    def within(self, node: ast.With | ast.AsyncWith, env: Env) -> bool:
        for one in node.items:
            held = self.eval(one.context_expr, env)
            self.passed_on(one.context_expr, held)
            if one.optional_vars is not None:
                self.bind(one.optional_vars, OTHER, one.context_expr, env)
        return self.block(node.body, env)

    def attempt(self, node: Any, env: Env) -> bool:
        inner = dict(env)
        ended = self.block([*node.body, *node.orelse], inner)
        ends = [inner] if ended else []
        broken: Env = dict(env)
        self._merge(broken, [dict(env), dict(inner)])
        for handler in node.handlers:
            own = dict(broken)
            if handler.type is not None:
                self.eval(handler.type, own)
            if handler.name:
                own[handler.name] = OTHER
            if self.block(handler.body, own):
                ends.append(own)
        goes_on = self._merge(env, ends)
        return self.block(node.finalbody, env if goes_on else broken) and goes_on

    def define(self, node: ast.FunctionDef | ast.AsyncFunctionDef, env: Env) -> bool:
        for one in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
            if one is not None:
                self.eval(one, env)
        env[node.name] = OTHER
        self.later.append(node)
        return True

    def define_class(self, node: ast.ClassDef, env: Env) -> bool:
        for one in (*node.decorator_list, *node.bases):
            self.eval(one, env)
        self.block(node.body, dict(env))
        return True

    def matching(self, node: Any, env: Env) -> bool:
        held = self.eval(node.subject, env)
        self.passed_on(node.subject, held)
        ends = [dict(env)]
        for case in node.cases:
            own = dict(env)
            if self.block(case.body, own):
                ends.append(own)
        return self._merge(env, ends)


_HANDLERS: dict[type[ast.stmt], Callable[[Statements, Any, Env], bool]] = {
    ast.Assign: Statements.assign,
    ast.AnnAssign: Statements.annotated,
    ast.AugAssign: Statements.augmented,
    ast.Return: Statements.leave,
    ast.Raise: Statements.failing,
    ast.If: Statements.branch,
    ast.For: Statements.loop,
    ast.AsyncFor: Statements.loop,
    ast.While: Statements.loop,
    ast.With: Statements.within,
    ast.AsyncWith: Statements.within,
    ast.Try: Statements.attempt,
    ast.FunctionDef: Statements.define,
    ast.AsyncFunctionDef: Statements.define,
    ast.ClassDef: Statements.define_class,
    ast.Match: Statements.matching,
}
if hasattr(ast, "TryStar"):  # Python 3.11
    _HANDLERS[ast.TryStar] = Statements.attempt
