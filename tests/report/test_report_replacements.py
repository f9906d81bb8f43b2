"""The stretches that make one text another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.report.replacements import replacements
from migrate.sources.lines import Lines
from migrate.sources.place import Span


def made(old: str, new: str) -> str:
    """``old`` with its replacements made, last first."""
    lines = Lines(old)
    for span, text in reversed(list(replacements(old, new))):
        start, end = lines.offsets(span)
        old = old[:start] + text + old[end:]
    return old


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a\nb\n", "a\nb\n", []),
        ('x = "gpt-4"\n', 'x = "gpt-5.2"\n', [(Span(1, 10, 1, 11), "5.2")]),
        ("a\nb\nc\n", "a\nc\n", [(Span(2, 1, 3, 1), "")]),
        ("a\n", "import os\na\n", [(Span(1, 1, 1, 1), "import os\n")]),
        ("é(1)\n", "é(12)\n", [(Span(1, 4, 1, 4), "2")]),
        ("aa\n", "a\n", [(Span(1, 2, 1, 3), "")]),
    ],
)
def test_only_what_differs(old: str, new: str, expected: list[tuple[Span, str]]) -> None:
    assert list(replacements(old, new)) == expected


TEXT = st.text(st.sampled_from("ab\n\r é"), max_size=30)


@given(TEXT, TEXT)
def test_made_in_the_old_text_they_give_the_new_one(old: str, new: str) -> None:
    assert made(old, new) == new
