"""The labels of what calls are for are well-formed, and judged as their README says."""

from __future__ import annotations

from typing import get_args

from benchmarks.usecases.judging import Judged, complaint, lines
from benchmarks.usecases.labels import SETS, Label, packages, read_calls
from migrate.catalog import load
from migrate.plan.assessment import UNCLEAR, Assessment, Latency


def test_every_row_names_what_there_is() -> None:
    known, pinned = {*load().use_cases.ids, UNCLEAR}, packages()
    rows = read_calls()
    assert len(rows) >= 120
    assert {row.set for row in rows} == set(SETS)
    for row in rows:
        assert row.package in pinned, row
        assert set(row.uses) <= known, row
        assert set(row.latencies) <= set(get_args(Latency)), row


def test_no_package_is_in_both_sets() -> None:
    sets: dict[str, set[str]] = {}
    for row in read_calls():
        sets.setdefault(row.package, set()).add(row.set)
    assert all(len(one) == 1 for one in sets.values())
    held_out = sum(row.set == "held-out" for row in read_calls())
    assert held_out >= len(read_calls()) / 3


def judged(uses: str, found: str, latency: Latency = "unknown") -> Judged:
    label = Label("open", "p-1", "a.py", 1, "chat", tuple(uses.split("|")), ("unknown", "background"))
    return Judged(label, Assessment("id", found, "clear", (), latency, ()))


def test_unclear_is_an_honest_answer_only_where_the_label_says_so() -> None:
    assert judged("code|unclear", "unclear").right
    assert not judged("code", "unclear").right
    assert not judged("code", "unclear").claims_wrongly
    assert judged("code", "chat").claims_wrongly


def test_a_wrong_claim_of_or_about_guarded_work_is_counted() -> None:
    assert judged("legal", "chat").wrong_on_guarded
    assert judged("chat", "medical").wrong_on_guarded
    assert not judged("legal", "unclear").wrong_on_guarded
    assert not judged("finance|classification", "classification").wrong_on_guarded
    assert not judged("code", "chat").wrong_on_guarded


def test_what_scan_does_not_find_is_wrong() -> None:
    missing = Judged(judged("code", "code").label, None)
    assert not missing.right
    assert not missing.latency_right
    assert complaint(missing).startswith("MISSING")
    assert any("50.0 %" in line for line in lines("open", [missing, judged("code", "code")]))
