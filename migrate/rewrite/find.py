"""Inventory in, findings out: every stage that the settings ask for, what belongs together joined, what
comments switch off set apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog import Catalog
from migrate.findings.cells import CellPlaces
from migrate.findings.finding import Finding
from migrate.findings.selection import Selection
from migrate.findings.suppression import Suppressions
from migrate.plan.decision import Decision
from migrate.plan.planfile.following import followed
from migrate.plan.route import Router
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import Inventory
from migrate.program.linking.code import SourceTexts
from migrate.rewrite.around import around_models, beside_models, functions_of, responses_of, risks_of
from migrate.rewrite.clients import clients_of
from migrate.rewrite.grouping import changes_of, grouped, in_order, merged, without
from migrate.rewrite.moving import unasked_left_out, with_what_goes_along
from migrate.rewrite.stages.gateway.azure_clients import azure_moves
from migrate.rewrite.stages.gateway.curl_calls import is_readable
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, client_key, gateway_plan
from migrate.rewrite.stages.model.framework_models import FrameworkModels
from migrate.rewrite.stages.model.model import ModelStage
from migrate.rewrite.stages.model.tokenizers import Tokenizers
from migrate.rewrite.stages.params.chosen_effort import with_chosen_efforts, with_standing
from migrate.rewrite.stages.params.framework_params import FrameworkParameters
from migrate.rewrite.stages.params.params import ParameterStage
from migrate.rewrite.stages.risks.blocking_calls import blocking_calls
from migrate.rewrite.stages.risks.other_calls import BY_HAND, OtherCalls
from migrate.rewrite.stages.risks.risks import Risks
from migrate.rewrite.stages.sdk.joining import with_sdk
from migrate.rewrite.texts import python_text, text_of_places
from migrate.rewrite.unused_imports import unless_taken
from migrate.settings import Settings

if TYPE_CHECKING:
    from migrate.findings.baseline import Baseline
    from migrate.plan.assessment import Assessment
    from migrate.plan.planfile.overruling import Overruling


class Found(msgspec.Struct, frozen=True):
    """``findings`` are grouped and sorted by place; ``ignored`` are those that comments switch off,
    ``known`` those that the baseline accepts."""

    findings: tuple[Finding, ...]
    ignored: tuple[Finding, ...]
    known: tuple[Finding, ...]


def find(
    inventory: Inventory,
    settings: Settings,
    catalog: Catalog,
    baseline: Baseline | None = None,
    plan: Overruling | None = None,
) -> Found:
    """All findings of the stages that ``settings`` ask for, as ``plan``, or the plan file that they name,
    decides. Raises PlanError."""
    selection = Selection(settings)
    knows = partial(_knows, catalog)
    suppressions = Suppressions(inventory.source, catalog.rules, settings.today, knows)

    def is_wanted(finding: Finding) -> bool:
        return selection.has(finding) and not suppressions.covers(finding)

    router = Router(catalog, settings, plan or followed(inventory, settings, catalog))
    decisions = decided(inventory, router, settings, catalog)
    stages = with_what_goes_along(settings.stages, catalog.gateways[settings.gateway])
    whole = msgspec.structs.replace(settings, stages=stages)
    together = unasked_left_out(_of_stages(inventory, whole, catalog, decisions, is_wanted), settings.stages)
    kept = without(together, lambda one: not is_wanted(one))
    ignored = tuple(one for one in together if selection.has(one) and suppressions.covers(one))
    read = sorted(inventory.selected & inventory.sources.keys())
    about_comments = suppressions.findings(read, unused=selection.is_everything)
    found = tuple(sorted([*kept, *filter(selection.has, about_comments)], key=in_order))
    cells = CellPlaces(inventory.sources)
    found, ignored = tuple(map(cells.finding, found)), tuple(map(cells.finding, ignored))
    known = _known(found, inventory, baseline)
    accepted = set(map(id, known))
    return Found(without(found, lambda one: id(one) in accepted), ignored, known)


def _known(found: Sequence[Finding], inventory: Inventory, baseline: Baseline | None) -> tuple[Finding, ...]:
    if baseline is None:
        return ()
    from migrate.findings.fingerprint import Fingerprints

    return tuple(baseline.known(found, Fingerprints(inventory.source), inventory.root))


def _of_stages(
    inventory: Inventory,
    settings: Settings,
    catalog: Catalog,
    decisions: Mapping[str, Decision],
    is_wanted: Callable[[Finding], bool],
) -> tuple[Finding, ...]:
    """What the stages find, those included that nobody wants; those do not count as done for the others."""
    plan = gateway_plan(settings, catalog)
    sites = inventory.call_sites
    text = partial(python_text, inventory)
    texts = SourceTexts(partial(text_of_places, inventory))
    azure = azure_moves(sites, settings, catalog, plan, texts.code)
    decisions = {**decisions, **azure.decisions}
    found = clients_of(inventory, settings, catalog, plan, texts.code, azure)
    moving = changes_of(one for one in found if one.edits and is_wanted(one))
    plan = msgspec.structs.replace(plan, moving=moving)
    literals = inventory.literals.whole(sites) if "model" in settings.stages else ()
    roles = {one.place: one for one in literals}
    at_gateway = _at_gateway(sites, plan, moving)
    models = ModelStage(catalog, plan, at_gateway, texts.code, inventory.readers, roles.get)
    ours, theirs, others = _divided(sites, FrameworkModels(catalog, plan, texts.code))
    if "model" in settings.stages:
        own = [site for site in (*ours, *theirs) if site.id not in azure.decisions]
        found += models.findings(own, decisions, others)
        found += OtherCalls(catalog, plan).models(others, decisions)
        found += beside_models(inventory, catalog, found, texts.line)
        found += around_models(inventory, settings, catalog, plan, decisions, literals)
        found += Tokenizers(catalog, texts.code, text).findings(sites, decisions, models.moved())
    about = risks_of(Risks(catalog, plan, text), inventory, decisions, at_gateway)
    found += (one for one in (*about, *blocking_calls(inventory, catalog)) if one.stage in settings.stages)
    if "params" in settings.stages:
        stage = ParameterStage(catalog, plan, inventory.declared, texts.code)
        moved = with_standing({**models.moved(), **azure.moved}, decisions)
        found += azure.tied(with_chosen_efforts(stage, ours, decisions, moved))
        found += functions_of(inventory, catalog, plan, decisions, moved, partial(_is_free, is_wanted, found))
        found += FrameworkParameters(catalog, plan, sites, text).findings(theirs, decisions, models.moved())
    found += _prompts(inventory, settings, catalog, decisions)
    found += responses_of(inventory, settings, catalog, plan, at_gateway, found)
    return unless_taken(grouped(with_sdk(merged(found), inventory, settings, catalog, is_wanted)), inventory)


def _is_free(is_wanted: Callable[[Finding], bool], others: Sequence[Finding], finding: Finding) -> bool:
    """Whether ``finding`` may change its calls: nobody has to finish them by hand first."""
    open_ = {call for one in others if not one.edits and not one.note for call in one.calls}
    return is_wanted(finding) and not open_ & set(finding.calls)


def _divided(
    sites: Sequence[CallSite], frameworks: FrameworkModels
) -> tuple[list[CallSite], list[CallSite], list[CallSite]]:
    """The SDK's own calls with commands that can be read, frameworks' calls that can be changed, and those
    that only a person changes."""
    ours = [site for site in sites if site.kind not in BY_HAND or is_readable(site)]
    editable = [site for site in sites if frameworks.editable(site)]
    known = {site.id for site in (*ours, *editable)}
    return ours, editable, [site for site in sites if site.id not in known]


def _prompts(
    inventory: Inventory, settings: Settings, catalog: Catalog, decisions: Mapping[str, Decision]
) -> Sequence[Finding]:
    if "prompts" not in settings.stages:
        return ()
    from migrate.prompts.extraction import prompts_of
    from migrate.rewrite.stages.prompts.prompts import PromptStage

    prompts = prompts_of(inventory, catalog)
    return PromptStage(inventory, prompts, catalog, decisions, "model" in settings.stages).findings()


def _knows(catalog: Catalog, use_case: str) -> bool:
    return catalog.use_cases.get(use_case) is not None


def decided(
    inventory: Inventory, router: Router, settings: Settings, catalog: Catalog
) -> dict[str, Decision]:
    """What becomes of every call that names a model. Only a bolder policy asks what calls are for."""
    assessments: dict[str, Assessment] = {}
    if settings.policy != "conservative":
        from migrate.plan.assess import assess

        assessments = assess(inventory, catalog)
    named = (site for site in inventory.call_sites if site.model_parameter)
    return {site.id: router.decide(site, assessments.get(site.id)) for site in named}


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
