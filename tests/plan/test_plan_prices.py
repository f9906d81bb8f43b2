"""List prices, and the line that compares two models."""

from __future__ import annotations

from decimal import Decimal

from migrate.findings.edits import ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.prices import price_line, prices_of
from migrate.sources.place import Place, Span

AT = Span(1, 1, 1, 9)


def moved(old: str, new: str) -> Finding:
    edits = (FileEdit("a.py", ReplaceText(AT, old, new)),)
    return Finding("retired-model", "model", Place("a.py", AT), "m", "c", "safe", edits)


def test_both_directions_are_compared() -> None:
    line = price_line([moved("gpt-4", "openai/gpt-5.2")])
    known, target = prices_of("gpt-4"), prices_of("gpt-5.2")
    assert known is not None
    assert target is not None
    assert known.input == Decimal(30)
    assert line.startswith("price, gpt-4 to gpt-5.2: x0.0")
    assert " in ($30 to $" in line
    assert " out ($60 to $" in line


def test_what_is_not_known_is_said() -> None:
    assert price_line([moved("gpt-4", "ours-1")]) == "price: unknown for ours-1"
    assert prices_of("ours-1") is None


def test_no_model_no_price() -> None:
    assert price_line([]) == ""
