"""Every row of fixtures/plan/landings.tsv: the models that a call has after a run, and their efforts."""

from __future__ import annotations

import datetime

import pytest
from plan_sites import NONE, parts, rows, site

from migrate.catalog import load
from migrate.plan.landing import Landing, landings
from migrate.plan.route import Router
from migrate.settings import Settings

TODAY = datetime.date(2026, 11, 23)


def _shown(landing: Landing) -> str:
    efforts = "|".join(one or NONE for one in landing.efforts)
    return f"{landing.model.id} {efforts} {'routed' if landing.route else 'stays'}"


@pytest.mark.parametrize("row", rows("landings.tsv"), ids=lambda row: " ".join(row[:3]))
def test_row(row: tuple[str, ...]) -> None:
    ids, arguments, moved, expected = row
    catalog = load()
    call = site(parts(ids), "chat", arguments)
    decision = Router(catalog, Settings(today=TODAY)).decide(call)
    found = landings(call, decision, parts(moved), catalog.models)
    assert tuple(_shown(one) for one in found) == parts(expected)
