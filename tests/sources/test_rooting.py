"""Folders that are packages: what their own files call them."""

from __future__ import annotations

from pathlib import Path

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.settings import Settings
from migrate.sources.rooting import package_at


def test_the_name_of_a_folder_that_is_a_package(tmp_path: Path) -> None:
    inner = tmp_path / "ours" / "app"
    inner.mkdir(parents=True)
    for folder in (inner.parent, inner):
        (folder / "__init__.py").write_text("")
    assert [package_at(one) for one in (inner, inner.parent, tmp_path)] == ["ours.app", "ours", ""]


def test_a_package_is_scanned_alone_as_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "__init__.py").write_text("")
    (tmp_path / "ours" / "llm.py").write_text("from openai import OpenAI\n\nclient = OpenAI()\n")
    call = "from ours.llm import client\n\nclient.responses.create(model='gpt-4o')\n"
    (tmp_path / "ours" / "bot.py").write_text(call)
    for folder in (tmp_path, tmp_path / "ours"):
        found = scan([folder], Settings(cache=False), load()).call_sites
        assert [one.symbol for one in found if one.kind == "responses"] == ["openai.OpenAI.responses.create"]
