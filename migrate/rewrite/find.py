"""Inventory in, findings out: every stage that the settings ask for, what belongs together joined."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from migrate.catalog import Catalog
from migrate.findings.finding import Finding
from migrate.findings.suppression import ignored
from migrate.plan.decision import Decision
from migrate.plan.route import Router
from migrate.program.callsite import CallSite
from migrate.program.code import SourceTexts
from migrate.program.inventory import Inventory
from migrate.rewrite.grouping import grouped, merged, without
from migrate.rewrite.stages.endpoints import endpoint_findings
from migrate.rewrite.stages.gateway import GatewayStage
from migrate.rewrite.stages.gateway_plan import GatewayPlan, client_key, gateway_plan
from migrate.rewrite.stages.model import ModelStage
from migrate.rewrite.stages.notes import notes
from migrate.rewrite.stages.params import ParameterStage
from migrate.rewrite.stages.shared_holders import without_shared
from migrate.settings import Settings


def find(inventory: Inventory, settings: Settings, catalog: Catalog) -> tuple[Finding, ...]:
    """All findings of the stages that ``settings`` ask for, grouped and sorted by place."""
    plan = gateway_plan(settings, catalog)
    sites = inventory.call_sites
    decisions = _decisions(sites, Router(catalog, settings))
    found: list[Finding] = []
    if "gateway" in settings.stages:
        found += GatewayStage(plan, settings, inventory.surroundings).findings(sites)
        if inventory.environment:
            from migrate.rewrite.stages.environment import environment_findings

            found += environment_findings(inventory.environment, plan)
    moving = {one.change for one in found if one.edits and _asked_for(one, settings)}
    texts = SourceTexts(lambda path: inventory.sources[path].text)
    models = ModelStage(catalog, plan, _at_gateway(sites, plan, moving), texts.code, inventory.readers)
    if "model" in settings.stages:
        found += models.findings(sites, decisions)
        found += notes(sites)
        horizon = catalog.routing.horizon_days if settings.horizon is None else settings.horizon
        found += endpoint_findings(sites, catalog.sdk, plan, settings.today, horizon)
    if "params" in settings.stages:
        stage = ParameterStage(catalog, plan, inventory.declared)
        found += stage.findings(sites, decisions, models.moved())
    together = grouped(without_shared(merged(found), sites, inventory.readers))
    return without(
        together, lambda one: not _asked_for(one, settings) or _ignored(one, inventory, texts, settings)
    )


def _asked_for(finding: Finding, settings: Settings) -> bool:
    if settings.only and finding.rule not in settings.only:
        return False
    return finding.rule not in settings.skip


def _ignored(finding: Finding, inventory: Inventory, texts: SourceTexts, settings: Settings) -> bool:
    source = inventory.sources.get(finding.place.path)
    if source is None or "repoint:" not in source.text:
        return False
    return ignored(texts.line(finding.place), finding.rule, settings.today)


def _decisions(sites: Sequence[CallSite], router: Router) -> dict[str, Decision]:
    """What becomes of every call that names a model."""
    return {site.id: router.decide(site) for site in sites if site.model_parameter}


def _at_gateway(
    sites: Sequence[CallSite], plan: GatewayPlan, moving: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The calls whose requests go through the gateway after this run, each with the keys of the clients
    that have to move for it."""
    found = {}
    for site in sites:
        keys = [client_key(client) for client in site.clients if not plan.has(client)]
        if site.clients and all(key in moving for key in keys):
            found[site.id] = tuple(dict.fromkeys(keys))
    return found
