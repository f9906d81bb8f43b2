"""Evaluates expressions as far as answers go through them, and notes what becomes of each read."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import msgspec

from migrate.rewrite.stages.sdk import passing_on
from migrate.rewrite.stages.sdk.bindings import Bindings
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.fields import Env
from migrate.rewrite.stages.sdk.held import ANY, EMPTY, NOTHING, OTHER, Held, awaited, item, join, joined
from migrate.rewrite.stages.sdk.reads import Reads
from migrate.rewrite.stages.sdk.summaries import Summaries

_FALSE = (None, "", 0, False)


class Expressions(Bindings):
    """Evaluates in one file. ``around`` holds the variables of the functions around the present one."""

    def __init__(self, file: CodeFile, reads: Reads, summaries: Summaries) -> None:
        super().__init__(file, reads, summaries)
        self.around: list[Env] = []
        self.yielded: list[Held] = []

    def eval(self, node: ast.expr | None, env: Env) -> Held:
        """What ``node`` holds."""
        if node is None:
            return NOTHING
        handle = _HANDLERS.get(type(node))
        if handle is not None:
            return handle(self, node, env)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.passed_on(child, self.eval(child, env))
        return OTHER

    def name(self, node: ast.Name, env: Env) -> Held:
        return next((one[node.id] for one in (env, *reversed(self.around)) if node.id in one), OTHER)

    def constant(self, node: ast.Constant, _: Env) -> Held:
        return NOTHING if node.value in _FALSE else OTHER

    def awaited(self, node: ast.Await, env: Env) -> Held:
        return awaited(self.eval(node.value, env))

    def named(self, node: ast.NamedExpr, env: Env) -> Held:
        env[node.target.id] = held = self.eval(node.value, env)
        return held

    def display(self, node: ast.List | ast.Tuple | ast.Set, env: Env) -> Held:
        held = [self.eval(one, env) for one in node.elts]
        if not held:
            return EMPTY if isinstance(node, ast.List) else OTHER
        for one, value in zip(node.elts, held, strict=True):
            self.passed_on(one, value)
        return OTHER

    def mapping(self, node: ast.Dict, env: Env) -> Held:
        found = OTHER
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                self.eval(key, env)
            held = self.eval(value, env)
            if key is None and held.plain and held.kind == "answer":
                found = msgspec.structs.replace(held, answer=ANY, whole=False)
            else:
                self.passed_on(value, held)
        return found

    def choice(self, node: ast.IfExp, env: Env) -> Held:
        self.tests(node.test)
        self.eval(node.test, env)
        return join(self.eval(node.body, env), self.eval(node.orelse, env))

    def operators(self, node: ast.BoolOp, env: Env) -> Held:
        self.tests(node)
        values = [self.eval(one, env) for one in node.values]
        if isinstance(node.op, ast.And):
            return join(NOTHING, values[-1])
        return joined(values)

    def negated(self, node: ast.UnaryOp, env: Env) -> Held:
        self.eval(node.operand, env)
        return OTHER

    def comparison(self, node: ast.Compare, env: Env) -> Held:
        left = self.eval(node.left, env)
        right, *_ = [self.eval(one, env) for one in node.comparators]
        if isinstance(node.ops[0], (ast.In, ast.NotIn)):
            self.passed_on(node.left, left)
            if right.tracked:
                self.contains(node, right)
        return OTHER

    def text(self, node: ast.JoinedStr, env: Env) -> Held:
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                self.eval(one.value, env)  # an answer that is printed is only printed
        return OTHER

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, env: Env) -> Held:
        inner = self.loops(node.generators, env)
        held = self.eval(node.elt, inner)
        if held.kind == "answer" and not isinstance(node, ast.SetComp):
            later = held.waits
            return msgspec.structs.replace(held, kind="list", whole=False, waits=False, later=later)
        self.passed_on(node.elt, held)
        return OTHER

    def dict_comprehension(self, node: ast.DictComp, env: Env) -> Held:
        inner = self.loops(node.generators, env)
        self.eval(node.key, inner)
        self.passed_on(node.value, self.eval(node.value, inner))
        return OTHER

    def loops(self, generators: list[ast.comprehension], env: Env) -> Env:
        inner = dict(env)
        for one in generators:
            self.bind(one.target, item(awaited(self.eval(one.iter, inner))), one.iter, inner)
            for test in one.ifs:
                self.tests(test)
                self.eval(test, inner)
        return inner

    def attribute(self, node: ast.Attribute, env: Env) -> Held:
        own = self.summaries.own.of(self.file, node)
        held = self.summaries.kept(own) if own is not None else OTHER
        return held if held.tracked else super().attribute(node, env)

    def function(self, node: ast.Lambda, env: Env) -> Held:
        inner = dict(env)
        inner.update({one.arg: OTHER for one in ast.walk(node.args) if isinstance(one, ast.arg)})
        held = self.eval(node.body, inner)
        if held.tracked and not passing_on.runs_lambda(self.file, node):
            self.passed_on(node.body, held)
        return OTHER

    def yields(self, node: ast.Yield | ast.YieldFrom, env: Env) -> Held:
        held = self.eval(node.value, env)
        self.yielded.append(item(held) if isinstance(node, ast.YieldFrom) else held)
        return OTHER

    def call(self, node: ast.Call, env: Env) -> Held:
        return passing_on.call(self, node, env)


_HANDLERS: dict[type[ast.expr], Callable[[Expressions, Any, Env], Held]] = {
    ast.Name: Expressions.name,
    ast.Constant: Expressions.constant,
    ast.Await: Expressions.awaited,
    ast.NamedExpr: Expressions.named,
    ast.List: Expressions.display,
    ast.Tuple: Expressions.display,
    ast.Set: Expressions.display,
    ast.Dict: Expressions.mapping,
    ast.IfExp: Expressions.choice,
    ast.BoolOp: Expressions.operators,
    ast.UnaryOp: Expressions.negated,
    ast.Compare: Expressions.comparison,
    ast.JoinedStr: Expressions.text,
    ast.Attribute: Expressions.attribute,
    ast.Subscript: Expressions.subscript,
    ast.ListComp: Expressions.comprehension,
    ast.SetComp: Expressions.comprehension,
    ast.GeneratorExp: Expressions.comprehension,
    ast.DictComp: Expressions.dict_comprehension,
    ast.Lambda: Expressions.function,
    ast.Yield: Expressions.yields,
    ast.YieldFrom: Expressions.yields,
    ast.Call: Expressions.call,
}
