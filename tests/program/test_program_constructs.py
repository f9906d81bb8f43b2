"""fixtures/program/CONSTRUCTS.tsv: every construct has cases in which calls are found through it, and cases
that only look like it and in which none must be.
"""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).parents[2] / "fixtures" / "program"
ROWS = [line.split("\t") for line in (CASES / "CONSTRUCTS.tsv").read_text("utf-8").splitlines()[1:]]
# What a line of expected.txt says of something that is not taken for a call to OpenAI with a known model.
DOUBTS = ("]?", " likely ", " proved other ", " proved azure ", " proved user ")


def calls(case: str) -> list[str]:
    """The lines of what is expected of a case that are not about constructors."""
    expected = CASES / case / "expected.txt"
    lines = expected.read_text("utf-8").splitlines() if expected.exists() else []
    return [line for line in lines if " constructor " not in line]


@pytest.mark.parametrize(("construct", "found", "other"), ROWS, ids=[row[0] for row in ROWS])
def test_construct(construct: str, found: str, other: str) -> None:
    assert found, f"{construct} needs a case in which a call is found"
    assert other, f"{construct} needs a case in which none is"
    assert not set(found.split()) & set(other.split())
    for case in (*found.split(), *other.split()):
        assert (CASES / case).is_dir(), f"there is no case {case}"
    for case in found.split():
        assert calls(case), f"nothing is found in {case}"
    for case in other.split():
        doubtful = [line for line in calls(case) if any(doubt in line for doubt in DOUBTS)]
        assert doubtful or case.startswith("not-") or not calls(case), f"{case} is no counterexample"


def test_each_construct_is_named_once() -> None:
    names = [row[0] for row in ROWS]
    assert len(names) == len(set(names))
