"""What the engine promises besides its results: no edit costs nothing, and positions are libcst's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from migrate.findings.edits import SetArgument
from migrate.rewrite.engine.apply import apply_edits, rewrite_text
from migrate.rewrite.engine.cst_module import parse_exactly
from migrate.rewrite.engine.source import TextOffsets, split_lines
from migrate.sources.place import Span

SOURCES = sorted((Path(__file__).parents[2] / "migrate" / "rewrite" / "engine").glob("cst*.py"))


def test_no_edits_return_the_text_as_it_is() -> None:
    assert apply_edits("not python at all (", []) == "not python at all ("
    assert rewrite_text("f( 1 )\r\n", []) == "f( 1 )\r\n"


def test_libcst_is_imported_only_for_an_edit() -> None:
    code = (
        "import sys; from migrate.rewrite.engine.apply import rewrite_text; rewrite_text('x', []);"
        "sys.exit('libcst' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode
        == 0
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_offsets_agree_with_position_provider(path: Path) -> None:
    text = path.read_text("utf-8")
    parsed = parse_exactly(text)
    lines = TextOffsets(split_lines(text))
    positions = MetadataWrapper(parsed.module, unsafe_skip_copy=True).resolve(PositionProvider)
    compared = 0
    for node, (start, end) in parsed.spans.items():
        if isinstance(node, (cst.Tuple, cst.GeneratorExp)) and node.lpar:
            assert text[start] + text[end - 1] == "()"
        elif isinstance(node, (cst.BaseExpression, cst.BaseStatement, cst.BaseSmallStatement)):
            where = positions[node]
            assert lines.offset(where.start.line, where.start.column + 1) == start
            assert lines.offset(where.end.line, where.end.column + 1) == end
            compared += 1
    assert compared > 100


def test_a_hundred_edits_are_one_pass() -> None:
    lines = [f"f({number})  # {number}\n" for number in range(1, 101)]
    edits = [SetArgument(Span(n, 1, n, len(f"f({n})") + 1), "x", "1") for n in range(1, 101)]
    assert rewrite_text("".join(lines), edits) == "".join(line.replace(")", ", x=1)", 1) for line in lines)
