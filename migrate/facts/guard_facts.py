"""Syntax of tests to guards: what the arms of a branch, and what stands behind it, know of a name."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeAlias

from msgspec.structs import replace

from migrate.facts.builder import Builder
from migrate.facts.expressions import Attribute, Expression, Guard, Name, Narrowed, Scalar, dotted
from migrate.facts.leaving import dotted_name

Guards: TypeAlias = tuple[Guard, ...]

_PLAIN = (str, int, float, bool, type(None))


def of_test(build: Builder, test: ast.expr) -> tuple[Guards, Guards]:
    """What is known where ``test`` holds, and where it does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        there, absent = of_test(build, test.operand)
        return absent, there
    if isinstance(test, ast.BoolOp):
        rows = [of_test(build, one) for one in test.values]
        every = isinstance(test.op, ast.And)
        told = tuple(one for row in rows for one in row[0 if every else 1])
        return (told, ()) if every else ((), told)
    found = _single(build, test)
    return ((found,), (_denied(found),)) if found is not None else ((), ())


def _single(build: Builder, test: ast.expr) -> Guard | None:
    if isinstance(test, ast.NamedExpr):
        return Guard(test.target.id, "truth", True)
    if isinstance(test, ast.Call):
        return _instance(build, test)
    if isinstance(test, ast.Compare):
        return _comparison(test)
    subject = dotted_name(test)
    return Guard(subject, "truth", True) if subject else None


def _instance(build: Builder, test: ast.Call) -> Guard | None:
    """``isinstance(subject, classes)``."""
    if not (isinstance(test.func, ast.Name) and test.func.id == "isinstance" and len(test.args) == 2):
        return None
    subject = dotted_name(test.args[0])
    classes = _classes(build, test.args[1])
    return Guard(subject, "instance", True, (), classes) if subject and classes else None


def _comparison(test: ast.Compare) -> Guard | None:
    """``subject == value``, ``subject in (values)``, ``subject is None``."""
    subject = dotted_name(test.left)
    if not subject or len(test.ops) != 1:
        return None
    operator, other = test.ops[0], test.comparators[0]
    several = isinstance(operator, (ast.In, ast.NotIn))
    if several and not isinstance(other, (ast.List, ast.Tuple, ast.Set)):
        return None
    items = other.elts if isinstance(other, (ast.List, ast.Tuple, ast.Set)) else [other]
    values = _values(items) if several or len(items) == 1 else None
    holds = isinstance(operator, (ast.Eq, ast.Is, ast.In))
    if values is None or not (holds or isinstance(operator, (ast.NotEq, ast.IsNot, ast.NotIn))):
        return None
    return Guard(subject, "equal", holds, values)


def of_pattern(build: Builder, subject: str, pattern: ast.pattern) -> Guard | None:
    """What ``case pattern`` says of the subject of its ``match``."""
    parts = pattern.patterns if isinstance(pattern, ast.MatchOr) else [pattern]
    if all(isinstance(one, (ast.MatchValue, ast.MatchSingleton)) for one in parts):
        values = [one.value for one in parts if isinstance(one, (ast.MatchValue, ast.MatchSingleton))]
        plain = _values([one if isinstance(one, ast.expr) else ast.Constant(one) for one in values])
        return Guard(subject, "equal", True, plain) if plain is not None else None
    named = [
        one for one in parts if isinstance(one, ast.MatchClass) and not one.patterns and not one.kwd_patterns
    ]
    classes = [_reference(build, one.cls) for one in named]
    known = tuple(one for one in classes if one is not None)
    return Guard(subject, "instance", True, (), known) if len(known) == len(parts) else None


def narrowed(option: Expression, guards: Guards) -> Expression:
    """``option`` with what ``guards`` say of the class of exactly that name."""
    told = tuple(one for one in guards if one.form == "instance" and one.subject == dotted(option))
    return Narrowed(option.span, option, told) if told else option


def denied(guards: Sequence[Guard]) -> Guards:
    """The opposite of each of ``guards``."""
    return tuple(map(_denied, guards))


def _denied(guard: Guard) -> Guard:
    return replace(guard, holds=not guard.holds)


def _values(items: Sequence[ast.expr]) -> tuple[Scalar, ...] | None:
    """The constants ``items``; None where one of them is anything else."""
    found = [one.value for one in items if isinstance(one, ast.Constant)]
    plain = tuple(value for value in found if isinstance(value, _PLAIN))
    return plain if len(plain) == len(items) else None


def _classes(build: Builder, node: ast.expr) -> tuple[Expression, ...]:
    """The classes that ``isinstance`` asks for; none where one of them is not a name."""
    items = node.elts if isinstance(node, ast.Tuple) else [node]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        items = [node.left, node.right]
    found = [_reference(build, one) for one in items]
    known = tuple(one for one in found if one is not None)
    return known if len(known) == len(items) else ()


def _reference(build: Builder, node: ast.expr) -> Expression | None:
    """A name with its attributes, as an expression that is recorded nowhere else."""
    if isinstance(node, ast.Name):
        return Name(build.span(node), node.id)
    base = _reference(build, node.value) if isinstance(node, ast.Attribute) else None
    return Attribute(build.span(node), base, node.attr) if base and isinstance(node, ast.Attribute) else None
