"""What is counted of a call's model, and what is said about it."""

from __future__ import annotations

import msgspec
import pytest

from benchmarks.recall.figures import complaints, figures
from benchmarks.recall.labels import CallRow
from benchmarks.recall.matching import match
from benchmarks.recall.scanning import Found

ROW = CallRow("shop-1.0", "bot.py", 3, 3, 0, "call", "sdk", ("chat",), "create", ("openai",), "gpt-4o", "yes")
FOUND = Found("bot.py", 3, 1, 3, "chat", "create", "proved", "openai", ("gpt-4o",), True)


@pytest.mark.parametrize(
    ("exists", "values", "known", "shares", "said"),
    [
        ("yes", ("gpt-4o",), True, [(1, 1), (1, 1), (1, 1)], []),
        ("yes", ("gpt-4o",), False, [(0, 1), (1, 1), (0, 0)], ["OPEN"]),
        ("yes", ("gpt-4",), True, [(0, 1), (0, 1), (1, 1)], ["MODEL"]),
        ("partly", ("gpt-4o",), False, [(0, 0), (1, 1), (0, 0)], []),
        ("partly", ("gpt-4o",), True, [(0, 0), (1, 1), (0, 1)], ["CLAIM"]),
        ("no", (), False, [(0, 0), (0, 0), (0, 0)], []),
        ("", ("gpt-4o",), True, [(0, 0), (0, 0), (0, 0)], []),
    ],
)
def test_a_model_is_known_named_or_claimed(
    exists: str, values: tuple[str, ...], known: bool, shares: list[tuple[int, int]], said: list[str]
) -> None:
    row = msgspec.structs.replace(ROW, model_exists=exists)
    matched = match([row], [], [msgspec.structs.replace(FOUND, model_values=values, model_known=known)])
    counted = figures(matched, None).shares
    assert [counted[name] for name in ("model known", "model named", "claims of known")] == shares
    assert [line.split()[0] for line in complaints("shop-1.0", matched, None)] == said


def test_a_missed_call_has_no_known_model() -> None:
    counted = figures(match([ROW], [], []), None).shares
    assert counted["model known"] == counted["model named"] == (0, 1)
    assert counted["claims of known"] == (0, 0)


def test_one_of_several_right_targets_is_right() -> None:
    row = msgspec.structs.replace(ROW, targets=("azure", "configurable"))
    for target, right in (("azure", 1), ("configurable", 1), ("openai", 0)):
        matched = match([row], [], [msgspec.structs.replace(FOUND, target=target)])
        assert figures(matched, None).shares["target"] == (right, 1)


def test_wrong_findings_count_against_their_certainty() -> None:
    likely = msgspec.structs.replace(FOUND, line=9, certainty="likely")
    counted = figures(match([ROW], [], [FOUND, likely]), None).shares
    assert counted["precision of proved"] == (1, 1)
    assert counted["precision of all"] == (1, 2)
