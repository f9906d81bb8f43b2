"""Where the words that go are all that a literal holds, the literal goes with what joins it to the rest: the
item of a joined list with its separator, the operand with its ``+``, the statement that only adds it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from migrate.findings.edits import Edit, Recast, RemoveItem, RemoveStatement, ReplaceText
from migrate.findings.finding import FileEdit
from migrate.prompts.prompt import Piece, PromptText
from migrate.prompts.simplification.placing import placed
from migrate.prompts.simplification.stretches import Change, UnplaceableError, touched_by
from migrate.rewrite.stages.code_tree import CodeTree, code_tree
from migrate.sources.lines import Lines
from migrate.sources.place import Span

_FILLS = ("append", "extend", "insert")
_BLOCKS = ("body", "orelse", "finalbody")


class WholeLiterals:
    """Places the changes of prompts; ``lines`` gives the text of a file."""

    def __init__(self, lines: Callable[[str], Lines]) -> None:
        self._lines = lines
        self._trees: dict[str, CodeTree | None] = {}

    def placed(self, prompt: PromptText, changes: Sequence[Change]) -> tuple[FileEdit, ...]:
        """The edits that make ``changes`` of ``prompt``. Raises UnplaceableError."""
        lines = {one.place.path: self._lines(one.place.path) for one in prompt.literals}
        found: list[FileEdit] = []
        for change in changes:
            item = self._joined(prompt, change)
            if item is None and any(one.between for one in touched_by(prompt, change)):
                raise UnplaceableError("what stands between all items of a list would change")
            found += [item] if item is not None else placed(prompt, [change], lines)
        recast: set[Span] = set()
        return tuple(self._whole(one, recast) for one in found)

    def _joined(self, prompt: PromptText, change: Change) -> FileEdit | None:
        """The edit where a change is an item of a joined list with one separator; None for any other."""
        pieces = touched_by(prompt, change)
        own = _item(prompt, change, pieces)
        tree = self._tree(own[0].place.path) if own else None
        if tree is None:
            return None
        first, last = (prompt.literals[one.literal].place for one in (own[0], own[-1]))
        span = Span(first.span.line, first.span.column, last.span.end_line, last.span.end_column)
        node = _text_at(tree, span)
        edit = _without_item(tree, node) if node is not None and first.path == last.path else None
        return FileEdit(first.path, edit) if edit is not None else None

    def _whole(self, found: FileEdit, recast: set[Span]) -> FileEdit:
        """``found``, or the edit that takes out the whole of a literal that it would empty."""
        edit = found.edit
        tree = self._tree(found.path) if isinstance(edit, ReplaceText) and not edit.new else None
        if tree is None or not isinstance(edit, ReplaceText):
            return found
        node = _text_at(tree, edit.span)
        if not isinstance(node, ast.Constant) or node.value != edit.old:
            return found
        above = tree.parents[node]
        if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Add):
            other = above.right if above.left is node else above.left
            span = tree.span(above)
            if span not in recast:
                recast.add(span)
                return FileEdit(found.path, Recast(span, tree.span(other), "_"))
            return found
        if isinstance(above, (ast.IfExp, ast.BoolOp)):
            raise UnplaceableError("it is one of two texts: take the choice between them out with it")
        whole = _without_item(tree, node) or _without_statement(tree, above)
        return found if whole is None else FileEdit(found.path, whole)

    def _tree(self, path: str) -> CodeTree | None:
        if path not in self._trees:
            self._trees[path] = code_tree(path, self._lines(path).text)
        return self._trees[path]


def _item(prompt: PromptText, change: Change, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of the literals that a change takes out whole, with one separator before or behind them;
    none where it does anything else."""
    between = [one for one in pieces if one.between]
    own = [one for one in pieces if not one.between]
    if change.new or not between or not own or any(one.kind == "field" for one in pieces):
        return []
    if [*between, *own] != list(pieces) and [*own, *between] != list(pieces):
        return []
    if pieces[0].start < change.start or change.end < pieces[-1].end:
        return []
    kinds = {one.literal for one in between}
    apart = {one.place for one in prompt.pieces if one.literal in kinds}
    alone = {one.literal for one in own}
    whole = [one for one in prompt.pieces if one.literal in alone]
    one_each = len(kinds) == 1 and len(between) == len(apart) and {one.place for one in between} == apart
    return own if one_each and whole == own else []


