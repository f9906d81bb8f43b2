"""What is said around the calls that move: notes, definitions, APIs that end, risks that are no errors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from migrate.catalog import Catalog
from migrate.catalog.lives import lives_of
from migrate.findings.finding import Finding
from migrate.plan.decision import Decision
from migrate.plan.landing import landings
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import Inventory
from migrate.program.literals.records import ModelLiteral
from migrate.rewrite.stages.gateway.endpoints import endpoint_findings
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.model.definitions import definition_findings
from migrate.rewrite.stages.model.expectations import Expectations, moves_of, recording_findings
from migrate.rewrite.stages.model.unread import unread_findings
from migrate.rewrite.stages.risks.notes import notes
from migrate.rewrite.stages.risks.other_calls import BY_HAND
from migrate.rewrite.stages.risks.risks import Risks
from migrate.settings import Settings
from migrate.sources.kinds import SETTING
from migrate.sources.place import Place


def around_models(
    inventory: Inventory,
    settings: Settings,
    catalog: Catalog,
    plan: GatewayPlan,
    decisions: Mapping[str, Decision],
    literals: Sequence[ModelLiteral],
) -> Iterator[Finding]:
    """What is worth saying beside the ids that calls use: notes, definitions, APIs that end."""
    sites = inventory.call_sites
    yield from notes([site for site in sites if site.kind not in BY_HAND])
    asked = [one for one in literals if one.place.path in inventory.selected]
    yield from definition_findings(asked, decisions.values(), catalog.models)
    lives = lives_of(catalog, settings)
    yield from endpoint_findings(sites, catalog.sdk, plan, lives)
    own = [one for one in (settings.plan, settings.baseline) if one is not None]
    beside = [path for path in inventory.beside if inventory.root / path not in own]
    set_in_files = inventory.literals.written(sites, beside, SETTING)
    counted = {origin.place for site in sites if not site.asks for origin in site.model.origins}
    yield from unread_findings([*asked, *set_in_files], catalog.models, lives, counted)


def beside_models(
    inventory: Inventory, catalog: Catalog, found: Sequence[Finding], line: Callable[[Place], str]
) -> list[Finding]:
    """What goes with the models that ``found`` moves: expectations of tests, and recordings."""
    moves = moves_of(found)
    if not moves:
        return []
    sites = inventory.call_sites
    told = list(Expectations(inventory.literals.in_tests, line).findings(moves, sites))
    recorded = catalog.configuration.recording_folders
    places = [path for path in inventory.beside if recorded & set(path.split("/")[:-1])]
    return [*told, *recording_findings(moves, inventory.literals.written(sites, places, SETTING), recorded)]


def risks_of(
    risks: Risks, inventory: Inventory, decisions: Mapping[str, Decision], at_gateway: Collection[str]
) -> Iterator[Finding]:
    """Those of every stage: what is not asked for is left out with its stage."""
    sites = inventory.call_sites
    if any(one.routes for one in decisions.values()):
        yield from risks.of_models(sites, decisions, inventory.selected & inventory.sources.keys())
        moving = {call for call, one in decisions.items() if one.routes}
        yield from risks.of_json(sites, moving, inventory)
    if at_gateway:
        yield from risks.of_gateway(sites, at_gateway, inventory.surroundings)


def responses_of(
    inventory: Inventory,
    settings: Settings,
    catalog: Catalog,
    plan: GatewayPlan,
    at_gateway: Collection[str],
    found: Sequence[Finding],
) -> Sequence[Finding]:
    """Calls that could ask Responses; those that another stage of this run changes have to wait."""
    if "responses" not in settings.stages:
        return ()
    from migrate.rewrite.stages.responses.responses import ResponsesStage

    def text(path: str) -> str | None:
        source = inventory.source(path)
        return source.text if source is not None else None

    changing = (one for one in found if one.edits and one.stage in ("model", "params", "prompts"))
    busy = {call for one in changing for call in one.calls}
    stage = ResponsesStage(catalog, plan, text, inventory.declared)
    return list(stage.findings(inventory.call_sites, at_gateway, busy))


def functions_of(
    inventory: Inventory,
    catalog: Catalog,
    plan: GatewayPlan,
    decisions: Mapping[str, Decision],
    moved: Mapping[str, Collection[str]],
    is_free: Callable[[Finding], bool],
) -> Sequence[Finding]:
    """Calls that pass functions, and models behind them that take tools one at a time. A file where one of
    them is not free to change stays as it is."""
    ours = (one for one in inventory.call_sites if one.kind != "http" and one.parameter("functions"))
    sites = [one for one in ours if is_openai(one, plan)]
    if not sites:
        return ()
    from migrate.rewrite.stages.functions.stage import FunctionStage

    def takes(site: CallSite) -> bool:
        decision = decisions.get(site.id)
        found = landings(site, decision, moved.get(site.id, ()), catalog.models) if decision else ()
        asked = [
            catalog.parameters.verdict(one.model, effort, "chat", True, name).action
            for one in found
            for effort in one.efforts
            for name in ("functions", "parallel_tool_calls")
        ]
        return set(asked) == {"keep"}

    texts = {path: source.text for path, source in inventory.sources.items()}
    found = list(FunctionStage(catalog, texts, inventory.declared).findings(list(filter(takes, sites))))
    kept = {one.place.path for one in found if not is_free(one)}
    cure = "it stays, and works: a call of the file is to be left alone, or needs a person first"
    return [
        replace(one, safety="manual", edits=(), change="", cure=cure)
        if one.edits and one.place.path in kept
        else one
        for one in found
    ]
