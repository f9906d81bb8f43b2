"""Reads inside f-strings: before Python 3.12 nothing in one has a place, so all of it is written anew, and
only where the new text is provably the old one with the reads changed."""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.reads import Obstacle, Reads, Recasting
from migrate.sources.place import Place

_RECAST, _KEPT = "repoint_recast", "repoint_kept"


def all_rewritten(reads: Reads) -> list[tuple[CodeFile, ast.JoinedStr, str, frozenset[Place]]]:
    """The f-strings with reads in them, written anew, each with the calls that it is about; where one cannot
    be, that is an obstacle to them."""
    groups: dict[ast.JoinedStr, list[Recasting]] = {}
    for one in reads.recastings.values():
        text = one.file.in_f_string(one.node)
        if text is not None:
            groups.setdefault(text, []).append(one)
    found = []
    for text, group in groups.items():
        file, sources = group[0].file, frozenset(place for one in group for place in one.sources)
        code = rewritten(file, text, group)
        if code is None:
            why = "it is read inside an f-string that cannot be written anew"
            reads.obstacles.append(Obstacle(file.place(text), why, sources))
        else:
            found.append((file, text, code, sources))
    return found


def rewritten(file: CodeFile, text: ast.JoinedStr, recastings: Sequence[Recasting]) -> str | None:
    """The source of ``text`` with its reads recast; None where that cannot be shown to be right."""
    source = file.code(text)
    for number, one in enumerate(recastings):
        setattr(one.node, _RECAST, number)
        setattr(one.keep, _KEPT, number)
    recast = _Recast(recastings)
    nodes = [node for node in ast.walk(text) if hasattr(node, _RECAST)]
    inner = {child for node in nodes for child in ast.walk(node) if child is not node}
    for node in nodes:
        if node in inner or not isinstance(node, ast.expr):
            continue
        old = _written(node, source)
        if old is None:
            return None
        new = ast.unparse(recast.made(node))
        source = source.replace(old, new.replace("'", '"') if '"' in old else new)
    try:
        parsed = ast.parse(source, mode="eval").body
    except SyntaxError:
        return None
    return source if ast.dump(parsed) == ast.dump(recast.made(text)) else None


class _Recast(ast.NodeTransformer):
    """Makes recastings on copies of trees whose nodes are marked with their numbers."""

    def __init__(self, recastings: Sequence[Recasting]) -> None:
        self._codes = [one.code for one in recastings]

    def made(self, node: ast.expr) -> ast.AST:
        found: ast.AST = self.visit(copy.deepcopy(node))
        return found

    def visit(self, node: ast.AST) -> ast.AST:
        number = getattr(node, _RECAST, None)
        if number is None:
            result: ast.AST = super().visit(node)
            return result
        delattr(node, _RECAST)
        kept = next(one for one in ast.walk(node) if getattr(one, _KEPT, None) == number)
        template = ast.parse(self._codes[number], mode="eval").body
        filled: ast.AST = _Filling(self.visit(kept)).visit(template)
        return filled


class _Filling(ast.NodeTransformer):
    def __init__(self, kept: ast.AST) -> None:
        self._kept = kept

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._kept if node.id == "_" else node


def _written(node: ast.expr, source: str) -> str | None:
    """How ``node`` is spelt in ``source``: with one kind of quotes or the other."""
    plain = ast.unparse(node)
    return next((one for one in (plain, plain.replace("'", '"')) if one in source), None)
