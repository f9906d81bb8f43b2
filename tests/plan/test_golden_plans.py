"""The plans of three sample applications are those of fixtures/golden; a round through them keeps edits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomlkit
from golden_plans import APPLICATIONS, GOLDEN, copied, plan_text, settings

from migrate import pipeline
from migrate.plan.planfile.entry import NAME, Entry
from migrate.plan.planfile.merging import fresh, merged
from migrate.plan.planfile.reading import parsed
from migrate.review.apply import apply_changes


@pytest.mark.parametrize("name", APPLICATIONS)
def test_the_plan_is_the_golden_one(name: str, tmp_path: Path) -> None:
    wanted = (GOLDEN / f"{name}.toml").read_text("utf-8")
    assert plan_text(copied(name, tmp_path)) == wanted, "meant so? python tests/plan/golden_plans.py"


def _planned(root: Path) -> tuple[Entry, ...]:
    made = pipeline.plan([root], settings())
    file = root / NAME
    text = merged(file.read_text("utf-8"), made.plan, file) if file.exists() else fresh(made.plan)
    file.write_text(text, encoding="utf-8")
    return parsed(text, file).call


@pytest.mark.parametrize("name", APPLICATIONS)
def test_plan_edit_plan_apply(name: str, tmp_path: Path) -> None:
    """Every second accepted call is kept, the others get another model; each has a note and a comment."""
    root = copied(name, tmp_path)
    accepted = [entry.id for entry in _planned(root) if entry.decision == "accept" and entry.effort]
    assert accepted
    document = tomlkit.parse((root / NAME).read_text("utf-8"))
    calls: Any = document["call"]
    for call in calls:
        call["note"] = f"seen {call['id']}"
        call["note"].comment(f"by Ana, {call['id']}")
        if call["id"] in accepted[::2]:
            call["model"], call["effort"] = "gpt-5.4-mini", "low"
        elif call["id"] in accepted:
            call["decision"] = "keep"
    (root / NAME).write_text(tomlkit.dumps(document), encoding="utf-8")
    edited = {entry.id: entry for entry in _planned(root)}
    for one in calls:
        entry = edited[str(one["id"])]
        assert (entry.decision, entry.model, entry.note) == (one["decision"], one["model"], one["note"])
        assert f'note = "seen {entry.id}" # by Ana, {entry.id}' in (root / NAME).read_text("utf-8")
    _followed(root, edited)


def _followed(root: Path, edited: dict[str, Entry]) -> None:
    """Applies, and looks at the code: kept calls have their model, moved ones the plan's, or are told."""
    inventory, proposal = pipeline.proposal([root], settings())
    told = {call for finding in proposal.findings if finding.stage == "model" for call in finding.calls}
    apply_changes(proposal)
    sites = {site.id: site for site in pipeline.inventory([root], settings()).call_sites}
    for entry in edited.values():
        values = set(sites[entry.id].model.values)
        if entry.decision != "accept":
            assert values == set(entry.was), entry.place
        else:
            assert values == {entry.aim(old)[0] for old in entry.was} or entry.id in told, entry.place
    assert pipeline.proposal([root], settings())[1].changes == ()
    assert inventory.call_sites
