"""Ids of call sites survive edits around them."""

from __future__ import annotations

from pathlib import Path

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.settings import Settings

TEXT = """from openai import OpenAI

client = OpenAI()


def ask():
    client.chat.completions.create(model="gpt-4o", messages=[])
    return client.chat.completions.create(model="gpt-4", messages=[])
"""


def ids(root: Path, text: str) -> list[str]:
    (root / "app.py").write_text(text, encoding="utf-8")
    return [site.id for site in scan([root], Settings(), load()).call_sites]


def test_lines_that_move_change_no_id(tmp_path: Path) -> None:
    before = ids(tmp_path, TEXT)
    assert len(set(before)) == 3
    assert ids(tmp_path, "# a comment\n\n" + TEXT.replace("def ask", "\n\ndef ask")) == before


def test_another_model_changes_no_id(tmp_path: Path) -> None:
    assert ids(tmp_path, TEXT) == ids(tmp_path, TEXT.replace("gpt-4o", "gpt-5.2"))


def test_another_function_is_another_call(tmp_path: Path) -> None:
    before = ids(tmp_path, TEXT)
    after = ids(tmp_path, TEXT.replace("def ask", "def answer"))
    assert before[0] == after[0]
    assert set(before[1:]).isdisjoint(after[1:])
