"""On small projects of fixtures/stages: making the changes that repoint proposes never lowers the score."""

from __future__ import annotations

import datetime
from pathlib import Path
from shutil import copytree

import pytest

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.report.readiness.judging import judge, subject_of
from migrate.review.apply import apply_changes
from migrate.rewrite.propose import propose
from migrate.settings import load_settings

CASES = Path(__file__).parents[2] / "fixtures" / "stages"
NAMES = sorted(path.name for path in CASES.iterdir())
TODAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize("name", NAMES)
def test_a_change_never_lowers_the_score(name: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    copytree(CASES / name / "before", root)
    settings = load_settings(root, {"today": TODAY, "include_review": True, "cache": False})
    catalog = load()
    inventory = scan([root], settings, catalog)
    proposal = propose(inventory, settings, catalog)
    before = judge(subject_of([root], inventory, proposal.findings, settings, catalog)).score
    apply_changes(proposal)
    again = scan([root], settings, catalog)
    left = propose(again, settings, catalog).findings
    after = judge(subject_of([root], again, left, settings, catalog)).score
    if before is not None and after is not None:
        assert after >= before
