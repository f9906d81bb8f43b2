"""Applies edits to an ``ast`` tree, independently of the engine, so that the two results can be compared.

It shares no code with the libcst side beyond reading lines and literals, and prints nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeVar

from migrate.errors import ProofError
from migrate.findings.edits import (
    Edit,
    InsertAfter,
    Recast,
    RemoveItem,
    RemoveStatement,
    ReplaceExpression,
    SetArgument,
    SetEntry,
)
from migrate.rewrite.engine.edits import ArgumentEdit, EntryEdit, where
from migrate.rewrite.engine.source import TextOffsets, parse_expression, parse_statement, split_lines
from migrate.rewrite.proof.places import EditPlaces, key_of
from migrate.rewrite.proof.recasting import recast_tree
from migrate.rewrite.proof.removing import removed_text, with_pass
from migrate.rewrite.proof.rows import expected_call, expected_dict
from migrate.rewrite.proof.strings import expected_string

_NodeT = TypeVar("_NodeT", bound="ast.expr | ast.stmt")
_TEMPLATES: tuple[type[ast.AST], ...] = tuple(
    getattr(ast, name) for name in ("JoinedStr", "TemplateStr") if hasattr(ast, name)
)


class Expected(ast.NodeTransformer):
    """What the tree must be after ``edits``.

    ``removed`` are the old text's offsets of removed statements. Three maps are filled by ``tree``:
    ``brought`` from the id of each node that an edit brings in to that edit, ``targets`` from each edit to
    the source text of the node it changes, and ``regions`` from the id of each changed or new expression to
    the old text's offsets that it stands for.
    """

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self.lines = TextOffsets(split_lines(text))
        self.brought: dict[int, Edit] = {}
        self.targets: dict[Edit, str] = {}
        self.regions: dict[int, tuple[int, int]] = {}
        self.removed: list[tuple[int, int]] = []
        self._alive: list[ast.AST] = []  # an id means something only while its node lives
        self._places = EditPlaces(self.lines, edits)
        self.touches = self._places.touches

    def tree(self, module: ast.Module) -> ast.Module:
        """``module``, changed in place. Raises ProofError where an edit finds no node."""
        self.generic_visit(module)
        self.removed.sort()
        for edit in self._places.all():
            if edit not in self.targets:
                raise ProofError("proof", f"{where(edit)}: the tree has no node for {edit!r}")
        return module

    def visit(self, node: ast.AST) -> ast.AST | list[ast.AST]:
        if isinstance(node, ast.stmt):
            return self._statement(node) if self.touches(node) else node
        if isinstance(node, ast.expr):
            return self._recast(node)
        self._visit_blocks(node)
        return node

    def _visit_blocks(self, node: ast.AST) -> None:
        """Visits the children; a block that loses all its statements gets ``pass`` for the first."""
        firsts = with_pass(node)
        self.generic_visit(node)
        for name, first in firsts.items():
            if not getattr(node, name):
                (edit,) = (one for one in self._at(first) if isinstance(one, RemoveStatement))
                start = self.lines.start_of(first)
                self.removed = [one for one in self.removed if not one[0] <= start < one[1]]
                self.removed.append(removed_text(self.lines, start, self.lines.end_of(first)))
                setattr(node, name, [self._bring(ast.Pass(), edit, first)])

    def _statement(self, node: ast.stmt) -> ast.AST | list[ast.AST]:
        edits = self._at(node)
        inserts = [edit for edit in edits if isinstance(edit, InsertAfter)]
        self._visit_blocks(node)
        new = [self._bring(parse_statement(edit.code.strip()), edit, node) for edit in inserts]
        for edit in edits:
            if isinstance(edit, RemoveStatement):
                self._note(edit, node)
                self.removed.append(removed_text(self.lines, *self.regions[id(node)]))
                return list(new)
        return [node, *new] if new else node

    def _recast(self, node: ast.expr) -> ast.AST:
        edits = self._at(node)
        for edit in edits:
            if isinstance(edit, Recast):
                self._note(edit, node)
                kept = None if edit.keep == edit.span else self._child(node, edit)
                inner = self._expression(node, edits) if kept is None else self._recast(kept)
                new = recast_tree(edit, node, inner)
                self.regions[id(new)] = self.regions[id(node)]
                self._alive.append(new)
                return new
        return self._expression(node, edits)

    def _child(self, node: ast.expr, edit: Recast) -> ast.expr:
        for one in ast.walk(node):
            if isinstance(one, ast.expr) and key_of(one) == self._places.key(edit.keep):
                return one
        raise ProofError("proof", f"{where(edit)}: the tree has no expression at {edit.keep}")

    def _expression(self, node: ast.expr, edits: Sequence[Edit]) -> ast.AST:
        for edit in edits:
            if isinstance(edit, ReplaceExpression):
                return self._replaced(node, edit)
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and (texts := self._places.texts_in(node)):
            for text in texts:
                self._note(text, node)
            return expected_string(node, texts, self.lines)
        if isinstance(node, _TEMPLATES):
            return node  # positions inside are wrong before Python 3.12
        if isinstance(node, ast.Call):
            return self._call(node, edits)
        if isinstance(node, ast.Dict):
            return self._dict(node, edits)
        if isinstance(node, (ast.List, ast.Tuple)):
            return self._sequence(node, edits)
        self.generic_visit(node)
        return node

    def _replaced(self, node: ast.expr, edit: ReplaceExpression) -> ast.expr:
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load) or isinstance(node, ast.Starred):
            raise ProofError("proof", f"{where(edit)}: the expression is a target of an assignment")
        return self._bring(parse_expression(edit.code.strip()), edit, node)

    def _call(self, node: ast.Call, edits: Sequence[Edit]) -> ast.AST:
        mine = [edit for edit in edits if isinstance(edit, ArgumentEdit)]
        values = {edit: self._value(edit, node) for edit in mine}
        function = self._at(node.func)
        self.generic_visit(node)
        for edit in function:  # the new function may take over what was an argument
            start, end = self.lines.start_of(node), self.lines.end_of(node)
            self.targets[edit] = self.lines.text[start:end]
        return expected_call(node, mine, values) if mine else node

    def _dict(self, node: ast.Dict, edits: Sequence[Edit]) -> ast.AST:
        mine = [edit for edit in edits if isinstance(edit, EntryEdit)]
        values = {edit: self._value(edit, node) for edit in mine}
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        self.generic_visit(node)
        return expected_dict(node, keys, mine, values) if mine else node

    def _sequence(self, node: ast.List | ast.Tuple, edits: Sequence[Edit]) -> ast.AST:
        mine = [edit for edit in edits if isinstance(edit, RemoveItem)]
        for edit in mine:
            self._note(edit, node)
        items = list(node.elts)
        self.generic_visit(node)
        gone = {id(items[edit.position]) for edit in mine if 0 <= edit.position < len(items)}
        node.elts = [new for old, new in zip(items, node.elts, strict=True) if id(old) not in gone]
        return node

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

    def _at(self, node: ast.expr | ast.stmt) -> Sequence[Edit]:
        return self._places.at(node)
