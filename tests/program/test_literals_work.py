"""Model ids in long files: each is told once, and twice the text is twice the work."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.program.literals.records import ModelLiteral
from migrate.settings import Settings


def translations(size: int) -> str:
    return json.dumps({"use gpt-4o now": "a"} | {f"entry {n}": "words" for n in range(size)})


def described(size: int) -> str:
    return json.dumps({f"name {n}": "gpt-4o" for n in range(size)} | {"model": "gpt-4", "description": "x"})


def on_one_line(size: int) -> str:
    return json.dumps(["use gpt-4o now"] * size)


def aliases(size: int) -> str:
    return f'a: &a "{"gpt-4o " * 200}"\nb: [{"*a, " * size}]\n'


def settings(size: int) -> str:
    return f"# MODEL=gpt-4o {'MODEL=gpt-4o ' * size}\n{'MODEL=gpt-4o ' * size}\n"


@pytest.mark.parametrize(
    ("make", "name", "most"),
    [
        (translations, "a.json", 1),
        (described, "a.json", 401),
        (on_one_line, "a.json", 400),
        (aliases, "a.yaml", 200),
        (settings, "a.sh", 801),
    ],
)
def test_work_grows_with_the_text(make: Callable[[int], str], name: str, most: int, tmp_path: Path) -> None:
    small, _ = _work(tmp_path / "small", name, make(200))
    large, found = _work(tmp_path / "large", name, make(400))
    assert large < 2.3 * small
    assert len(found) == most


def test_a_text_of_prefixes_is_no_id(tmp_path: Path) -> None:
    _, found = _work(
        tmp_path / "one", "a.yaml", f"a: {'openai/' * 2_000}gpt-4o\nmodel: openai/openai/gpt-4o\n"
    )
    assert {one.value for one in found} == {"gpt-4o", "openai/openai/gpt-4o"}


def _work(folder: Path, name: str, text: str) -> tuple[int, tuple[ModelLiteral, ...]]:
    """How many lines of this program run to find the ids of one file, and the ids."""
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    inventory = scan([folder], Settings(cache=False), load())
    inventory.literals.of((), ())  # what every file pays for once
    count = 0

    def inside(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return inside

    sys.settrace(inside)
    try:
        found = inventory.literals.of(inventory.call_sites, inventory.beside)
    finally:
        sys.settrace(None)
    return count, found
