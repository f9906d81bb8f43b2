"""What a readiness report is about: everything that earlier stages found, in one record for the judges."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

import msgspec

from migrate.catalog import Catalog
from migrate.findings.finding import Finding
from migrate.plan.assess import assess
from migrate.plan.assessment import Assessment
from migrate.plan.decision import Decision
from migrate.plan.landing import Landing, landings
from migrate.plan.planfile.following import followed
from migrate.plan.route import Router
from migrate.program.calls.callsite import CallSite, Client
from migrate.program.inventory import Inventory
from migrate.prompts.analysis import Analysis, analyse
from migrate.prompts.extraction import Prompts, prompts_of
from migrate.prompts.prompt import PromptText
from migrate.report.readiness.signals import Hit
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, client_key, gateway_plan
from migrate.settings import Settings
from migrate.sources.place import Place


class JudgedPrompt(msgspec.Struct, frozen=True):
    """One prompt of one call, and what its text was found to do."""

    site: CallSite
    prompt: PromptText
    analysis: Analysis


class Subject(msgspec.Struct, frozen=True, dict=True):
    """One scanned code base. ``findings`` are those that nothing switches off; ``hits`` the signals found, by
    id; ``tested`` the identifiers that tests and evaluations hold; ``written_keys`` where keys stand."""

    inventory: Inventory
    findings: tuple[Finding, ...]
    settings: Settings
    catalog: Catalog
    hits: Mapping[str, tuple[Hit, ...]]
    tested: frozenset[str]
    written_keys: tuple[Place, ...] = ()

    @cached_property
    def calls(self) -> tuple[CallSite, ...]:
        """The requests to a model of OpenAI, through the gateway or not: not the constructors, not what goes
        to another vendor."""
        sites = (one for one in self.inventory.call_sites if one.asks and one.kind != "constructor")
        return tuple(one for one in sites if one.target != "other" or self._through_gateway(one))

    @cached_property
    def asking(self) -> tuple[CallSite, ...]:
        """The calls that name a model, or may: not those that leave it to the API's own default."""
        named = (one for one in self.calls if one.model_parameter)
        return tuple(one for one in named if one.model.values or one.hidden or self._passes_model(one))

    def _passes_model(self, site: CallSite) -> bool:
        return bool(site.model_parameter and site.parameter(site.model_parameter)) or site.kind == "framework"

    def _through_gateway(self, site: CallSite) -> bool:
        return any(map(self.plan.has, site.clients))

    @cached_property
    def clients(self) -> tuple[tuple[Client, Place], ...]:
        """Every client of the calls once, and of constructors whose client no visible call uses, with the
        place to point at."""
        found: dict[str, tuple[Client, Place]] = {}
        for site in self.inventory.call_sites:
            for client in site.clients if site.asks else ():
                if client.target != "other" or self.plan.has(client):
                    found.setdefault(client_key(client), (client, client.place or site.place))
        return tuple(found.values())

    @cached_property
    def plan(self) -> GatewayPlan:
        return gateway_plan(self.settings, self.catalog)

    @cached_property
    def assessments(self) -> dict[str, Assessment]:
        """What each call is for, and how long its answer may take."""
        return assess(self.inventory, self.catalog, self.texts)

    @cached_property
    def texts(self) -> Prompts:
        """The prompts of every call."""
        return prompts_of(self.inventory)

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """Where every call that names a model would go, as the plan file says where there is one."""
        router = Router(self.catalog, self.settings, followed(self.inventory, self.settings, self.catalog))
        named = [site for site in self.calls if site.model_parameter]
        return {site.id: router.decide(site, self.assessments.get(site.id)) for site in named}

    @cached_property
    def prompts(self) -> tuple[JudgedPrompt, ...]:
        """Every prompt of every call, analysed. A text that several calls share is analysed once."""
        texts = self.texts.by_call
        analysed: dict[str, Analysis] = {}
        found = []
        for site in self.calls:
            for prompt in texts.get(site.id, ()):
                if prompt.text not in analysed:
                    analysed[prompt.text] = analyse(prompt.text, self.catalog)
                found.append(JudgedPrompt(site, prompt, analysed[prompt.text]))
        return tuple(found)

    def landings(self, site: CallSite) -> tuple[Landing, ...]:
        """The models that ``site`` has once everything that is routed has moved; none where none is known."""
        decision = self.decisions.get(site.id)
        if decision is None:
            return ()
        moved = [route.old for route in decision.routes]
        return landings(site, decision, moved, self.catalog.models)

    @cached_property
    def _findings_of(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for call in finding.calls:
                found.setdefault(call, []).append(finding)
        return found

    def findings_about(
        self, site: CallSite, rules: Collection[str], stages: Collection[str]
    ) -> Iterator[Finding]:
        """The findings about ``site`` by these rules, notes too, and those of these stages that are more
        than a note."""
        for one in self._findings_of.get(site.id, ()):
            if one.rule in rules or (one.stage in stages and not one.note):
                yield one
