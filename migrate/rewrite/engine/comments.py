"""Edits of lines that are comments of a Python file and nothing else, beside those of its code."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import Edit, ReplaceSpan
from migrate.rewrite.engine.apply import rewrite_text
from migrate.rewrite.engine.splicing import apply_splices
from migrate.sources.lines import Lines


def apply_with_comments(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with ``edits`` made: those of comments first, which move no line, and then those of the code.
    Raises ProofError."""
    comments = [edit for edit in edits if isinstance(edit, ReplaceSpan)]
    code = [edit for edit in edits if not isinstance(edit, ReplaceSpan)]
    lines = Lines(text)
    for edit in comments:
        one_line = edit.span.line == edit.span.end_line and "\n" not in edit.new and "\r" not in edit.new
        if not one_line or not lines.line(edit.span.line).startswith("#"):
            raise ProofError("engine", f"line {edit.span.line} is no comment")
    between = apply_splices(text, comments)
    # A line of a string can begin like a comment.
    if ast.dump(ast.parse(text)) != ast.dump(ast.parse(between)):
        raise ProofError("proof", "an edit of a comment would change the code")
    return rewrite_text(between, code) if code else between
