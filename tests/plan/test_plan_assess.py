"""Every folder of fixtures/usecases: what each call is for and how long its answer may take.

``expected.tsv`` has a row for each call: place, use case (``unclear`` where nothing may be claimed), latency.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from migrate import pipeline
from migrate.catalog import load
from migrate.plan.assess import assess
from migrate.settings import Settings

FOLDER = Path(__file__).parents[2] / "fixtures" / "usecases"
CASES = sorted(path.parent for path in FOLDER.glob("*/expected.tsv"))


def assessed(case: Path, folder: Path) -> list[tuple[str, str, str]]:
    """(place, use case, latency) of every call of a case, which is copied into ``folder``: nothing around it
    may be seen."""
    copytree(case, folder)
    inventory = pipeline.inventory([folder], Settings(cache=False))
    found = assess(inventory, load())
    rows: list[tuple[str, str, str]] = []
    for site in inventory.call_sites:
        if site.id in found:
            one = found[site.id]
            rows.append((f"{site.place.path}:{site.place.span.line}", one.use_case, one.latency))
            assert bool(one.evidence) or one.use_case == "unclear", "a claim has its evidence"
            assert bool(one.latency_evidence) == (one.latency != "unknown")
    return rows


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_case(folder: Path, tmp_path: Path) -> None:
    expected = (folder / "expected.tsv").read_text("utf-8").splitlines()
    assert assessed(folder, tmp_path / "project") == [tuple(line.split("\t")) for line in expected if not line.startswith("#")]
