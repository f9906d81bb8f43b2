"""Azure clients that the settings ask to move: OpenAI's class with the gateway's URL and key, and the ids
that their deployments stand for, together or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from migrate.catalog import Catalog
from migrate.catalog.models import Model
from migrate.findings.edits import ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.decision import Decision, Route
from migrate.plan.effort import effort_of
from migrate.plan.route import Router
from migrate.program.calls.callsite import CallSite, Client
from migrate.rewrite.stages.gateway.azure_constructors import AzureConstructors, Stays
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, client_key
from migrate.settings import Settings
from migrate.sources.place import Place


class AzureMoves(msgspec.Struct, frozen=True):
    """``decisions`` are those of the calls through clients that move, by the names of their deployments;
    ``ties`` the keys that tie the findings about each of these calls to its client's."""

    findings: tuple[Finding, ...] = ()
    decisions: dict[str, Decision] = {}
    ties: dict[str, str] = {}

    def tied(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """``findings``, those about a call of a client that moves tied to it."""
        for one in findings:
            key = next((self.ties[call] for call in one.calls if call in self.ties), "")
            yield replace(one, change=key) if key and not one.change and not one.note else one

    @property
    def moved(self) -> dict[str, set[str]]:
        """The names that change, by call."""
        return {call: {one.old for one in found.routes} for call, found in self.decisions.items()}


def azure_moves(
    sites: Sequence[CallSite],
    settings: Settings,
    catalog: Catalog,
    plan: GatewayPlan,
    code: Callable[[Place], str],
) -> AzureMoves:
    """The moves that the settings ask for; nothing moves unless they do."""
    whole = {"gateway", "model", "params"} <= set(settings.stages)
    if "azure" not in settings.move_clients or plan.direct or not whole:
        return AzureMoves()
    return AzureClients(catalog, settings, plan, code).moves(sites)


class AzureClients:
    """Moves them; ``code`` gives the source text at a place."""

    def __init__(
        self, catalog: Catalog, settings: Settings, plan: GatewayPlan, code: Callable[[Place], str]
    ) -> None:
        self._way = catalog.azure
        self._models = catalog.models
        self._router = Router(catalog, settings)
        self._names: Mapping[str, str] = settings.deployments
        self._plan = plan
        self._constructors = AzureConstructors(catalog.azure, plan, settings.style, code)
        self._code = code
        self._moving: set[Place | None] = set()

    def moves(self, sites: Sequence[CallSite]) -> AzureMoves:
        """What moves, and one finding for every Azure client that has to stay, saying why.

        Clients that ask for a deployment under one name move together: where one stays, the others do too.
        """
        staying: set[Place | None] = set()
        while True:
            asked = [one for one in sites if one.kind == "constructor" and one.symbol in self._way.classes]
            self._moving = {one.clients[0].place for one in asked if one.clients} - staying
            moves = self._together(sites)
            stay = {one.place for one in moves.findings if one.safety == "manual"} & self._moving
            if not stay:
                return moves
            staying |= stay

    def _together(self, sites: Sequence[CallSite]) -> AzureMoves:
        """The moves, as far as no other client than those of ``_moving`` moves."""
        findings: list[Finding] = []
        decisions: dict[str, Decision] = {}
        ties: dict[str, str] = {}
        for site in sites:
            if site.kind != "constructor" or site.symbol not in self._way.classes or not site.clients:
                continue
            client = site.clients[0]
            users = [one for one in sites if one.kind != "constructor" and client.place in _places(one)]
            try:
                found = {one.id: self._decided(one, client, sites) for one in users}
                edits = self._constructors.edits(site, client)
            except Stays as why:
                findings.append(self._constructors.staying(site, str(why)))
                continue
            key = client_key(client)
            decisions.update(found)
            ties.update(dict.fromkeys(found, key))
            findings.append(self._constructors.moving(site, edits, key))
            findings += [one for user in users for one in self._renamed(user, found[user.id], key)]
        return AzureMoves(tuple(_joined(findings)), decisions, ties)

    def _decided(self, site: CallSite, client: Client, sites: Sequence[CallSite]) -> Decision:
        """Where a call goes whose models are deployments. Raises Stays."""
        if len(site.clients) != 1 or not site.model_parameter:
            raise Stays(f"{site.place} goes through other clients too, or names no model")
        if not site.model.values or not site.model.complete:
            raise Stays(f"the deployment that {site.place} asks for is not visible")
        fixed = [one for one in client.parameters if one.name == self._way.deployment]
        stands = {value: self._stands_for(str(value)) for value in site.model.values}
        if fixed:
            whole = fixed[0].setting.values
            if len(whole) != 1 or not fixed[0].setting.complete:
                raise Stays(f"{self._way.deployment} is not visible")
            stands = dict.fromkeys(stands, self._stands_for(str(whole[0])))
        for origin in site.model.origins:
            named = self._code(origin.place).count(str(origin.value)) == 1 and origin.whole
            strangers = [
                one
                for one in sites
                if one.id != site.id
                and not (len(one.clients) == 1 and one.clients[0].place in self._moving)
                and one.model_parameter
                and any(other.place == origin.place for other in one.model.origins)
            ]
            if not named or strangers:
                raise Stays(f"{origin.place} names the deployment for other calls too, or in pieces")
        return self._routed(site, stands)

    def _stands_for(self, deployment: str) -> str:
        found = self._names.get(deployment, deployment)
        if self._models.get(found) is None:
            raise Stays(f"no model is known for the deployment {deployment!r}: name it under deployments")
        return found

    def _routed(self, site: CallSite, stands: Mapping[Any, str]) -> Decision:
        """The decision for the models that deployments stand for, under the names of these."""
        models = tuple(dict.fromkeys(stands.values()))
        usual = self._router.decide(replace(site, model=replace(site.model, values=models)))
        routes = {one.old: one for one in usual.routes}
        found = []
        for value, model in stands.items():
            route = routes.get(model)
            known = self._models.get(model)
            if route is not None:
                found.append(replace(route, old=str(value)))
            elif known is not None:
                stay = next(one for one in usual.stays if one.old == model)
                if stay.rule:
                    raise Stays(f"{model}: {stay.reason}")
                found.append(_as_it_is(site, str(value), known))
        return Decision(site.id, tuple(found), ())

    def _renamed(self, site: CallSite, decision: Decision, key: str) -> Iterator[Finding]:
        """The deployments' names become ids."""
        routes = {one.old: one for one in decision.routes}
        for origin in site.model.origins:
            route = routes.get(str(origin.value))
            new = self._plan.gateway.model_name(route.target.id) if route is not None else ""
            if route is None or new == route.old:
                continue
            edit = FileEdit(origin.place.path, ReplaceText(origin.place.span, route.old, new))
            message = f"{route.old!r} is a deployment; it stands for a model that becomes {new}"
            cure, place = f"{route.old} becomes {new}", origin.place
            yield Finding("azure-client", "model", place, message, cure, "review", (edit,), (site.id,), key)


def _as_it_is(site: CallSite, old: str, model: Model) -> Route:
    """The route of a deployment of a model that is asked for itself from now on."""
    effort = effort_of(site)
    text = effort if isinstance(effort, str) else None
    return Route(old, model, model, text, "azure-client", f"{old!r} is a deployment of {model.id}")


def _joined(findings: Iterable[Finding]) -> Iterable[Finding]:
    """``findings``, those that make the same edits made one, tied to all their clients."""
    found: dict[object, Finding] = {}
    for one in findings:
        known = found.setdefault(one.edits or one.place, one)
        if known is not one:
            keys = "|".join(dict.fromkeys([*known.change.split("|"), one.change]))
            calls = tuple(dict.fromkeys([*known.calls, *one.calls]))
            found[one.edits or one.place] = replace(known, calls=calls, change=keys)
    return found.values()


def _places(site: CallSite) -> list[Place | None]:
    return [one.place for one in site.clients]
