"""Every row of fixtures/plan/routes.tsv: where a model goes on a day, with which effort, by which rule."""

from __future__ import annotations

import datetime

import pytest
from plan_sites import NONE, rows, site

from migrate.catalog import load
from migrate.errors import SettingsError
from migrate.plan.decision import Decision
from migrate.plan.route import Router
from migrate.settings import Settings


def _settings(today: str, words: str) -> Settings:
    chosen = {} if words == NONE else dict(word.split("=") for word in words.split())
    horizon = chosen.get("horizon")
    return Settings(
        today=datetime.date.fromisoformat(today),
        strong=chosen.get("strong"),
        fast=chosen.get("fast"),
        horizon=int(horizon) if horizon else None,
    )


def _shown(decision: Decision) -> tuple[str, str, str]:
    """Target, effort and rule of a decision about one model, in the words of the table."""
    doubt = "" if decision.effort_known else "?"
    assert len(decision.routes) + len(decision.stays) == 1
    for stay in decision.stays:
        return NONE, NONE, (f"{stay.rule} (note)" if stay.note else stay.rule) or NONE
    route = decision.routes[0]
    return route.target.id, f"{route.effort or NONE}{doubt}", route.rule


@pytest.mark.parametrize("row", rows("routes.tsv"), ids=lambda row: " ".join(row[:5]))
def test_row(row: tuple[str, ...]) -> None:
    old, endpoint, arguments, today, settings, target, effort, rule = row
    router = Router(load(), _settings(today, settings))
    decision = router.decide(site((old,), endpoint, arguments))
    assert _shown(decision) == (target, effort, rule)


def test_every_model_of_a_call_is_decided() -> None:
    router = Router(load(), _settings("2026-11-23", NONE))
    decision = router.decide(site(("gpt-4o", "gpt-5.2", "acme"), "chat", NONE))
    assert [route.old for route in decision.routes] == ["gpt-4o"]
    assert [stay.old for stay in decision.stays] == ["gpt-5.2", "acme"]


def test_nothing_is_routed_twice() -> None:
    """Whatever a request is moved to, a second run leaves it there."""
    catalog = load()
    for words in (NONE, "strong=gpt-5-mini", "fast=gpt-5.1", "strong=gpt-4.1 fast=gpt-5"):
        router = Router(catalog, _settings("2026-11-23", words))
        targets = (router.strong.id, router.fast.id)
        for one in targets:
            assert router.decide(site((one,), "chat", NONE)).routes == (), (words, one)


def test_every_route_ends_at_an_effort_that_its_target_accepts() -> None:
    catalog = load()
    router = Router(catalog, _settings("2026-11-23", NONE))
    for model in catalog.models:
        for effort in (NONE, *(f'reasoning_effort="{one}"' for one in catalog.routing.scale)):
            for route in router.decide(site((model.id,), "chat", effort)).routes:
                assert route.effort in route.target.efforts, (model.id, effort)


@pytest.mark.parametrize("key", ["strong", "fast"])
def test_an_unknown_target_is_refused(key: str) -> None:
    with pytest.raises(SettingsError, match="gpt-9"):
        Router(load(), _settings("2026-11-23", f"{key}=gpt-9"))


@pytest.mark.parametrize(
    ("old", "endpoint", "cure"),
    [
        (
            "text-moderation-latest",
            "moderations",
            "text-moderation-latest is no chat model; its notice recommends",
        ),
        ("text-davinci-003", "completions", "text-davinci-003 is no chat model; its notice recommends"),
        ("gpt-4", "embeddings", "the request goes to embeddings; its notice recommends"),
        ("gpt-3.5-turbo", "", "the request is no chat completion; its notice recommends"),
        ("tts-1", "audio", "tts-1 is no chat model"),
    ],
)
def test_what_is_left_to_a_person_says_why_and_names_what_lives(old: str, endpoint: str, cure: str) -> None:
    catalog = load()
    router = Router(catalog, _settings("2026-12-20", NONE))
    stay = router.decide(site((old,), endpoint, NONE)).stays[0]
    assert stay.cure.startswith(f"choose the replacement by hand: {cure}")
    named = stay.cure.partition(" recommends ")[2].split(", ")
    ends = [catalog.models.get(name) for name in named if name]
    assert not [one.id for one in ends if one and one.shutdown and one.shutdown.year == 2026]
