"""Applies edits to an ``ast`` tree, independently of the engine, so that the two results can be compared.

It shares no code with the libcst side beyond reading lines and literals, and prints nothing.
"""

from __future__ import annotations

import ast
import bisect
from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from migrate.errors import ProofError
from migrate.findings.edits import (
    AddImport,
    Edit,
    InsertAfter,
    ReplaceExpression,
    ReplaceText,
    SetArgument,
    SetEntry,
)
from migrate.rewrite.engine.edits import ArgumentEdit, EntryEdit, where
from migrate.rewrite.engine.source import Lines, parse_expression, parse_statement, split_lines
from migrate.rewrite.proof.rows import expected_call, expected_dict
from migrate.rewrite.proof.strings import expected_string
from migrate.sources.place import Span

_NodeT = TypeVar("_NodeT", bound="ast.expr | ast.stmt")
Key: TypeAlias = "tuple[int, int, int, int]"
_TEMPLATES: tuple[type[ast.AST], ...] = tuple(
    getattr(ast, name) for name in ("JoinedStr", "TemplateStr") if hasattr(ast, name)
)


class Expected(ast.NodeTransformer):
    """What the tree must be after ``edits``.

    Three maps are filled by ``tree``: ``brought`` from the id of each node that an edit brings in to that
    edit, ``targets`` from each edit to the source text of the node it changes, and ``regions`` from the id
    of each changed or new expression to the old text's offsets that it stands for.
    """

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self.lines = Lines(split_lines(text))
        self.brought: dict[int, Edit] = {}
        self.targets: dict[Edit, str] = {}
        self.regions: dict[int, tuple[int, int]] = {}
        self._alive: list[ast.AST] = []  # an id means something only while its node lives
        self._edits: dict[Key, list[Edit]] = {}
        for edit in edits:
            if not isinstance(edit, AddImport):
                self.lines.offsets(edit.span)
                self._edits.setdefault(self._key(edit.span), []).append(edit)
        self._starts = sorted(key[:2] for key in self._edits)

    def tree(self, module: ast.Module) -> ast.Module:
        """``module``, changed in place. Raises ProofError where an edit finds no node."""
        self.generic_visit(module)
        for edits in self._edits.values():
            for edit in edits:
                if edit not in self.targets:
                    raise ProofError("proof", f"{where(edit)}: the tree has no node for {edit!r}")
        return module

    def touches(self, node: ast.stmt) -> bool:
        """Whether any edit starts on the lines of this statement of the original."""
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        at = bisect.bisect_left(self._starts, (first, 0))
        return at < len(self._starts) and self._starts[at][0] <= (node.end_lineno or node.lineno)

    def visit(self, node: ast.AST) -> ast.AST | list[ast.AST]:
        if isinstance(node, ast.stmt):
            return self._statement(node) if self.touches(node) else node
        if isinstance(node, ast.expr):
            return self._expression(node)
        self.generic_visit(node)
        return node

    def _statement(self, node: ast.stmt) -> ast.AST | list[ast.AST]:
        inserts = [edit for edit in self._at(node) if isinstance(edit, InsertAfter)]
        self.generic_visit(node)
        new = [self._bring(parse_statement(edit.code.strip()), edit, node) for edit in inserts]
        return [node, *new] if new else node

    def _expression(self, node: ast.expr) -> ast.AST:
        edits = self._at(node)
        for edit in edits:
            if isinstance(edit, ReplaceExpression):
                return self._replaced(node, edit)
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and (texts := self._texts_in(node)):
            for text in texts:
                self._note(text, node)
            return expected_string(node, texts, self.lines)
        if isinstance(node, _TEMPLATES):
            return node  # positions inside are wrong before Python 3.12
        if isinstance(node, ast.Call):
            return self._call(node, edits)
        if isinstance(node, ast.Dict):
            return self._dict(node, edits)
        self.generic_visit(node)
        return node

    def _replaced(self, node: ast.expr, edit: ReplaceExpression) -> ast.expr:
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load) or isinstance(node, ast.Starred):
            raise ProofError("proof", f"{where(edit)}: the expression is a target of an assignment")
        return self._bring(parse_expression(edit.code.strip()), edit, node)

    def _call(self, node: ast.Call, edits: Sequence[Edit]) -> ast.AST:
        mine = [edit for edit in edits if isinstance(edit, ArgumentEdit)]
        values = {edit: self._value(edit, node) for edit in mine}
        self.generic_visit(node)
        return expected_call(node, mine, values) if mine else node

    def _dict(self, node: ast.Dict, edits: Sequence[Edit]) -> ast.AST:
        mine = [edit for edit in edits if isinstance(edit, EntryEdit)]
        values = {edit: self._value(edit, node) for edit in mine}
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        self.generic_visit(node)
        return expected_dict(node, keys, mine, values) if mine else node

    def _value(self, edit: Edit, node: ast.expr) -> ast.expr | None:
        if isinstance(edit, (SetArgument, SetEntry)):
            return self._bring(parse_expression(edit.code.strip()), edit, node)
        self._note(edit, node)
        return None

    def _bring(self, new: _NodeT, edit: Edit, node: ast.expr | ast.stmt) -> _NodeT:
        self._note(edit, node)
        self.brought[id(new)] = edit
        self.regions[id(new)] = self.regions[id(node)]
        self._alive.append(new)
        return ast.copy_location(new, node)

    def _note(self, edit: Edit, node: ast.expr | ast.stmt) -> None:
        start, end = self.lines.start_of(node), self.lines.end_of(node)
        self.targets[edit] = self.lines.text[start:end]
        self.regions[id(node)] = (start, end)
        self._alive.append(node)

    def _texts_in(self, node: ast.expr) -> list[ReplaceText]:
        """The ReplaceText edits of this literal, whether they name all of it or one part."""
        end = (node.end_lineno or 0, node.end_col_offset or 0)
        at = bisect.bisect_left(self._starts, (node.lineno, node.col_offset))
        found: list[ReplaceText] = []
        if at == len(self._starts) or self._starts[at] >= end:
            return found
        for key, edits in self._edits.items():
            if (node.lineno, node.col_offset) <= key[:2] and key[2:] <= end:
                found.extend(edit for edit in edits if isinstance(edit, ReplaceText))
        return found

    def _at(self, node: ast.expr | ast.stmt) -> list[Edit]:
        key = (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
        return self._edits.get(key, [])

    def _key(self, span: Span) -> Key:
        column = self.lines.byte_column
        return (
            span.line,
            column(span.line, span.column),
            span.end_line,
            column(span.end_line, span.end_column),
        )
