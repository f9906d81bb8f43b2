"""Notebooks: every cell is found where it stands, and an edit changes its characters in the JSON alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.errors import ProofError
from migrate.findings.edits import AddImport, Edit, ReplaceSpan, ReplaceText
from migrate.rewrite.engine.apply import rewrite_text
from migrate.rewrite.engine.notebooks import apply_to_notebook, written_back
from migrate.rewrite.proof.notebooks import prove_notebook
from migrate.sources.cells import joined, split_lines
from migrate.sources.notebooks import NotebookError, read_notebook
from migrate.sources.place import Span

LINES = st.sampled_from(
    [
        "x = 1",
        "%time x",
        "!ls -l",
        'print("ü\U0001f600\\n")',
        "y = '\"'",
        "",
        "# note",
        "\tz",
        "if x:\\",
        "f?",
        "a\u2028b",
    ]
)
SOURCES = st.lists(LINES, min_size=1, max_size=5).map("\n".join)
BOOKS = st.lists(st.tuples(st.sampled_from(["code", "markdown"]), SOURCES), min_size=1, max_size=5)


def written(cells: list[tuple[str, str]], indent: int | None, as_list: bool, ascii_only: bool) -> str:
    rows = [
        {
            "cell_type": kind,
            "metadata": {"source": "not this"},
            "source": source.splitlines(keepends=True) if as_list else source,
            **({"outputs": [{"text": ["gpt-4"]}]} if kind == "code" else {}),
        }
        for kind, source in cells
    ]
    book = {"cells": rows, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=indent, ensure_ascii=ascii_only)


@given(BOOKS, st.sampled_from([None, 1]), st.booleans(), st.booleans())
def test_cells_are_what_json_says(
    cells: list[tuple[str, str]], indent: int | None, as_list: bool, ascii_only: bool
) -> None:
    text = written(cells, indent, as_list, ascii_only)
    found = read_notebook(text).cells
    assert [cell.source for cell in found] == [source for kind, source in cells if kind == "code"]
    for cell in found:
        assert (text[cell.start], text[cell.end - 1]) in (("[", "]"), (chr(34), chr(34)))
    view = joined(read_notebook(text))
    lines = split_lines(view.text)
    for start, cell in zip(view.starts, view.cells, strict=True):
        assert [len(line) for line in split_lines(cell.source)][:-1] == [
            len(line) for line in lines[start.line - 1 : start.line - 1 + len(split_lines(cell.source))]
        ][:-1]
    assert written_back(text, view, [cell.source for cell in view.cells]) == text


@given(st.data(), BOOKS, st.sampled_from([None, 1, 4]), st.booleans(), st.booleans())
def test_only_characters_of_the_source_change(
    data: st.DataObject, cells: list[tuple[str, str]], indent: int | None, as_list: bool, ascii_only: bool
) -> None:
    text = written(cells, indent, as_list, ascii_only)
    view = joined(read_notebook(text))
    sources = [data.draw(st.one_of(st.just(cell.source), SOURCES)) for cell in view.cells]
    try:
        new = written_back(text, view, sources)
    except ProofError:
        return
    prove_notebook(text, [cell.number for cell in view.cells], sources, new)
    assert "" not in [
        piece
        for row in json.loads(new)["cells"]
        for piece in row["source"]
        if isinstance(row["source"], list)
    ]


def test_a_magic_is_edited_beside_python() -> None:
    text = written([("code", "%pip install openai==0.28\nMODEL = 'gpt-4'\n!ls")], 1, True, True)
    view = joined(read_notebook(text))
    assert [line for _, line in view.installs()] == ["%pip install openai==0.28"]
    edits: list[Edit] = [
        ReplaceSpan(Span(1, 22, 1, 26), "0.28", "2.1"),
        ReplaceText(Span(2, 9, 2, 16), "gpt-4", "gpt-5.2"),
    ]
    expected = text.replace("==0.28", "==2.1").replace("'gpt-4'", "'gpt-5.2'")
    assert apply_to_notebook(text, edits, rewrite_text) == expected


def test_a_package_is_not_imported_before_it_is_installed() -> None:
    cells = [("code", "import json"), ("code", "%pip install haystack-ai"), ("code", "x = 1")]
    text = written(cells, 1, True, True)
    with pytest.raises(ProofError, match="before it is installed"):
        apply_to_notebook(text, [AddImport("haystack.utils", "Secret")], rewrite_text)
    assert '"import os' in apply_to_notebook(text, [AddImport("os")], rewrite_text)
    installed = written(cells[1:], 1, True, True)
    assert "haystack.utils" in apply_to_notebook(
        installed, [AddImport("haystack.utils", "Secret")], rewrite_text
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline\nx = 1", "0#atplotlib inline\nx = 1"),
        ("!pip install \\\n    openai\nx = 1", "0#ip install \\\n#   openai\nx = 1"),
        ("text = '''\n!no magic\nreally?\n'''", "text = '''\n!no magic\nreally?\n'''"),
        ("if x:\n    %time y()\n", "if x:\n    0#ime y()\n"),
        ("files = !ls", "files = 0#s"),
        ("x = y %2\n%ls", "x = y %2\n0#s"),
    ],
)
def test_what_is_no_python_is_kept_aside(source: str, expected: str) -> None:
    view = joined(read_notebook(written([("code", source)], None, False, True)))
    assert view.text == expected + ("" if expected.endswith("\n") else "\n") + "#%%\n"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"cells": 1}', '{"cells": [{"cell_type": "code", "source": 1}]}', "nb"]
)
def test_what_is_no_notebook_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotebookError):
        read_notebook(text)


def test_a_change_outside_of_a_source_is_refused() -> None:
    text = written([("code", "x = 1")], 1, True, True)
    with pytest.raises(ProofError, match="beside the source"):
        prove_notebook(text, [1], ["x = 1"], text.replace('"gpt-4"', '"gpt-5"'))
    with pytest.raises(ProofError, match="cell 1"):
        prove_notebook(text, [1], ["x = 2"], text)
