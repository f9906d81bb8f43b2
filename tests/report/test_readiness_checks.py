"""Every folder of fixtures/readiness/<check> is a small project, and its name the mark which that check gives
to all that it judges there. A word may follow the mark: ``pass-in-a-plain-function``."""

from __future__ import annotations

import datetime
from pathlib import Path
from shutil import copytree

import pytest

from migrate.catalog import load
from migrate.catalog.checklist import Check
from migrate.program.inventory import scan
from migrate.report.readiness.judging import judge, subject_of
from migrate.rewrite.propose import propose
from migrate.settings import load_settings

CASES = Path(__file__).parents[2] / "fixtures" / "readiness"
NAMES = sorted(f"{case.parent.name}/{case.name}" for case in CASES.glob("*/*"))
TODAY = datetime.date(2026, 11, 23)


def _mark(case: str) -> str:
    return case.partition("-")[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_mark_of_a_check(name: str, tmp_path: Path) -> None:
    root = copytree(CASES / name, tmp_path / "project")
    settings = load_settings(root, {"today": TODAY, "include_review": True, "cache": False})
    catalog = load(settings.rules)
    inventory = scan([root], settings, catalog)
    findings = propose(inventory, settings, catalog).findings
    found = judge(subject_of([root], inventory, findings, settings, catalog))
    check, case = name.split("/")
    marks = {one.mark for each in found.checks if each.id == check for one in each.evidence}
    assert marks == {_mark(case)}


@pytest.mark.parametrize("check", load().checklist.checks, ids=lambda check: check.id)
def test_every_check_can_pass_and_can_be_missed(check: Check) -> None:
    marks = {_mark(case.name) for case in (CASES / check.id).iterdir()}
    assert "pass" in marks
    assert not check.partial or "partial" in marks
    assert not check.fails or marks & {"fail", "unknown"}
