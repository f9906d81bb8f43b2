"""Replaces exact stretches of a string literal's source, and spells what comes there as the literal needs."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import ReplaceText
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.spelling import opening_of, reads, spelled, stretch


def spliced(
    node: cst.BaseExpression, source: str, edits: Sequence[ReplaceText], module: cst.Module
) -> cst.BaseExpression:
    """``node``, which is written as ``source``, with every stretch replaced.

    Raises ProofError where a stretch does not spell what its edit says, where two of them overlap, and for a
    concatenation.
    """
    if not isinstance(node, (cst.SimpleString, cst.FormattedString)):
        raise ProofError("engine", f"{where(edits[0])}: a stretch must lie in one literal")
    text = _replaced(source, edits, module.default_newline)
    try:
        new_node = cst.parse_expression(text, module.config_for_parsing)
    except cst.ParserSyntaxError as error:
        raise ProofError("engine", f"{where(edits[0])}: the new text does not fit its literal") from error
    if type(new_node) is not type(node):
        raise ProofError("engine", f"{where(edits[0])}: the literal would not be one any more")
    return new_node.with_changes(lpar=node.lpar, rpar=node.rpar)


def _replaced(source: str, edits: Sequence[ReplaceText], newline: str) -> str:
    prefix, quote = opening_of(source)
    first, behind = len(prefix + quote), len(source) - len(quote)
    text = source
    for edit in sorted(edits, key=lambda one: one.within or one.span, reverse=True):
        if edit.within is None:
            raise ProofError("engine", f"{where(edit)}: two edits contradict in one string")
        start, end = stretch(edit, source)
        if not first <= start <= end <= behind:
            raise ProofError("engine", f"{where(edit)}: two edits overlap, or one leaves its literal")
        if reads(source[start:end], prefix, quote) != edit.old:
            raise ProofError("engine", f"{where(edit)}: the stretch does not read {edit.old!r}")
        text = text[:start] + spelled(edit.new, prefix, quote, newline) + text[end:]
        behind = start
    return text


def without_emptied(node: cst.ConcatenatedString, updated: cst.ConcatenatedString) -> cst.BaseExpression:
    """``updated`` without a part that edits emptied, and without its line; a comment there keeps it."""
    space = updated.whitespace_between
    if any(isinstance(one, cst.Comment) for one in _nodes(space)):
        return updated
    kept: cst.BaseExpression
    if _is_emptied(node.left, updated.left):
        kept = updated.right
    elif _is_emptied(node.right, updated.right):
        kept = updated.left
    else:
        return updated
    return kept.with_changes(lpar=updated.lpar, rpar=updated.rpar)


def _is_emptied(before: cst.BaseExpression, now: cst.BaseExpression) -> bool:
    if not isinstance(before, cst.SimpleString) or not isinstance(now, cst.SimpleString):
        return False
    return bool(before.raw_value) and not now.raw_value


def _nodes(node: cst.CSTNode) -> list[cst.CSTNode]:
    return [node, *(inner for child in node.children for inner in _nodes(child))]
