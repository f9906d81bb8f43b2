"""Positions: what ``ast`` says in bytes must be what the text says in characters."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.sources.lines import Lines
from migrate.sources.place import Span

# Pieces that split lines for Python (\r), for str.splitlines only (\x0c, \x1c, \u2028), or widen columns.
_PIECES = ["a", "é", "日", "🎉", "\U0010ffff", "\u2028", "\x0c", "\x1c", "\x85", " ", "'", "x1"]
_ENDS = ["\n", "\r\n", "\r"]


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Assignments of strings that hold anything, one or several a line, with any line end."""
    lines = []
    for number in range(draw(st.integers(1, 6))):
        values = draw(st.lists(st.lists(st.sampled_from(_PIECES)).map("".join), min_size=1, max_size=3))
        names = " = ".join(f"é{number}" for _ in values)
        texts = ", ".join('"' + value + '"' for value in values)
        comment = draw(st.sampled_from(["", "  # ü\u2028 \x0c", ";b=1"]))
        end = draw(st.sampled_from(_ENDS))
        inner = draw(st.sampled_from(_ENDS))
        lines.append(f'{names} = ({texts}, """ö{inner}ä""", ß){comment}{end}')
    return draw(st.sampled_from(["", "\x0c", "# ü" + "\n"])) + "".join(lines)


@given(programs())
def test_spans_of_ast_nodes_hold_their_source(text: str) -> None:
    lines = Lines(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            assert lines.slice(lines.of(node)) == node.id
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            shown = lines.slice(lines.of(node))
            assert ast.literal_eval(shown) == node.value


@given(st.lists(st.sampled_from([*_PIECES, *_ENDS])).map("".join), st.data())
def test_position_is_the_inverse_of_offset(text: str, data: st.DataObject) -> None:
    lines = Lines(text)
    offset = data.draw(st.integers(0, len(text)))
    assert lines.offset(*lines.position(offset)) == offset
    end = data.draw(st.integers(offset, len(text)))
    assert lines.offsets(lines.between(offset, end)) == (offset, end)
    assert lines.slice(lines.between(offset, end)) == text[offset:end]


@given(st.lists(st.sampled_from([*_PIECES, *_ENDS])).map("".join))
def test_lines_are_those_of_universal_newlines(text: str) -> None:
    lines = Lines(text)
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [lines.line(number + 1) for number in range(len(lines))] == expected


@given(st.text(st.sampled_from("aé日🎉"), min_size=1), st.data())
def test_column_of_every_character(line: str, data: st.DataObject) -> None:
    text = "ü = 1\n" + line + "\n"
    index = data.draw(st.integers(0, len(line)))
    assert Lines(text).column(2, len(line[:index].encode())) == index + 1


@pytest.mark.parametrize(
    ("text", "numbers", "span", "piece"),
    [
        ("x = 1\n", (1, 4, 1, 5), Span(1, 5, 1, 6), "1"),
        ("é = 1\n", (1, 5, 1, 6), Span(1, 5, 1, 6), "1"),
        ("'🎉' + y\r\nz\r\n", (2, 0, 2, 1), Span(2, 1, 2, 2), "z"),
        ("'🎉' + y\r\nz\r\n", (1, 9, 1, 10), Span(1, 7, 1, 8), "y"),
        ("a\rb\rc", (3, 0, 3, 1), Span(3, 1, 3, 2), "c"),
        ("a\x0cb\x1c\u2028c\nd", (2, 0, 2, 1), Span(2, 1, 2, 2), "d"),
        ("f(a,\n  b)", (1, 0, 2, 4), Span(1, 1, 2, 5), "f(a,\n  b)"),
        ("a\n", (2, 0, 2, 0), Span(2, 1, 2, 1), ""),
        ("", (1, 0, 1, 0), Span(1, 1, 1, 1), ""),
    ],
)
def test_span_of_ast_numbers(text: str, numbers: tuple[int, int, int, int], span: Span, piece: str) -> None:
    lines = Lines(text)
    assert lines.span(*numbers) == span
    assert lines.slice(span) == piece


def test_a_long_line_beyond_ascii_is_measured_once() -> None:
    text = "x = [" + "'é', " * 20_000 + "]"
    lines = Lines(text)
    strings = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert {lines.slice(lines.of(node)) for node in strings} == {"'é'"}
