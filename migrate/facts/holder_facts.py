"""Syntax of calls, displays and f-strings to Holders: what surrounds a literal, in a few words."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from migrate.facts.builder import Builder
from migrate.facts.records import Holder, HolderKind

_MOST_KEYS = 64


def holder_of(build: Builder, node: ast.expr, context: str, detail: str) -> Callable[[int], Holder] | None:
    """What makes the Holder that ``node`` is for what stands in it, of the one around it; None for what holds
    nothing of interest."""
    describe = _DESCRIBE.get(type(node))
    if describe is None:
        return None
    span = build.span(node)

    def made(around: int) -> Holder:
        kind, name, keys, values = describe(node)
        return Holder(span, kind, context, detail, around, name, keys, values)

    return made


_Description = tuple[HolderKind, str, tuple[str, ...], tuple[str, ...]]


def _call(node: ast.Call) -> _Description:
    return "call", dotted_name(node.func), (), ()


def _mapping(node: ast.Dict) -> _Description:
    texts = [one.value for one in node.keys if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return "mapping", "", tuple(texts[:_MOST_KEYS]), _kinds(node.values)


def _sequence(node: ast.List | ast.Tuple | ast.Set) -> _Description:
    return "sequence", "", (), _kinds(node.elts)


def _text(_: ast.JoinedStr) -> _Description:
    return "text", "", (), ()


def dotted_name(node: ast.expr) -> str:
    """``os.environ.get`` of that expression. What is no name in it is left out: ``.get`` of ``f().get``."""
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _kinds(values: Iterable[ast.expr]) -> tuple[str, ...]:
    return tuple(sorted({_kind(value) for value in values}))


def _kind(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        number = isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
        return "number" if number else "text" if isinstance(node.value, str) else "other"
    if isinstance(node, ast.BinOp):
        return "number" if _kind(node.left) == _kind(node.right) == "number" else "other"
    return _KINDS.get(type(node), "other")


_KINDS: dict[type[ast.expr], str] = {
    ast.Dict: "mapping",
    ast.List: "sequence",
    ast.Tuple: "sequence",
    ast.Set: "sequence",
    ast.Call: "call",
}
_DESCRIBE: dict[type[ast.expr], Callable[[Any], _Description]] = {
    ast.Call: _call,
    ast.Dict: _mapping,
    ast.List: _sequence,
    ast.Tuple: _sequence,
    ast.Set: _sequence,
    ast.JoinedStr: _text,
}
