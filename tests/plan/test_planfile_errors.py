"""Every plan file of fixtures/plan/broken.toml is refused with file, entry, key and cure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli
from plan_sites import TABLES
from planned_repository import edit, planned, repository, settings

from migrate import pipeline
from migrate.errors import PlanError
from migrate.plan.planfile.entry import NAME

CASES: list[dict[str, Any]] = tomli.loads((TABLES / "broken.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_broken_plan_is_refused(case: dict[str, Any], tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    planned(folder)
    if "text" in case:
        (folder / NAME).write_text(case["text"], encoding="utf-8")
    else:
        edit(folder, **case["entry"])
    before = (folder / "app.py").read_bytes()
    for run in (pipeline.findings, pipeline.proposal):
        with pytest.raises(PlanError) as error:
            run([folder], settings())
        assert str(folder / NAME) in str(error.value)
        assert not [words for words in case["says"] if words not in str(error.value)], str(error.value)
    assert (folder / "app.py").read_bytes() == before


def test_a_plan_that_is_named_must_be_there(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    with pytest.raises(PlanError, match="no such plan file"):
        pipeline.findings([folder], settings(plan=folder / "other.toml"))


def test_an_id_stands_in_one_entry_only(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    planned(folder)
    file = folder / NAME
    text = file.read_text("utf-8")
    file.write_text(text + text[text.index("\n[[call]]") :], encoding="utf-8")
    with pytest.raises(PlanError, match="it stands there twice"):
        pipeline.findings([folder], settings())


def test_a_plan_that_is_not_followed_may_be_broken(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    (folder / NAME).write_text("not a plan", encoding="utf-8")
    assert pipeline.findings([folder], settings(no_plan=True))[1].findings
