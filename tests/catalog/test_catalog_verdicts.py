"""Parameters and efforts: rows of fixtures/catalog, one expectation a line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from migrate.catalog import UNKNOWN, load
from migrate.settings import Settings

pytestmark = pytest.mark.usefixtures("cache")

FIXTURES = Path(__file__).parents[2] / "fixtures" / "catalog"
CATALOG = load()


def rows(name: str) -> list[list[str]]:
    lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def effort(word: str) -> str | None:
    return None if word == "-" else word


@pytest.mark.parametrize("row", rows("verdicts.tsv"), ids=lambda row: " ".join(row[:6]))
def test_verdicts(row: list[str]) -> None:
    target, wanted, endpoint, tools, parameter, literal, action, to, safety = row
    model = CATALOG.models.get(target)
    assert model
    value = UNKNOWN if literal == "?" else ast.literal_eval(literal)
    verdict = CATALOG.parameters.verdict(model, effort(wanted), endpoint, tools == "yes", parameter, value)
    assert (verdict.action, verdict.to, verdict.safety) == (action, to, safety)
    assert verdict.reason


def test_a_dict_with_parts_that_are_not_visible_is_not_written_out_again() -> None:
    model = CATALOG.models.get("gpt-5.2")
    assert model
    value = {"effort": "minimal", "summary": UNKNOWN}
    verdict = CATALOG.parameters.verdict(model, "none", "responses", False, "reasoning", value)
    assert (verdict.action, verdict.to, verdict.safety) == ("ask", "", "manual")


def test_the_server_is_quoted() -> None:
    model = CATALOG.models.get("gpt-5.2")
    assert model
    verdict = CATALOG.parameters.verdict(model, None, "chat", False, "max_tokens", 5)
    assert verdict.error.startswith("Unsupported parameter: 'max_tokens' is not supported with this model.")
    assert (verdict.source, str(verdict.checked)) == ("openai-3.54, rust-genai-139", "2026-11-23")


@pytest.mark.parametrize("row", rows("efforts.tsv"), ids=" ".join)
def test_efforts(row: list[str]) -> None:
    old, old_effort, new, wanted = row
    target = CATALOG.models.get(new)
    assert target
    assert CATALOG.routing.effort(CATALOG.models.get(old), effort(old_effort), target) == effort(wanted)


def test_the_defaults_of_a_plan_are_sound() -> None:
    routing, models = CATALOG.routing, CATALOG.models
    for name in (routing.strong, routing.fast):
        model = models.get(name)
        assert model
        assert model.shutdown is None
        assert "none" in model.efforts
        assert "chat" in model.endpoints
    assert Settings().gateway in CATALOG.gateways
    assert {model.tier for model in models} == set(routing.tiers)
    assert {level for model in models for level in model.efforts} <= set(routing.scale)
    assert routing.role("flagship") == "strong"
    assert routing.role("pro") == "keep"