def _text_at(tree: CodeTree, span: Span) -> ast.expr | None:
    """The string whose span that is."""
    texts = (one for one in tree.parents if isinstance(one, (ast.Constant, ast.JoinedStr)))
    return next((one for one in texts if one.lineno == span.line and tree.span(one) == span), None)


def _without_item(tree: CodeTree, node: ast.expr) -> Edit | None:
    """The edit that takes ``node`` out of the list that is joined. Raises UnplaceableError where that is used
    for more."""
    above = tree.parents[node]
    if isinstance(above, ast.Call) and _method(above) == "append":
        _refuse_more(tree, above.func.value if isinstance(above.func, ast.Attribute) else above)
        return _without_statement(tree, tree.parents[above])
    if not isinstance(above, (ast.List, ast.Tuple)):
        return None
    listed = _outermost(tree, above)
    around = tree.parents[listed]
    if (
        isinstance(around, ast.Call)
        and _method(around) == "extend"
        and isinstance(around.func, ast.Attribute)
    ):
        _refuse_more(tree, around.func.value)
    elif isinstance(around, ast.AugAssign):
        _refuse_more(tree, around.target)
    elif not _joins(tree, listed):
        _refuse_more(tree, tree.kept_as(listed))
    return RemoveItem(tree.span(above), above.elts.index(node))


def _outermost(tree: CodeTree, listed: ast.expr) -> ast.expr:
    """The list that ``listed`` becomes a part of, with ``*`` or ``+``."""
    above = tree.parents[listed]
    while isinstance(above, (ast.Starred, ast.BinOp)) or (
        isinstance(above, (ast.List, ast.Tuple)) and isinstance(listed, ast.Starred)
    ):
        listed, above = above, tree.parents[above]
    return listed


def _refuse_more(tree: CodeTree, listed: ast.expr | None) -> None:
    """Raises UnplaceableError unless ``listed`` is a function's own name, with which nothing is done but that
    it grows and is joined."""
    name = listed.id if isinstance(listed, ast.Name) else ""
    scope = tree.scope(listed) if listed is not None else None
    if name and isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)):
        uses = [one for one in ast.walk(scope) if isinstance(one, ast.Name) and one.id == name]
        known = (isinstance(one.ctx, ast.Store) or _joins(tree, one) or _fills(tree, one) for one in uses)
        if all(known) and not any(isinstance(one, (ast.Global, ast.Nonlocal)) for one in ast.walk(scope)):
            return
    raise UnplaceableError("it is an item of a list that may be used for more than to be joined")


def _joins(tree: CodeTree, node: ast.expr) -> bool:
    above = tree.parents[node]
    return isinstance(above, ast.Call) and node in above.args and _method(above) == "join"


def _fills(tree: CodeTree, node: ast.expr) -> bool:
    above = tree.parents[node]
    return isinstance(above, ast.Attribute) and above.attr in _FILLS


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _without_statement(tree: CodeTree, node: ast.AST) -> Edit | None:
    """The edit that takes out ``prompt += text`` or ``lines.append(text)``; None for any other statement.
    Raises UnplaceableError where it is all that a branch does."""
    adds = isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add)
    if not adds and not isinstance(node, ast.Expr):
        return None
    assert isinstance(node, ast.stmt)
    above = tree.parents[node]
    blocks = [block for name in _BLOCKS if node in (block := getattr(above, name, []))]
    if not blocks or (len(blocks[0]) == 1 and not isinstance(above, ast.Module)):
        raise UnplaceableError("it is all that a branch adds: take the branch out with it")
    if any(one.lineno <= node.lineno <= (one.end_lineno or 0) for one in blocks[0] if one is not node):
        return None
    return RemoveStatement(tree.span(node))
