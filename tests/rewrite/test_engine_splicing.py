"""ReplaceSpan in text files: only the named characters change, everything else is refused."""

from __future__ import annotations

import pytest

from migrate.errors import ProofError
from migrate.findings.edits import AddImport, Edit, ReplaceSpan
from migrate.rewrite.engine.splicing import apply_splices
from migrate.sources.place import Span


def _on_line(line: int, column: int, old: str, new: str) -> ReplaceSpan:
    return ReplaceSpan(Span(line, column, line, column + len(old)), old, new)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("model: gpt-4 # x\r\n", [_on_line(1, 8, "gpt-4", "gpt-5.2")], "model: gpt-5.2 # x\r\n"),
        ("a\nb\n", [_on_line(2, 1, "b", "c"), _on_line(1, 1, "a", "aa")], "aa\nc\n"),
        ("é=1\n", [_on_line(1, 3, "1", "2"), _on_line(1, 3, "1", "2")], "é=2\n"),
        ("a\n", [_on_line(2, 1, "", "b\n")], "a\nb\n"),
        ("a\nb\nc", [ReplaceSpan(Span(1, 1, 3, 1), "a\nb\n", "")], "c"),
    ],
)
def test_named_characters_change(before: str, edits: list[Edit], after: str) -> None:
    assert apply_splices(before, edits) == after


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([_on_line(1, 1, "b", "c")], "scan the file again"),
        ([_on_line(9, 1, "b", "c")], "scan the file again"),
        ([_on_line(1, 1, "abc", "x"), _on_line(1, 2, "b", "y")], "two edits"),
        ([_on_line(1, 2, "", "x"), _on_line(1, 2, "", "y")], "two edits"),
        ([AddImport("os")], "not Python"),
    ],
)
def test_everything_else_is_refused(edits: list[Edit], said: str) -> None:
    with pytest.raises(ProofError, match=said):
        apply_splices("abc\n", edits)
