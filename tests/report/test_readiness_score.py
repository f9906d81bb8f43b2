"""The score: the published formula, and that nothing that gets better ever lowers it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.catalog import load
from migrate.catalog.checklist import Checklist
from migrate.findings.finding import Safety
from migrate.report.readiness.judging import JUDGES
from migrate.report.readiness.records import POINTS, Evidence, Mark
from migrate.report.readiness.score import readiness
from migrate.settings import Topic

CHECKLIST: Checklist = load().checklist
CHECKS = [check.id for check in CHECKLIST.checks]
MARKS = st.sampled_from(sorted(POINTS))
JUDGED = st.dictionaries(
    st.sampled_from(CHECKS), st.lists(MARKS.map(lambda mark: Evidence(mark, "why")), max_size=6), max_size=6
)


def score(judged: dict[str, list[Evidence]]) -> float | None:
    return readiness(CHECKLIST, judged, empty=False).score


def by_hand(judged: dict[str, list[Evidence]]) -> float | None:
    weights = {check.id: check.weight for check in CHECKLIST.checks}
    parts = [
        (weights[name], sum({"pass": 2, "partial": 1}.get(one.mark, 0) for one in found) / 2 / len(found))
        for name, found in judged.items()
        if found
    ]
    whole = sum(weight for weight, _ in parts)
    return round(100 * sum(weight * share for weight, share in parts) / whole, 1) if parts else None


@given(JUDGED)
def test_the_formula(judged: dict[str, list[Evidence]]) -> None:
    assert score(judged) == pytest.approx(by_hand(judged), abs=0.11)


@given(JUDGED, st.data())
def test_a_better_mark_never_lowers_it(judged: dict[str, list[Evidence]], data: st.DataObject) -> None:
    places = [(name, at) for name, found in judged.items() for at in range(len(found))]
    if not places:
        return
    name, at = data.draw(st.sampled_from(places))
    old = judged[name][at]
    better: Sequence[Mark] = [mark for mark in POINTS if POINTS[mark] >= POINTS[old.mark]]
    changed = {**judged, name: list(judged[name])}
    changed[name][at] = msgspec.structs.replace(old, mark=data.draw(st.sampled_from(better)))
    before, after = score(judged), score(changed)
    assert before is not None
    assert after is not None
    assert after >= before


@given(JUDGED, st.data())
def test_what_fails_and_is_removed_never_lowers_it(
    judged: dict[str, list[Evidence]], data: st.DataObject
) -> None:
    failing = [(name, one) for name, found in judged.items() for one in found if not POINTS[one.mark]]
    if not failing:
        return
    name, one = data.draw(st.sampled_from(failing))
    rest = list(judged[name])
    rest.remove(one)
    before, after = score(judged), score({**judged, name: rest})
    assert before is not None
    assert after is None or after >= before


def test_nothing_that_asks_a_model_has_no_score() -> None:
    assert readiness(CHECKLIST, {}, empty=True).score is None


def test_actions_bring_what_they_promise() -> None:
    judged = {name: [Evidence("fail", "why"), Evidence("pass", "why")] for name in CHECKS}
    found = readiness(CHECKLIST, judged, empty=False)
    assert found.score == 50
    first = found.actions[0]
    cured = {**judged, first.check: [Evidence("pass", "why")] * 2}
    assert score(cured) == pytest.approx(found.score + first.points, abs=0.11)


def test_every_judge_has_a_check_and_every_item_some() -> None:
    assert {check.judge for check in CHECKLIST.checks} == set(JUDGES)
    assert {check.item for check in CHECKLIST.checks} == {item.id for item in CHECKLIST.items}
    assert len(CHECKLIST.items) == 8


@pytest.mark.parametrize(
    ("edits", "command", "automatic"),
    [
        ({}, "repoint apply --stage gateway", False),
        ({"model": "safe"}, "repoint apply --stage gateway", False),
        ({"gateway": "safe"}, "repoint apply --stage gateway", True),
        ({"gateway": "review"}, "repoint apply --stage gateway --include review", True),
    ],
)
def test_an_action_promises_only_what_is_there(
    edits: dict[Topic, Safety], command: str, automatic: bool
) -> None:
    judged = {"at-gateway": [Evidence("fail", "why")]}
    action = readiness(CHECKLIST, judged, empty=False, edits=edits).actions[0]
    assert (action.command, action.automatic) == (command, automatic)
