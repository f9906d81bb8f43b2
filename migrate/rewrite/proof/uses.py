"""Walks the expected and the actual tree side by side: where is what an edit brought in, in which scope?

It compares nothing (the trees are known to be equal) and raises nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from migrate.findings.edits import Edit
from migrate.rewrite.proof.tree import Expected

Scopes: TypeAlias = "tuple[ast.AST, ...]"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Pairing(NamedTuple):
    """``old`` are the statements of the expected module, ``new`` those of the new text, which has the
    imports ``added`` (source text by index in ``new``) besides."""

    old: Sequence[ast.stmt]
    new: Sequence[ast.stmt]
    added: Mapping[int, str]

    def rest(self) -> list[int]:
        """Indexes in ``new`` of the statements that pair with ``old``, one for one."""
        return [place for place in range(len(self.new)) if place not in self.added]


class Use(NamedTuple):
    """``node`` of the new text came with ``edit``, in the statement ``place`` of the new module;
    ``scopes`` lead to it from the module inwards."""

    edit: Edit
    node: ast.AST
    scopes: Scopes
    place: int

    @property
    def runs_later(self) -> bool:
        """Whether a function's call comes between importing the module and using the node."""
        return any(isinstance(scope, _FUNCTIONS) for scope in self.scopes)


class Region(NamedTuple):
    """An expression that edits change: its offsets in the old text, and what it is in the new one."""

    start: int
    end: int
    node: ast.expr


def changes(expected: Expected, pairing: Pairing) -> tuple[list[Use], list[Region]]:
    """Every node of the new text that an edit brought in, and the outermost expressions that changed."""
    uses: list[Use] = []
    regions: list[Region] = []
    for one, place in zip(pairing.old, pairing.rest(), strict=True):
        if not expected.touches(one):
            continue
        for key, node, scopes in _walk(one, pairing.new[place], (), expected):
            if key in expected.brought:
                uses.append(Use(expected.brought[key], node, scopes, place))
            if isinstance(node, ast.expr):
                regions.append(Region(*expected.regions[key], node))
    regions.sort(key=lambda region: (region.start, -region.end))
    return uses, [one for i, one in enumerate(regions) if all(one.start >= up.end for up in regions[:i])]


def _walk(
    expected: ast.AST, actual: ast.AST, scopes: Scopes, marks: Expected
) -> Iterator[tuple[int, ast.AST, Scopes]]:
    key = id(expected)
    if key in marks.regions:
        yield key, actual, scopes
    if key in marks.brought:
        return
    for (one, _), (two, inner) in zip(_children(expected, ()), _children(actual, scopes), strict=True):
        yield from _walk(one, two, inner, marks)


def _children(node: ast.AST, scopes: Scopes) -> Iterator[tuple[ast.AST, Scopes]]:
    """The node's children with their scopes: decorators, defaults and the first iterable are evaluated
    outside of what they belong to."""
    inner = (*scopes, node)
    if isinstance(node, _COMPREHENSIONS):
        first = node.generators[0]
        yield first.iter, scopes
        for child in (first.target, *first.ifs, *node.generators[1:]):
            yield child, inner
    for name, value in ast.iter_fields(node):
        if name == "generators":
            continue
        opens = isinstance(node, _COMPREHENSIONS) or (
            name == "body" and isinstance(node, (*_FUNCTIONS, ast.ClassDef))
        )
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child, inner if opens else scopes
