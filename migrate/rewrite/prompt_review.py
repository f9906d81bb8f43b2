"""Inventory in, every prompt out with what is to be said of it. What may be edited, the stage decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrate.catalog import Catalog
from migrate.plan.decision import Decision
from migrate.plan.planfile.following import followed
from migrate.plan.route import Router
from migrate.program.inventory import Inventory
from migrate.prompts.extraction import Prompts, prompts_of
from migrate.rewrite.find import decided
from migrate.rewrite.stages.prompts.prompts import PromptStage, Reviewed
from migrate.settings import Settings


def reviewed(inventory: Inventory, settings: Settings, catalog: Catalog) -> Sequence[Reviewed]:
    """Every prompt of the inventory, those that reach no known call last. Raises PlanError."""
    router = Router(catalog, settings, followed(inventory, settings, catalog))
    decisions = decided(inventory, router, settings, catalog)
    prompts = prompts_of(inventory, catalog, orphans=True)
    return tuple(PromptStage(inventory, prompts, catalog, decisions, False).reviewed())


def planned(
    inventory: Inventory, catalog: Catalog, prompts: Prompts, decisions: Mapping[str, Decision]
) -> tuple[Reviewed, ...]:
    """The prompts with something to be said of them, as it will be once all ``decisions`` are carried out."""
    every = PromptStage(inventory, prompts, catalog, decisions, False, planned=True).reviewed()
    return tuple(one for one in every if one.finding is not None)
