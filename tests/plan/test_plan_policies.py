"""Every row of fixtures/plan/policies.tsv: where a call goes by what it is for, and what is only proposed."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest
from plan_sites import NONE, rows, site

from migrate.catalog import load
from migrate.catalog.lives import lives_of
from migrate.catalog.policy import Boldness, read_policy
from migrate.errors import CatalogError, SettingsError
from migrate.pipeline import checked_catalog
from migrate.plan.assessment import Assessment, Latency
from migrate.plan.decision import Decision
from migrate.plan.prices import prices_of
from migrate.plan.route import Router
from migrate.settings import Policy, Settings

TODAY = datetime.date(2026, 11, 23)


def assessment(use_case: str, latency: str) -> Assessment:
    assert latency in get_args(Latency)
    confidence = "unclear" if use_case == "unclear" else "clear"
    return Assessment("site", use_case, confidence, (), latency, ())  # type: ignore[arg-type]


def shown(decision: Decision) -> tuple[str, str, str, str]:
    route = decision.routes[0] if decision.routes else None
    asked = decision.proposals[0] if decision.proposals else None
    return (
        route.target.id if route else NONE,
        (route.effort or NONE) if route else NONE,
        asked.target.id if asked else NONE,
        (asked.effort or NONE) if asked else NONE,
    )


@pytest.mark.parametrize("row", rows("policies.tsv"), ids=lambda row: " ".join(row[:5]))
def test_row(row: tuple[str, ...]) -> None:
    old, arguments, use_case, latency, policy, *expected = row
    router = Router(load(), Settings(today=TODAY, policy=policy))  # type: ignore[arg-type]
    decision = router.decide(site((old,), "chat", arguments), assessment(use_case, latency))
    assert shown(decision) == tuple(expected)


def test_conservative_decides_as_if_nothing_were_known() -> None:
    catalog = load()
    router = Router(catalog, Settings(today=TODAY))
    for model in catalog.models:
        call = site((model.id,), "chat", NONE)
        for use_case in (*catalog.use_cases.ids, "unclear"):
            for latency in get_args(Latency):
                known = router.decide(call, assessment(use_case, latency))
                assert known.routes == router.decide(call).routes, (model.id, use_case)


def test_no_policy_moves_a_call_to_and_fro() -> None:
    """A second run leaves what the first one moved, and proposes no way back by itself."""
    catalog = load()
    for policy in get_args(Policy):
        router = Router(catalog, Settings(today=TODAY, policy=policy))
        for model in catalog.models:
            for use_case in (*catalog.use_cases.ids, "unclear"):
                about = assessment(use_case, "interactive")
                for route in router.decide(site((model.id,), "chat", NONE), about).routes:
                    again = router.decide(site((route.target.id,), "chat", NONE), about)
                    assert not again.routes, (policy, model.id, use_case)


def test_nothing_goes_to_a_model_that_ends_soon() -> None:
    catalog = load()
    for policy in get_args(Policy):
        router = Router(catalog, Settings(today=TODAY, policy=policy))
        for target in (router.strong, router.fast):
            assert not lives_of(catalog, Settings(today=TODAY)).ends(target.shutdown)


@pytest.mark.parametrize(
    ("key", "model", "horizon", "ends"),
    [
        ("strong", "gpt-4", None, True),
        ("strong", "gpt-5", None, True),
        ("fast", "gpt-5-mini", None, True),
        ("fast", "gpt-5-mini", 7, False),
        ("strong", "gpt-5.1", None, False),
        ("fast", "gpt-5.4-mini", None, False),
    ],
)
def test_a_target_that_ends_is_refused(key: str, model: str, horizon: int | None, ends: bool) -> None:
    chosen = Settings(today=TODAY, horizon=horizon, **{key: model})  # type: ignore[arg-type]
    if not ends:
        assert checked_catalog(chosen)
        return
    with pytest.raises(
        SettingsError, match=f"--{key}: {model} shuts down on .*; choose a model that lives on"
    ):
        checked_catalog(chosen)


def test_the_fast_model_is_the_cheapest_that_lives() -> None:
    """Of those with a known price that take effort ``none``, by what a call of three to one tokens costs."""
    catalog = load()
    prices = {}
    for model in catalog.models:
        ends = lives_of(catalog, Settings(today=TODAY)).ends(model.shutdown)
        cheap = model.kind == "chat" and model.tier in ("small", "nano") and "none" in model.efforts
        price = prices_of(model.id) if cheap and not ends and not model.snapshot_of else None
        if price and price.input is not None and price.output is not None:
            prices[model.id] = 3 * price.input + price.output
    assert catalog.routing.fast in prices
    assert prices[catalog.routing.fast] == min(prices.values())


def test_every_row_of_the_policy_speaks_of_known_use_cases() -> None:
    catalog = load()
    for row in catalog.policy.row:
        assert set(row.use) <= set(catalog.use_cases.ids)
        assert row.effort in catalog.routing.scale
    assert catalog.policy.policies == get_args(Boldness) == get_args(Policy)


def test_a_row_that_promotes_unasked_is_refused(tmp_path: pytest.TempPathFactory) -> None:
    text = (load().folder / "policy.toml").read_text("utf-8")
    file = tmp_path / "policy.toml"  # type: ignore[operator]
    file.write_text(text.replace('role = "fast"', 'role = "strong"', 1), encoding="utf-8")
    with pytest.raises(CatalogError, match="promoted by people"):
        read_policy(file)
