"""Applies all edits of one file in one pass over its libcst tree.

It hands each node that an edit names to the module that knows how to change it; what no edit names, it
does not visit.
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import (
    AddImport,
    Edit,
    InsertAfter,
    Recast,
    RemoveStatement,
    ReplaceExpression,
    ReplaceText,
)
from migrate.rewrite.engine.cst_imports import with_imports
from migrate.rewrite.engine.cst_items import edit_items
from migrate.rewrite.engine.cst_module import Parsed, parse_exactly
from migrate.rewrite.engine.cst_recast import recast
from migrate.rewrite.engine.cst_removal import marked, never_empty, refuse_mark, without_marks
from migrate.rewrite.engine.cst_stretches import spliced, without_emptied
from migrate.rewrite.engine.cst_strings import edit_string
from migrate.rewrite.engine.cst_targets import Targets
from migrate.rewrite.engine.cst_values import as_replacement, fitted, is_expression, statement
from migrate.rewrite.engine.edits import where

_Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
_Left = cst.CSTNode | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNode]
_PRUNED = (cst.BaseExpression, cst.SimpleStatementLine, cst.BaseCompoundStatement)
_TEMPLATES: tuple[type[cst.CSTNode], ...] = (cst.FormattedString, cst.TemplatedString)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with ``edits`` (no doubles among them) applied. Raises ProofError where one cannot be."""
    parsed = parse_exactly(text)
    targets = Targets(parsed, edits)
    try:
        module = with_imports(parsed, [edit for edit in edits if isinstance(edit, AddImport)])
        new_text = module.visit(_Pass(parsed, targets)).code + parsed.tail
        if any(isinstance(edit, RemoveStatement) for edit in edits):
            refuse_mark(text)
            new_text = without_marks(new_text)
    except (cst.CSTValidationError, RecursionError, TypeError) as error:
        raise ProofError("engine", f"the edits do not fit: {str(error).splitlines()[0]}") from error
    targets.refuse_left()
    return new_text


