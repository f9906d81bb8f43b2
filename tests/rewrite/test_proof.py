"""The proof must catch what an engine could get wrong: each new text here differs from the right one."""

from __future__ import annotations

import pytest

from migrate.errors import ProofError
from migrate.findings.edits import (
    AddImport,
    Edit,
    InsertAfter,
    RemoveStatement,
    RenameArgument,
    ReplaceText,
    SetArgument,
)
from migrate.rewrite.proof.prove import prove
from migrate.sources.place import Span

CALL = Span(1, 5, 1, 9)
SET = SetArgument(CALL, "b", "1")
RENAME = RenameArgument(Span(1, 1, 4, 2), "a", "b")
TEXT = ReplaceText(Span(1, 5, 1, 8), "x", "y")
IMPORT = AddImport("os")
GONE = RemoveStatement(Span(1, 1, 1, 10))
INSERT = InsertAfter(Span(1, 1, 1, 6), "y = 2")


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("x = f(a)  # é\n", SetArgument(CALL, "b", "1"), "x = f(a, b=1)  # é\n"),
        ("x = f(a)\n", SET, "x = f(\n    a,\n    b=1,\n)\n"),
        ("f(  # c\n    a=1,\n    # d\n)\n", RENAME, "f(  # c\n    b=1,\n    # d\n)\n"),
        ("a = 'x'\n", TEXT, "a = 'y'\n"),
        ("x = 1\n", IMPORT, "import os\n\nx = 1\n"),
        ("x = 1\n", INSERT, "x = 1\ny = 2\n"),
    ],
)
def test_accepts(before: str, edit: Edit, after: str) -> None:
    prove(before, [edit], after)


@pytest.mark.parametrize(
    ("before", "edit", "after", "error"),
    [
        ("x = f(a)\n", SET, "x = f(a, b=1\n", "the new text does not parse"),
        ("x = f(a)\n", SET, "x = f(a)\n", "not the expected one"),
        ("x = f(a)\n", SET, "x = f(a, b=2)\n", "not the expected one"),
        ("x = f(a)\ny = 1\n", SET, "x = f(a, b=1)\ny = 2\n", "not the expected one"),
        ("x = f(a)\ny = 1\n", SET, "x = f(a, b=1)\n", "other statements"),
        ("x = f(a)\n", SET, "x = f(a, b=1)\nz\n", "other statements"),
        ("x = f(a)\n", SET, "x = f(a, b=1)", "outside the edits"),
        ("x = f(a)\n", SET, "x  = f(a, b=1)\n", "outside the edits"),
        ("x = f(a)\n", SET, "x = (f(a, b=1))\n", "text beside"),
        ("x = f(a)  # c\n", SET, "x = f(a, b=1)  # d\n", "outside the edits"),
        ("x = f(a)\r\n", SET, "x = f(a, b=1)\n", "outside the edits"),
        ("x = f(a)\ny = 'a'\n", SET, 'x = f(a, b=1)\ny = "a"\n', "outside the edits"),
        ("f(  # c\n    a=1,\n    # d\n)\n", RENAME, "f(\n    b=1,\n    # d\n)\n", "would be lost"),
        ("a = 'x'\n", TEXT, 'a = "y"\n', "changed in the literal"),
        ("a = 'x'\n", TEXT, "a = r'y'\n", "changed in the literal"),
        ("x = 1\n", IMPORT, "x = 1\n", "must stand once"),
        ("x = 1\n", IMPORT, "import os\nimport os\nx = 1\n", "must stand once"),
        ("'Doc.'\nx = 1\n", IMPORT, "import os\n'Doc.'\nx = 1\n", "must stand once"),
        ("# c\nx = 1\n", IMPORT, "import os\n\nx = 1\n", "more than an import"),
        ("x = 1\n", IMPORT, "import os\n\n\n\n\nx = 1\n", "more than an import"),
        ("x = 1\n", IMPORT, "import os  # c\nx = 1\n", "more than"),
        ("x = 1\n", INSERT, "x = 1; y = 2\n", "more than"),
        ("x = 1\n", INSERT, "x = 1\n# c\ny = 2\n", "outside the edits"),
        ("x = 1\n", INSERT, "y = 2\nx = 1\n", "not the expected one"),
        ("import os\nx = os.x\n", GONE, "x = os.x\n", "'os' is used, and nothing binds it"),
        ("import os\ndef f(): return os.x\n", GONE, "def f(): return os.x\n", "nothing binds it"),
        ("\x0cx = f(a)\n", SET, "x = f(a, b=1)\n", "around line 1"),
    ],
)
def test_refuses(before: str, edit: Edit, after: str, error: str) -> None:
    with pytest.raises(ProofError, match=error):
        prove(before, [edit], after)


def test_without_edits_the_text_must_be_the_same() -> None:
    prove("f(\n", [], "f(\n")
    with pytest.raises(ProofError, match="without an edit"):
        prove("f()\n", [], "f() \n")
