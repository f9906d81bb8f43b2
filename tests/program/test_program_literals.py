"""Every folder of fixtures/literals is a small repository; expected.txt says which model ids stand in it,
what each is there for, and which calls, by their lines, it reaches."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from migrate.catalog import load
from migrate.program.inventory import Inventory, scan
from migrate.program.literals.records import ModelLiteral
from migrate.settings import Settings

CASES = Path(__file__).parents[2] / "fixtures" / "literals"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_case(case: str, tmp_path: Path) -> None:
    root = copytree(CASES / case, tmp_path / "case", ignore=ignore_patterns("expected.txt", "__pycache__"))
    expected = CASES / case / "expected.txt"
    found = scan([root], Settings(), load())
    lines = [_line(found, one) for one in found.literals.of(found.call_sites, found.selected | found.beside)]
    assert lines == (expected.read_text(encoding="utf-8").splitlines() if expected.exists() else [])


def _line(found: Inventory, one: ModelLiteral) -> str:
    lines = [str(site.place.span.line) for site in found.call_sites if site.id in one.reaches]
    reached = f" reaches {', '.join(lines)}" if lines else ""
    return f"{one.place} {one.value} {one.role} {'use' if one.use else 'definition'}{reached}"
