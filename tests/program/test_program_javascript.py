"""Every folder of fixtures/javascript is a repository with JavaScript or TypeScript, and the calls in it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from program_lines import lines

from migrate.catalog import load
from migrate.pipeline import proposal
from migrate.program.inventory import scan
from migrate.settings import Settings

CASES = Path(__file__).parents[2] / "fixtures" / "javascript"
NEEDED = pytest.mark.skipif(importlib.util.find_spec("ast_grep_py") is None, reason="the extra js is missing")


def repository(case: str, tmp_path: Path) -> Path:
    return copytree(CASES / case, tmp_path / "case", ignore=ignore_patterns("expected.txt"))


@NEEDED
@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_case(case: str, tmp_path: Path) -> None:
    expected = CASES / case / "expected.txt"
    found = lines(scan([repository(case, tmp_path)], Settings(), load()))
    assert found == (expected.read_text(encoding="utf-8") if expected.exists() else "")


@NEEDED
def test_nothing_in_it_is_edited(tmp_path: Path) -> None:
    settings = Settings(include_review=True)
    _, proposed = proposal([repository("openai-and-ai-sdk", tmp_path)], settings)
    assert [one for one in proposed.findings if one.place.path == "web.ts"]
    assert not [one for one in proposed.findings if one.edits]
    assert not proposed.changes


def test_a_line_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrate.program.http.languages.find_spec", lambda name: None)
    found = scan([repository("openai-and-ai-sdk", tmp_path)], Settings(), load())
    assert not found.call_sites
    (said,) = found.outcomes
    assert (said.path, said.state) == ("web.ts", "skipped")
    assert "pip install 'repoint[js]'" in said.reason
