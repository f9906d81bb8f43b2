"""Syntax of control flow to blocks and groups: what is executed together, what instead of what."""

from __future__ import annotations

import ast

from migrate.facts.builder import Builder
from migrate.facts.expressions import CallReference, Element, Entered, Expression, Guard, Opaque
from migrate.facts.gates import gates
from migrate.facts.guard_facts import denied, of_pattern, of_test
from migrate.facts.leaving import dotted_name, leaves
from migrate.facts.records import Managed, Position
from migrate.facts.target_facts import assign_target

_MOST_PASSED = 64
"""How many cases that did not match are kept in mind: the others say less of the subject, never more."""


def _after(build: Builder, head: ast.expr) -> Position:
    """The end of a statement's head: what its test binds (``:=``) is seen in its arms."""
    span = build.span(head)
    return (span.end_line, span.end_column)


def _start(node: ast.stmt) -> Position:
    return (node.lineno, node.col_offset + 1)


def if_statement(build: Builder, node: ast.If) -> None:
    """``if``; an ``elif`` is an ``if`` inside ``else``."""
    build.gates.update(gates(node))
    build.expression(node.test)
    there, absent = of_test(build, node.test)
    after = absent if leaves(node.body) else there if leaves(node.orelse) else ()
    group = build.open_group("choice", _after(build, node.test), bool(node.orelse), absent, after)
    for body, guards in ((node.body, there), (node.orelse, absent)):
        if body:
            with build.arm(group, leaves(body), guards):
                build.statements(body)


def assertion(build: Builder, node: ast.Assert) -> None:
    """``assert test``: behind it the test holds."""
    build.gates.update(gates(node))
    build.expression(node.test, "statement")
    if node.msg is not None:
        build.expression(node.msg, "statement")
    there, _ = of_test(build, node.test)
    if there:
        group = build.open_group("choice", _after(build, node.test), False, (), there)
        with build.arm(group, True):
            pass


def while_loop(build: Builder, node: ast.While) -> None:
    """``while``, its ``else`` included."""
    build.expression(node.test)
    group = build.open_group("loop", _after(build, node.test), False)
    for body in filter(None, (node.body, node.orelse)):
        with build.arm(group, leaves(body)):
            build.statements(body)


def for_loop(build: Builder, node: ast.For | ast.AsyncFor) -> None:
    """``for`` and ``async for``; ``else`` runs after the loop."""
    iterated = build.expression(node.iter)
    group = build.open_group("loop", _after(build, node.iter), False)
    with build.arm(group, leaves(node.body)):
        assign_target(build, node.target, Element(iterated.span, iterated))
        build.statements(node.body)
    build.statements(node.orelse)


def with_statement(build: Builder, node: ast.With | ast.AsyncWith) -> None:
    """``with`` and ``async with``: no branch, only names."""
    for item in node.items:
        manager = build.expression(item.context_expr)
        if isinstance(manager, CallReference):
            build.managed.append(Managed(build.span(node), manager, build.scope, build.block))
        if item.optional_vars is not None:
            assign_target(build, item.optional_vars, Entered(manager.span, manager))
    build.statements(node.body)


def try_statement(build: Builder, node: ast.Try) -> None:
    """``try``: the body with its ``else``, or any of the handlers; ``finally`` runs after each."""
    group = build.open_group("try", _start(node), True)
    with build.arm(group, leaves([*node.body, *node.orelse])):
        build.statements(node.body)
        build.statements(node.orelse)
    for handler in node.handlers:
        if handler.type is not None:
            build.expression(handler.type)
        with build.arm(group, leaves(handler.body)):
            _bind_caught(build, handler)
            build.statements(handler.body)
    build.statements(node.finalbody)


def _bind_caught(build: Builder, node: ast.ExceptHandler) -> None:
    if node.name:
        span = build.span(node)
        build.bind(node.name, span, Opaque(span, "a caught exception"), (span.line, span.column))


def match_statement(build: Builder, node: ast.Match) -> None:
    """``match``; a bare name or ``_`` makes it exhaustive."""
    subject = build.expression(node.subject)
    group = build.open_group("choice", _after(build, node.subject), any(map(_takes_all, node.cases)))
    name = dotted_name(node.subject)
    passed: tuple[Guard, ...] = ()
    for case in node.cases:
        told = of_pattern(build, name, case.pattern) if name else None
        for inner in ast.walk(case.pattern):
            if isinstance(inner, ast.MatchValue):
                build.expression(inner.value, "comparison")
        if case.guard is not None:
            build.expression(case.guard)
        with build.arm(group, leaves(case.body), (*passed, told) if told else passed):
            _bind_captured(build, case, subject)
            build.statements(case.body)
        if told is not None and case.guard is None and len(passed) < _MOST_PASSED:
            passed = (*passed, *denied([told]))


def _takes_all(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and not case.pattern.pattern and not case.guard


def _bind_captured(build: Builder, case: ast.match_case, subject: Expression) -> None:
    """``case x`` and ``case ... as x`` name the subject; what is captured further inside is not followed."""
    for inner in ast.walk(case.pattern):
        name = getattr(inner, "name", None) or getattr(inner, "rest", None)
        if name and isinstance(inner, ast.pattern):
            span = build.span(inner)
            whole = inner is case.pattern and isinstance(inner, ast.MatchAs)
            value = subject if whole else Opaque(span, "a captured pattern")
            build.bind(name, span, value, (span.line, span.column))
