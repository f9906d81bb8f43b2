"""Takes statements out: a mark stands in their place in the tree, and its line goes from the printed text.

So the blank lines and comments around a removed statement are not touched at all.
"""

from __future__ import annotations

import re

import libcst as cst

from migrate.errors import ProofError

_MARK = "__repoint_removed_statement__"
_LINE = re.compile(rf"(?m)^(?P<indent>[ \t]*){_MARK}(?:[ \t]*(?:\r\n|\n|\r|\Z)|[ \t]*(?=#))")


def marked(line: cst.SimpleStatementLine) -> cst.SimpleStatementLine:
    """``line``, a statement alone on its line, with the mark in the statement's place."""
    return line.with_changes(body=[cst.Expr(cst.Name(_MARK))])


def is_marked(node: cst.CSTNode) -> bool:
    return (
        isinstance(node, cst.SimpleStatementLine)
        and isinstance(node.body[0], cst.Expr)
        and isinstance(node.body[0].value, cst.Name)
        and node.body[0].value.value == _MARK
    )


def never_empty(block: cst.IndentedBlock) -> cst.IndentedBlock:
    """``block``, with ``pass`` for the first of its statements where all of them go."""
    if not all(map(is_marked, block.body)):
        return block
    first = block.body[0].with_changes(body=[cst.Pass()])
    return block.with_changes(body=[first, *block.body[1:]])


def without_marks(text: str) -> str:
    """The printed text without the lines of removed statements; comments behind them stay."""
    return _LINE.sub(_left, text)


def refuse_mark(text: str) -> None:
    """Raises ProofError for a file that spells the mark itself."""
    if _MARK in text:
        raise ProofError("engine", f"the file holds the word {_MARK}")


def _left(match: re.Match[str]) -> str:
    following = match.string[match.end() : match.end() + 1]
    return match["indent"] if following == "#" and not match[0].endswith(("\n", "\r")) else ""