class _Pass(cst.CSTTransformer):
    """One visit; children are changed before what holds them, so nested edits all arrive."""

    def __init__(self, parsed: Parsed, targets: Targets) -> None:
        super().__init__()
        self._parsed, self._module, self._targets = parsed, parsed.module, targets
        self._parents: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        self._parents.append(node)
        if isinstance(node, _TEMPLATES):
            self._targets.refuse_inside(node)
            return False
        return not isinstance(node, _PRUNED) or self._targets.starts_in(node)

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> _Left:  # type: ignore[override]
        self._parents.pop()
        if isinstance(original_node, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            return self._statement(original_node, updated_node)
        if isinstance(original_node, cst.SimpleStatementSuite):
            self._refuse_suite(original_node)
        if isinstance(updated_node, cst.IndentedBlock):
            return never_empty(updated_node)
        if isinstance(original_node, cst.ConcatenatedString) and isinstance(
            updated_node, cst.ConcatenatedString
        ):
            updated_node = without_emptied(original_node, updated_node)
        if isinstance(original_node, cst.BaseExpression) and isinstance(updated_node, cst.BaseExpression):
            return self._recast(original_node, updated_node)
        return updated_node

    def _recast(self, node: cst.BaseExpression, updated: cst.BaseExpression) -> cst.BaseExpression:
        """``updated`` with its own edits made, and kept where the expression around it is recast."""
        edits = self._targets.at(node)
        new = self._expression(node, updated, edits)
        self._targets.keep(node, new)
        for edit in edits:
            if isinstance(edit, Recast):
                kept = self._targets.kept(edit, node, self._targets.take([edit]))
                around = self._around(node)
                new = fitted(recast(edit, kept, self._module), self._module, node, self._parents[-1], around)
                self._targets.keep(node, new)
        return new

    def _around(self, node: cst.BaseExpression) -> tuple[str, str]:
        """The characters that touch ``node``."""
        start, end = self._parsed.spans[node]
        return (self._parsed.text[:start][-1:], self._parsed.text[end : end + 1])

    def _expression(
        self, node: cst.BaseExpression, updated: cst.BaseExpression, edits: Sequence[Edit]
    ) -> cst.BaseExpression:
        if not edits or not is_expression(node, self._parents[-1]):
            return updated
        for edit in edits:
            if isinstance(edit, ReplaceExpression):
                return self._replaced(node, edit)
        if isinstance(node, (cst.Call, cst.Dict, cst.List, cst.Tuple)):
            return edit_items(node, updated, edits, self._targets, self._module)
        texts = [edit for edit in edits if isinstance(edit, ReplaceText)]
        if texts and isinstance(node, cst.BaseString):
            self._targets.take(texts)
            self._targets.refuse_others(node, texts)
            if any(edit.within is not None for edit in texts):
                start, end = self._parsed.spans[node]
                return spliced(updated, self._parsed.text[start:end], texts, self._module)
            return edit_string(node, texts, self._module.default_newline)
        return updated

    def _replaced(self, node: cst.BaseExpression, edit: ReplaceExpression) -> cst.BaseExpression:
        parent = self._parents[-1]
        if isinstance(parent, cst.ConcatenatedString):
            return node  # a part of a concatenation is a string, but no expression
        self._targets.refuse_others(node, self._targets.take([edit]))
        return as_replacement(edit.code, self._module, node, parent, self._around(node))

    def _statement(self, node: _Statement, updated: cst.CSTNode) -> _Left:
        """``updated``, and behind it the lines that InsertAfter asks for; or nothing but those."""
        statements = node.body if isinstance(node, cst.SimpleStatementLine) else (node,)
        for one in statements[:-1]:
            for edit in self._changes(one):
                raise ProofError("engine", f"{where(edit)}: another statement follows on its line (;)")
        inserts, removals = self._inserts(statements[-1]), self._removals(statements[-1])
        if not inserts and not removals:
            return updated
        if not isinstance(self._parents[-1], (cst.Module, cst.IndentedBlock)):
            raise ProofError(
                "engine", f"{where(self._changes(statements[-1])[0])}: nothing can be inserted here"
            )
        newline = cst.Newline()
        if isinstance(node, cst.SimpleStatementLine):
            newline = node.trailing_whitespace.newline
        if removals:
            updated = self._removed(node, updated, removals[0])
        return cst.FlattenSentinel([updated, *(self._line(edit, newline) for edit in inserts)])

    def _line(self, edit: InsertAfter, newline: cst.Newline) -> cst.SimpleStatementLine:
        line = statement(edit.code, self._module, newline)
        return line.with_changes(leading_lines=[cst.EmptyLine(indent=False)] * edit.blank)

    def _removed(self, node: _Statement, updated: cst.CSTNode, edit: RemoveStatement) -> cst.CSTNode:
        if not isinstance(updated, cst.SimpleStatementLine) or len(updated.body) > 1:
            raise ProofError("engine", f"{where(edit)}: not a simple statement on a line of its own")
        self._targets.refuse_others(node, [edit])
        return marked(updated)

    def _removals(self, node: cst.CSTNode) -> list[RemoveStatement]:
        found = self._targets.at(node)
        return self._targets.take([edit for edit in found if isinstance(edit, RemoveStatement)])

    def _inserts(self, node: cst.CSTNode) -> list[InsertAfter]:
        return self._targets.take([edit for edit in self._targets.at(node) if isinstance(edit, InsertAfter)])

    def _changes(self, node: cst.CSTNode) -> list[Edit]:
        return [*self._inserts(node), *self._removals(node)]

    def _refuse_suite(self, suite: cst.SimpleStatementSuite) -> None:
        for one in suite.body:
            for edit in self._changes(one):
                raise ProofError(
                    "engine", f"{where(edit)}: the statement shares its line with a block's head"
                )
