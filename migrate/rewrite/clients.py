"""Where clients and frameworks send their requests after this run: everything of stage ``gateway``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from migrate.catalog import Catalog
from migrate.findings.finding import Finding
from migrate.program.inventory import Inventory
from migrate.rewrite.stages.gateway.azure_clients import AzureMoves
from migrate.rewrite.stages.gateway.curl_calls import CurlGateway
from migrate.rewrite.stages.gateway.gateway import GatewayStage
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.rewrite.stages.gateway.unread_addresses import unread_addresses
from migrate.rewrite.stages.risks.other_calls import BY_HAND, OtherCalls
from migrate.settings import Settings
from migrate.sources.kinds import kind_of
from migrate.sources.place import Place


def clients_of(
    inventory: Inventory,
    settings: Settings,
    catalog: Catalog,
    plan: GatewayPlan,
    code: Callable[[Place], str],
    azure: AzureMoves,
) -> list[Finding]:
    """Where clients go: what the stage finds, but for Azure clients that are moved or told of already."""
    if "gateway" not in settings.stages:
        return []
    sites = inventory.call_sites
    told = {one.place for one in azure.findings if one.stage == "gateway"}
    found = [
        one
        for one in GatewayStage(plan, settings, inventory.surroundings, code).findings(sites)
        if one.rule != "azure-client" or one.place not in told
    ]
    curl = CurlGateway(plan, settings.style, code, inventory.file)
    commands = [site for site in sites if site.sdk == "curl" and site.model_parameter]
    found += [one for one in map(curl.finding, commands if not plan.direct else ()) if one is not None]
    others = [site for site in sites if site.kind in BY_HAND and site.sdk != "curl"]
    by_hand = OtherCalls(catalog, plan).gateway(others, settings.style, code, sites, inventory.surroundings)
    unread = unread_addresses(sites, inventory.surroundings, plan, inventory.selected)
    told_of = [*found, *_environment(inventory, plan, catalog), *by_hand, *azure.findings]
    return [*told_of, *(unread if not plan.direct else ())]


def _environment(inventory: Inventory, plan: GatewayPlan, catalog: Catalog) -> Iterator[Finding]:
    if inventory.environment:
        from migrate.rewrite.stages.gateway.deployment import deployment_findings
        from migrate.rewrite.stages.gateway.environment import environment_findings
        from migrate.rewrite.stages.gateway.variables import url_variables

        urls = url_variables(inventory.call_sites, plan, catalog.configuration.variables)
        files = [one for one in inventory.environment if kind_of(one.path) == "environment"]
        yield from environment_findings(files, plan, urls)
        others = [one for one in inventory.environment if one not in files]
        yield from deployment_findings(others, plan, urls)
