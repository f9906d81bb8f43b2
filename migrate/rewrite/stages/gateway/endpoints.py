"""Requests to an API that ends: no model and no gateway helps them. Finds, and edits nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.catalog.lives import Lives
from migrate.catalog.sdk import Sdk
from migrate.findings.finding import Finding
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, is_openai


def endpoint_findings(
    sites: Sequence[CallSite], sdk: Sdk, plan: GatewayPlan, lives: Lives
) -> Iterator[Finding]:
    """One finding for every call of a method whose API has ended, or ends before long."""
    for site in sites:
        method = sdk.methods.get(site.method) or sdk.legacy.get(site.method)
        if method is None or method.shutdown is None or not is_openai(site, plan):
            continue
        if lives.ends(method.shutdown):
            ended = "ended" if lives.of(method.shutdown) == "retired" else "ends"
            message = f"the API behind {site.symbol} {ended} on {method.shutdown}"
            cure = (
                f"use {method.replacement} instead, by hand" if method.replacement else "replace it by hand"
            )
            yield Finding("retired-endpoint", "model", site.place, message, cure, "manual", (), (site.id,))
