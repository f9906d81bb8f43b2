"""Model ids: life and death on a day, and the spellings under which a model is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migrate.catalog import load
from migrate.catalog.lives import Life, Lives, lives_of
from migrate.settings import Settings

pytestmark = pytest.mark.usefixtures("cache")

FIXTURES = Path(__file__).parents[2] / "fixtures" / "catalog"
TODAY = date(2026, 11, 23)
MODELS = load().models


@pytest.mark.parametrize(
    ("name", "life"),
    [
        ("gpt-4", "retired"),
        ("gpt-4-0613", "retired"),
        ("gpt-5-mini", "retiring"),
        ("gpt-4o", "retiring"),  # 2027-01-14
        ("gpt-5.2", "living"),
        ("gpt-5.2-chat-latest", "retired"),
        ("gpt-5.1", "announced"),  # 2027-04-01
        ("gpt-4o-2024-05-13", "retired"),
        ("text-embedding-3-small", "living"),
    ],
)
def test_life_on_the_day_of_the_catalog(name: str, life: Life) -> None:
    model = MODELS.get(name)
    assert model is not None
    known = lives_of(load(), Settings(today=TODAY))
    assert known.of(model.shutdown) == life
    assert known.ends(model.shutdown) is (life in ("retired", "retiring"))


def test_a_model_is_retired_from_its_last_day_on() -> None:
    last = date(2026, 10, 23)
    assert Lives(date(2026, 10, 22), 1).of(last) == "retiring"
    assert Lives(date(2026, 10, 22), 0).of(last) == "announced"
    assert Lives(last, 1).of(last) == "retired"


def test_settings_name_another_horizon() -> None:
    assert lives_of(load(), Settings(today=TODAY, horizon=7)) == Lives(TODAY, 7)
    assert lives_of(load(), Settings(today=TODAY)) == Lives(TODAY, load().routing.horizon_days)


@pytest.mark.parametrize(
    ("written", "prefix", "bare", "fine_tuned", "model"),
    [
        ("gpt-4o", "", "gpt-4o", False, "gpt-4o"),
        ("openai/gpt-5.2", "openai/", "gpt-5.2", False, "gpt-5.2"),
        ("openai:gpt-4o", "openai:", "gpt-4o", False, "gpt-4o"),
        ("azure/gpt-4o-mini", "azure/", "gpt-4o-mini", False, "gpt-4o-mini"),
        ("openrouter/openai/gpt-4o", "openrouter/openai/", "gpt-4o", False, "gpt-4o"),
        ("ft:gpt-4o-mini:org::id", "", "ft:gpt-4o-mini:org::id", True, "gpt-4o-mini"),
        (
            "openai/ft:gpt-4o-2024-08-06:o::i",
            "openai/",
            "ft:gpt-4o-2024-08-06:o::i",
            True,
            "gpt-4o-2024-08-06",
        ),
        ("curie:ft-org-2023-01-01", "", "curie:ft-org-2023-01-01", True, "curie"),
    ],
)
def test_names_are_taken_apart(written: str, prefix: str, bare: str, fine_tuned: bool, model: str) -> None:
    name = MODELS.parse(written)
    assert name is not None
    assert (name.prefix, name.bare, name.fine_tuned, name.model.id) == (prefix, bare, fine_tuned, model)
    assert prefix + bare == written
    assert MODELS.get(written) is name.model
    assert written in MODELS


@pytest.mark.parametrize(
    "name",
    ["", "gpt", "gpt-4o-", "GPT-4O", "openai/", "mistral/gpt-9", "ft:", "ft:x:y", "gpt-5.2-mini"],
)
def test_other_words_are_no_models(name: str) -> None:
    assert MODELS.get(name) is None
    assert name not in MODELS


def test_a_snapshot_has_the_facts_of_its_model() -> None:
    snapshot, model = MODELS.get("gpt-5.2-2025-12-11"), MODELS.get("gpt-5.2")
    assert snapshot
    assert model
    assert snapshot.snapshot_of == "gpt-5.2"
    assert (snapshot.efforts, snapshot.encoding, snapshot.shutdown) == (model.efforts, model.encoding, None)


def test_known_facts() -> None:
    model = MODELS.get("gpt-5.2")
    assert model
    assert model.efforts == ("none", "low", "medium", "high", "xhigh")
    assert model.default_effort == "none"
    assert model.endpoints == ("chat", "responses", "batch")
    assert (model.context_window, model.max_output) == (400_000, 128_000)
    tiers = {model.id: model.tier for model in MODELS}
    names = ("gpt-4", "gpt-4o-mini", "gpt-5-nano", "o3-pro", "whisper-1")
    assert [tiers[name] for name in names] == ["flagship", "small", "nano", "pro", "special"]


@pytest.mark.parametrize("name", (FIXTURES / "model_ids.txt").read_text(encoding="utf-8").split())
def test_every_id_of_the_sdk_is_known(name: str) -> None:
    assert MODELS.get(name)


def test_every_successor_chain_ends_in_a_living_model() -> None:
    for model in MODELS:
        seen = {model.id}
        while model.shutdown and model.shutdown <= TODAY and model.successor:
            following = MODELS.get(model.successor[0])
            assert following, f"{model.id}: {model.successor[0]} is no model"
            assert following.id not in seen
            seen.add(following.id)
            model = following  # noqa: PLW2901 - walks the chain


def test_successors_are_known_and_defaults_accepted() -> None:
    for model in MODELS:
        assert all(successor in MODELS for successor in model.successor), model.id
        assert model.default_effort is None or model.default_effort in model.efforts, model.id
