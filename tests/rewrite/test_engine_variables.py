"""SetVariable in environment files: the line's own manner is kept, everything else is refused."""

from __future__ import annotations

import pytest

from migrate.errors import ProofError
from migrate.findings.edits import AddImport, Edit, SetVariable
from migrate.rewrite.engine.variables import apply_variables
from migrate.sources.place import Span


def _line(number: int, name: str, value: str, end: int = 2) -> SetVariable:
    return SetVariable(Span(number, 1, number, end), name, value)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("A=1\nB=x # c\n", [_line(2, "B", "y")], "A=1\nB=y # c\n"),
        ("A=1", [_line(1, "A", "2")], "A=2"),
        ("A=1\r\nB=2\r\n", [_line(1, "A", "3")], "A=3\r\nB=2\r\n"),
        ("export A = 'x'  # c\n", [_line(1, "A", "y z")], "export A = 'y z'  # c\n"),
        ('A="x"\n', [_line(1, "A", "y")], 'A="y"\n'),
        ('A="x"\n', [_line(1, "A", "$y")], "A='$y'\n"),
        ("A=x\n", [_line(1, "A", "y z")], "A='y z'\n"),
        ("A=\n", [_line(1, "A", "y")], "A=y\n"),
        ("A= # c\n", [_line(1, "A", "y")], "A=y # c\n"),
        ("A=a#b\n", [_line(1, "A", "y")], "A=y\n"),
        ("A=x\n", [_line(1, "A", "x")], "A=x\n"),
        ("A=x\n", [_line(1, "A", "y"), _line(1, "A", "y")], "A=y\n"),
        ("A=1\nC=3\n", [_line(2, "B", "2", 1)], "A=1\nB=2\nC=3\n"),
        ("A=1\n", [_line(2, "B", "2", 1)], "A=1\nB=2\n"),
        ("A=1\r\nC=3", [_line(3, "D", "4", 1)], "A=1\r\nC=3\r\nD=4"),
        ("", [_line(1, "B", "2", 1)], "B=2\n"),
        ("# about\n", [_line(2, "B", "2", 1), _line(2, "C", "3", 1)], "# about\nB=2\nC=3\n"),
        ("A=1", [], "A=1"),
    ],
)
def test_variables(before: str, edits: list[Edit], after: str) -> None:
    assert apply_variables(before, edits) == after


@pytest.mark.parametrize(
    ("before", "edits", "error"),
    [
        ("A=1\n", [_line(1, "B", "2")], "does not assign B"),
        ("A=1\n", [_line(5, "A", "2")], "does not assign A"),
        ("# A=1\n", [_line(1, "A", "2")], "does not assign A"),
        ('A="1\n2"\n', [SetVariable(Span(1, 1, 2, 3), "A", "2")], "on one line"),
        ("A=1\n", [_line(2, "A", "2", 1)], "assigned in line 1 already"),
        ("A=1\n", [_line(1, "A", "a\nb")], "more than one line"),
        ("A=1\n", [_line(1, "A", "it's")], "need escaping"),
        ("A=1\n", [_line(1, "A", "2"), _line(1, "A", "3")], "contradict"),
        ("A=1\n", [_line(2, "B", "2", 1), _line(2, "B", "3", 1)], "contradict"),
        ("A=1\n", [SetVariable(Span(1, 2, 1, 2), "B", "2")], "no line's start"),
        ("A=1\n", [_line(4, "B", "2", 1)], "no line's start"),
        ("A=1\n", [_line(1, "A B", "2")], "no variable name"),
        ("A=1\n", [AddImport("os")], "not for environment files"),
    ],
)
def test_refused(before: str, edits: list[Edit], error: str) -> None:
    with pytest.raises(ProofError, match=error):
        apply_variables(before, edits)
