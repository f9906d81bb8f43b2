"""Applies rules/policy.toml to one decision: a call leaves its model's tier, or a person is asked whether."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.plan.decision import Proposal, Route, Stay

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.catalog.models import Model
    from migrate.catalog.policy import Boldness, PolicyRow
    from migrate.plan.assessment import Assessment


class PolicyRouting:
    """The policy that a run goes by, with the two models that calls are moved to."""

    def __init__(self, catalog: Catalog, chosen: Boldness, strong: Model, fast: Model) -> None:
        self._catalog = catalog
        self._chosen = chosen
        self._targets = {"strong": strong, "fast": fast}

    def of(
        self, found: Route | Stay, old: Model, assessment: Assessment, effort: str | None
    ) -> tuple[Route | Stay, Proposal | None]:
        """``found``, the decision by tier, as the policy leaves it, and what it proposes besides. ``effort``
        is the one that the call states."""
        table = self._catalog.policy
        row = table.fitting(assessment.use_case, assessment.latency, old.tier)
        if row is None:
            return found, None
        reason = f"{assessment.use_case}: {row.reason}"
        target = self._targets.get(row.role)
        there = {found.target.id} if isinstance(found, Route) else {old.id, old.snapshot_of}
        if target is None or target.id in there:
            return _with_reason(found, reason), None
        needed = self._effort(row, old, effort, target)
        if table.reaches(self._chosen, row.moves):
            rule = found.rule if isinstance(found, Route) else "outdated-model"
            why = f"{found.reason}; {reason} (policy {self._chosen})"
            return Route(found.old, old, target, needed, rule, why, by_policy=True), None
        if table.reaches(self._chosen, row.proposed):
            return found, Proposal(found.old, target, needed, reason)
        return found, None

    def _effort(self, row: PolicyRow, old: Model, effort: str | None, target: Model) -> str | None:
        """The effort that the call states carries over; without one it is what its use needs."""
        routing = self._catalog.routing
        return routing.clamp(row.effort, target) if effort is None else routing.effort(old, effort, target)


def _with_reason(found: Route | Stay, reason: str) -> Route | Stay:
    """A call that stays where it is says what for; a route is explained by its model alone."""
    return replace(found, reason=f"{found.reason}; {reason}") if isinstance(found, Stay) else found
