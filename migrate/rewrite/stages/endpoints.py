"""Requests to an API that ends: no model and no gateway helps them. Finds, and edits nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from migrate.catalog.sdk import Sdk
from migrate.findings.finding import Finding
from migrate.program.callsite import CallSite
from migrate.rewrite.stages.gateway_plan import GatewayPlan, is_openai


def endpoint_findings(
    sites: Sequence[CallSite], sdk: Sdk, plan: GatewayPlan, today: date, horizon: int
) -> Iterator[Finding]:
    """One finding for every call of a method whose API has ended, or ends within ``horizon`` days."""
    for site in sites:
        method = sdk.methods.get(site.method) or sdk.legacy.get(site.method)
        if method is None or method.shutdown is None or not is_openai(site, plan):
            continue
        if method.shutdown <= today + timedelta(days=horizon):
            ended = "ended" if method.shutdown <= today else "ends"
            message = f"the API behind {site.symbol} {ended} on {method.shutdown}"
            cure = (
                f"use {method.replacement} instead, by hand" if method.replacement else "replace it by hand"
            )
            yield Finding("retired-endpoint", "model", site.place, message, cure, "manual", (), (site.id,))
