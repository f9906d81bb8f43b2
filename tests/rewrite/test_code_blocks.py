"""Code blocks of documents: their Python is found and changed, and every other line stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.errors import ProofError
from migrate.findings.edits import AddImport, Edit, InsertAfter, ReplaceSpan, ReplaceText, SetArgument
from migrate.rewrite.engine.apply import rewrite_text
from migrate.rewrite.engine.documents import apply_to_document
from migrate.sources.fences import fences, view
from migrate.sources.lines import Lines
from migrate.sources.place import Span

FENCES = ["```python", "```", "~~~py", "~~~", "```sh", ".. code-block:: python", "   :opt:"]
PIECES = st.sampled_from([*FENCES, "x = 1", "", "  y = 2", "text #|", "#|3", "\t"])


@given(st.lists(PIECES, max_size=14), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["a.md", "a.rst"]))
def test_a_document_comes_back_as_it_was(lines: list[str], end: str, path: str) -> None:
    text = end.join(lines)
    found = view(path, text)
    if found is None:
        return
    assert len(Lines(found.text)) == len(Lines(text))
    first = found.fences[0].first
    edits: list[Edit] = [AddImport("os")]
    assert apply_to_document(path, text, [], rewrite_text) == text
    try:
        new = apply_to_document(path, text, edits, rewrite_text)
    except ProofError:
        return
    added = [line for line in new.splitlines() if line not in text.splitlines()]
    assert [line.strip() for line in added if line.strip()] in ([], ["import os"])
    assert new.splitlines()[: first - 1] == text.splitlines()[: first - 1]


def test_indentation_is_that_of_the_block() -> None:
    text = "1. first\n\n   ```python\n   model = 'gpt-4'\n\n   print(model)\n   ```\n"
    edits: list[Edit] = [
        ReplaceText(Span(4, 9, 4, 16), "gpt-4", "gpt-5.2"),
        InsertAfter(Span(4, 1, 4, 16), "effort = 'none'"),
    ]
    new = apply_to_document("a.md", text, edits, rewrite_text)
    assert new == text.replace("gpt-4'", "gpt-5.2'\n   effort = 'none'")


def test_a_block_with_imports_of_its_own_stands_alone() -> None:
    block = "```python\nfrom openai import OpenAI\nclient = OpenAI({})\n```\n"
    text = block.format("") + "and again\n" + block.format("")
    code = 'os.environ["KEY"]'
    edits: list[Edit] = [AddImport("os")]
    edits += [SetArgument(Span(line, 10, line, 18), "api_key", code) for line in (3, 8)]
    new = apply_to_document("a.md", text, edits, rewrite_text)
    assert [one.count("import os") for one in new.split("and again")] == [1, 1]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.md", "```python\nx\n```\n", [("python", 2, 2, "")]),
        ("a.md", "~~~~ {.python}\nx\n~~~\n~~~~\n", [("python", 2, 3, "")]),
        ("a.md", "```\nx\n```\n```bash\ny\n```\n", [("shell", 5, 5, "")]),
        ("a.md", "```python\nnever closed\n", []),
        ("a.rst", ".. code:: python\n\n   x\n\n   y\n\nz\n", [("python", 3, 5, "   ")]),
        ("a.rst", ".. code-block:: python\n\nnot inside\n", []),
    ],
)
def test_where_blocks_are(path: str, text: str, found: list[tuple[str, int, int, str]]) -> None:
    assert [(one.language, one.first, one.last, one.indent) for one in fences(path, text)] == found


def test_a_line_outside_of_a_block_is_not_edited() -> None:
    with pytest.raises(ProofError):
        apply_to_document("a.md", "gpt-4\n", [ReplaceText(Span(1, 1, 1, 6), "gpt-4", "x")], rewrite_text)
    text = "```sh\nexport M=gpt-4\n```\n"
    splice = ReplaceSpan(Span(2, 10, 2, 15), "gpt-4", "gpt-5.2")
    assert apply_to_document("a.md", text, [splice], rewrite_text) == text.replace("gpt-4", "gpt-5.2")
