"""Calls of frameworks and plain HTTP: where they go, and what to write instead of those that only a person
changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from migrate.catalog import Catalog
from migrate.findings.finding import Finding
from migrate.plan.decision import Decision, Route
from migrate.program.calls.callsite import CallSite
from migrate.program.calls.surroundings import Surroundings
from migrate.program.literals.surrounding import MOST_CHOICES
from migrate.program.solving.values import Origin
from migrate.rewrite.stages.gateway.framework_gateway import FrameworkGateway
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand, is_openai
from migrate.rewrite.stages.model.model_findings import staying, unknown_model, without_a_model
from migrate.rewrite.stages.text_edits import IN_FILES
from migrate.sources.place import Place

BY_HAND = ("framework", "http")


class OtherCalls:
    """Findings about them."""

    def __init__(self, catalog: Catalog, plan: GatewayPlan) -> None:
        self._calls = catalog.frameworks.calls
        self._sdk = catalog.sdk.clients
        self._models = catalog.models
        self._plan = plan

    def gateway(
        self,
        sites: Sequence[CallSite],
        style: str,
        code: Callable[[Place], str],
        every: Sequence[CallSite],
        surroundings: Surroundings,
    ) -> Iterator[Finding]:
        """Where ``sites`` send their requests; one that is given an SDK client goes where that goes. Those
        that take a URL and a key in the ``style`` of the settings are moved; ``every`` one of the program
        says who else is given the same, ``surroundings`` what else reads the old key."""
        moving = FrameworkGateway(self._calls, self._plan, style, code, every, surroundings)
        for site in sites:
            own = not any(client.symbol in self._sdk for client in site.clients)
            if own and site.asks and site.model_parameter and not self._plan.direct:
                moved = moving.finding(site)
                if moved is not None:
                    yield moved
                else:
                    yield from self._where(site, moving.from_outside(site))

    def _where(self, site: CallSite, outside: bool) -> Iterator[Finding]:
        title = self._plan.gateway.title
        target = site.target
        if all(map(self._plan.has, site.clients)) or target == "unknown":
            return
        if target == "azure":
            cure = "to move it, give it OpenAI's class and the ids that its deployments stand for: by hand"
            edit = self._calls[site.symbol].edit if site.symbol in self._calls else None
            if edit is not None and edit.advice:
                cure = edit.advise(self._plan.base_url, self._plan.key_env)
            yield by_hand(site, "azure-client", f"{site.symbol} goes to Azure: it stays", cure, note=True)
        elif target == "other":
            urls = ", ".join(str(url) for client in site.clients for url in client.base_url.values)
            message = f"{site.symbol} goes to {urls or 'another vendor'}, not to OpenAI: it stays"
            cure = "nothing to do, unless it should go through the gateway too"
            yield by_hand(site, "foreign-client", message, cure, note=True)
        elif target == "openai" and not outside:
            message = f"{site.symbol} talks to OpenAI directly, not through {title}"
            yield by_hand(site, "framework-call", message, self._way(site))
        else:
            message = f"the URL of {site.symbol}, or the vendor of its model, is given from outside"
            files = ", ".join(
                str(one.place)
                for client in site.clients
                for one in client.base_url.origins
                if one.role in IN_FILES
            )
            where = f" ({files})" if files else ""
            yield by_hand(site, "configurable-client", message + where, self._way(site), note=True)

    def _way(self, site: CallSite) -> str:
        """How ``site`` gets to the gateway."""
        key = f"the key from {self._plan.key_env}"
        if site.kind == "http":
            return f"send it to {self._plan.base_url} by hand, with {key}"
        entry = self._calls[site.symbol]
        advice = entry.edit.advise(self._plan.base_url, self._plan.key_env) if entry.edit is not None else ""
        if advice:
            return advice
        if entry.base_url:
            name = next((one for one in entry.base_url if site.parameter(one)), entry.base_url[0])
            return f'give it {name}="{self._plan.base_url}" and {key} by hand'
        if entry.client:
            return f"give it {entry.client[0]} with base_url {self._plan.base_url} and {key} by hand"
        return f"set {self._plan.openai.base_url_env}={self._plan.base_url} and {key} where it runs"

    def models(self, sites: Sequence[CallSite], decisions: Mapping[str, Decision]) -> Iterator[Finding]:
        """What becomes of the models that ``sites`` ask for."""
        for site in sites:
            decision = decisions.get(site.id)
            if decision is None or not site.asks or site.target in ("azure", "other"):
                continue
            if is_openai(site, self._plan):
                yield from self._decided(site, decision)
            if site.model_parameter and not site.model.complete:
                yield unknown_model(site)

    def _decided(self, site: CallSite, decision: Decision) -> Iterator[Finding]:
        for route in decision.routes:
            origin = next((one for one in site.model.origins if one.value == route.old), None)
            yield self._routed(site, route, origin)
        for stay in decision.stays:
            if stay.rule and (len(site.model.values) <= MOST_CHOICES or stay.rule != "unknown-model"):
                yield staying(site, stay)

    def _routed(self, site: CallSite, route: Route, origin: Origin | None) -> Finding:
        name = self._models.parse(route.old)
        new = (name.prefix if name is not None else "") + route.target.id
        place = origin.place if origin is not None else site.place
        message, cure = route.reason, f"{route.old} should become {new}"
        if origin is not None and origin.role == "implicit":
            entry = self._calls[site.symbol]
            message = without_a_model(site, route.old, message, entry.implicit_note)
            named = site.model_parameter in entry.model
            said = f"pass {site.model_parameter}={new!r}" if named else f"have it ask for {new!r}"
            variables = " or ".join(entry.implicit_env)
            cure = f"{said}, or set {variables}" if variables else said
        rejected = "whether the body holds" if site.kind == "http" else f"whether {site.sdk} passes on"
        cure += f", by hand: look {rejected} what the new model rejects"
        return Finding(route.rule, "model", place, message, cure, "manual", (), (site.id,))
