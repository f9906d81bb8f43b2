"""Every folder of fixtures/program is a small repository; expected.txt says what a scan finds in it."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from program_lines import lines

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.settings import Settings

CASES = Path(__file__).parents[2] / "fixtures" / "program"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_case(case: str, tmp_path: Path) -> None:
    root = copytree(CASES / case, tmp_path / "case", ignore=ignore_patterns("expected.txt", "__pycache__"))
    expected = CASES / case / "expected.txt"
    inventory = scan([root], Settings(), load())
    found = lines(inventory)
    silent = [str(site.place) for site in inventory.call_sites if not (site.model.complete or site.model.why)]
    assert not silent, "not all models are known, and nothing says why"
    assert found == (expected.read_text(encoding="utf-8") if expected.exists() else "")
