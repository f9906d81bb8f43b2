"""Syntax of statements to facts: which reader takes which statement; imports and definitions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from migrate.facts import assignment_facts, branch_facts
from migrate.facts.assignment_facts import end_of
from migrate.facts.builder import Builder
from migrate.facts.expressions import Defined, Imported
from migrate.facts.function_facts import annotation, parameters_of
from migrate.sources.place import Span


def statements(build: Builder, body: Sequence[ast.stmt]) -> None:
    """Walks ``body`` into the current block."""
    for one in body:
        handle = _HANDLERS.get(type(one))
        if handle is not None:
            handle(build, one)
        else:
            _expressions_of(build, one)


def _expressions_of(build: Builder, node: ast.stmt) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            build.expression(child, "statement")


def _import(build: Builder, node: ast.Import) -> None:
    span = build.span(node)
    for one in node.names:
        module = one.name if one.asname else one.name.partition(".")[0]
        bound = one.asname or module
        build.bind(bound, build.span(one), Imported(span, module, None, 0), end_of(span))


def _import_from(build: Builder, node: ast.ImportFrom) -> None:
    span = build.span(node)
    module = node.module or ""
    for one in node.names:
        if one.name == "*":
            build.star_imports.append((module, node.level))
            continue
        value = Imported(span, module, one.name, node.level)
        build.bind(one.asname or one.name, build.span(one), value, end_of(span))


def _function(build: Builder, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    span = build.span(node)
    decorators = tuple(build.expression(one) for one in node.decorator_list)
    parameters = parameters_of(build, node.args)
    promised = annotation(build, node.returns)
    index = build.open_scope(span, "function", node.name)
    opened = build.scopes[index]
    opened.annotation = promised
    opened.parameters, opened.decorators = parameters, decorators
    opened.asynchronous = isinstance(node, ast.AsyncFunctionDef)
    _bind_definition(build, node.name, span, index)
    with build.within(index):
        build.statements(node.body)


def _class(build: Builder, node: ast.ClassDef) -> None:
    span = build.span(node)
    decorators = tuple(build.expression(one) for one in node.decorator_list)
    bases = tuple(build.expression(one) for one in node.bases)
    keywords = tuple((one.arg or "**", build.expression(one.value)) for one in node.keywords)
    index = build.open_scope(span, "class", node.name)
    opened = build.scopes[index]
    opened.decorators, opened.bases, opened.keywords = decorators, bases, keywords
    _bind_definition(build, node.name, span, index)
    with build.within(index):
        build.statements(node.body)


def _bind_definition(build: Builder, name: str, span: Span, index: int) -> None:
    build.bind(name, span, Defined(span, index), (span.line, span.column))


def _return(build: Builder, node: ast.Return) -> None:
    if node.value is not None:
        build.scopes[build.scope].returns.append((build.block, build.expression(node.value, "return")))


def _elsewhere(build: Builder, node: ast.Global | ast.Nonlocal) -> None:
    opened = build.scopes[build.scope]
    for name in node.names:
        opened.elsewhere[name] = 0 if isinstance(node, ast.Global) else _owner(build, name)


def _owner(build: Builder, name: str) -> int:
    """The enclosing function scope that binds a nonlocal ``name``."""
    index = build.scopes[build.scope].parent
    while index > 0 and name not in build.scopes[index].bindings:
        index = build.scopes[index].parent
    return max(index, 0)


_HANDLERS: dict[type[ast.stmt], Callable[[Builder, Any], None]] = {
    ast.Assign: assignment_facts.assign,
    ast.AnnAssign: assignment_facts.annotated_assign,
    ast.AugAssign: assignment_facts.augmented_assign,
    ast.Delete: assignment_facts.delete,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Return: _return,
    ast.Global: _elsewhere,
    ast.Nonlocal: _elsewhere,
    ast.If: branch_facts.if_statement,
    ast.Assert: branch_facts.assertion,
    ast.While: branch_facts.while_loop,
    ast.For: branch_facts.for_loop,
    ast.AsyncFor: branch_facts.for_loop,
    ast.With: branch_facts.with_statement,
    ast.AsyncWith: branch_facts.with_statement,
    ast.Try: branch_facts.try_statement,
    ast.Match: branch_facts.match_statement,
}
if hasattr(ast, "TryStar"):  # Python 3.11
    _HANDLERS[ast.TryStar] = branch_facts.try_statement
if hasattr(ast, "TypeAlias"):  # Python 3.12
    _HANDLERS[ast.TypeAlias] = assignment_facts.type_alias
