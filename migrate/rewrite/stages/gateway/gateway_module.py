"""Stage ``gateway`` for the client that the openai module itself is: its URL and key are assignments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from migrate.findings.edits import AddImport, Edit, InsertAfter, ReplaceExpression
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.plan.literals import is_literal
from migrate.program.calls.callsite import CallSite, Client, Parameter
from migrate.program.calls.surroundings import ALONE, Surroundings
from migrate.rewrite.stages.gateway.gateway_doubts import (
    endpoint_doubts,
    key_doubts,
    key_write_doubts,
    test_doubts,
)
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand, client_key
from migrate.settings import Style
from migrate.sources.place import Place


class ModuleClients:
    """Findings about ``openai.chat.completions`` and ``openai.ChatCompletion``."""

    def __init__(self, plan: GatewayPlan, style: Style, surroundings: Surroundings = ALONE) -> None:
        self._plan = plan
        self._style = style
        self._surroundings = surroundings

    def findings(self, sites: Sequence[CallSite]) -> Iterator[Finding]:
        """One for every such client; its first call carries it. What sets the module's key in one program
        moves together or not at all: it holds for all calls of the module."""
        first: dict[Client, CallSite] = {}
        for site in sites:
            for client in site.clients:
                own = client.symbol == "openai" and client.target == "openai"
                if own and not self._plan.has(client):
                    first.setdefault(client, site)
        found = {
            client: self._finding(site, client, [one for one in sites if client in one.clients])
            for client, site in first.items()
        }
        beside = {client: self._beside(client, first) for client in first}
        while True:
            moving = {_keys(client)[0]: client for client, one in found.items() if one.edits}
            stuck = [one for one in moving.values() if any(place not in moving for place in beside[one])]
            if not stuck:
                break
            for client in stuck:
                stays = next(place for place in beside[client] if place not in moving)
                found[client] = self._stays(first[client], found[client], stays)
        for client, one in found.items():
            yield _tied(one, [moving[place] for place in beside[client]]) if one.edits else one

    def _beside(self, client: Client, others: Iterable[Client]) -> list[Place]:
        """Where else the module's key is set in programs that set it where ``client`` has it."""
        own = _keys(client)
        return [
            place
            for place in dict.fromkeys(place for other in others for place in _keys(other))
            if place not in own and any(self._in_one_program(place.path, one.path) for one in own)
        ]

    def _in_one_program(self, one: str, other: str) -> bool:
        return one == other or self._surroundings.together(one, other)

    def _stays(self, site: CallSite, finding: Finding, stays: Place) -> Finding:
        cure, _, _ = finding.cure.partition("; look first: ")
        why = f"{cure}: set both once, before the first call; {stays} sets the key for the module too"
        return by_hand(site, "direct-client", finding.message, why)

    def _finding(self, site: CallSite, client: Client, users: list[CallSite]) -> Finding:
        name = "api_base" if site.kind.startswith("legacy-") else "base_url"
        message = f"{site.symbol} uses the module's own client, which talks to OpenAI directly"
        cure = f"{client.alias}.{name} becomes {self._plan.base_url}, the key comes from {self._plan.key_env}"
        keys = [one for one in client.parameters if one.name == "api_key"]
        urls = [one for one in client.parameters if one.name == name]
        if len(keys) != 1 or self._style == "environment":
            return by_hand(site, "direct-client", message, f"{cure}: set both once, before the first call")
        path = keys[0].holder.path
        if (
            client.hidden
            or len(urls) > 1
            or any(not is_literal(one.code) or one.place.path != path for one in urls)
        ):
            why = f"{cure}: {client.hidden[0] if client.hidden else urls[0].holder} sets the URL by itself"
            return by_hand(site, "configurable-client", message, why, note=True)
        doubts = [*key_doubts(self._plan, client), *self._doubts(path, users)]
        if doubts:
            cure += "; look first: " + "; ".join(doubts)
        safety: Safety = "review" if doubts else "safe"
        calls = tuple(one.id for one in users)
        changed = tuple(FileEdit(path, edit) for edit in self._edits(client, name, keys[0], urls))
        place = keys[0].holder
        return Finding(
            "direct-client", "gateway", place, message, cure, safety, changed, calls, client_key(client)
        )

    def _edits(
        self, client: Client, name: str, key: Parameter, urls: Sequence[Parameter]
    ) -> tuple[Edit, ...]:
        # The module's client joins paths to its URL as they are: without the slash, "v1" would be lost.
        url = self._plan.url_code(self._style, "" if name == "api_base" else "/")
        there = InsertAfter(key.holder.span, f"{client.alias}.{name} = {url}")
        return (
            ReplaceExpression(key.place.span, self._plan.key_code()),
            ReplaceExpression(urls[0].place.span, url) if urls else there,
            AddImport("os"),
        )

    def _doubts(self, path: str, users: list[CallSite]) -> list[str]:
        own = [one.place for one in users if one.parameter("api_key") or one.parameter("api_base")]
        passing = [f"{place} passes a key or URL of its own" for place in own]
        written = key_write_doubts(self._surroundings, path)
        return [*endpoint_doubts(self._plan, users), *passing, *test_doubts(path), *written]


def _keys(client: Client) -> list[Place]:
    """Where the key of a module's client is set."""
    return list(dict.fromkeys(one.holder for one in client.parameters if one.name == "api_key"))


def _tied(finding: Finding, others: Sequence[Client]) -> Finding:
    """``finding`` as one change with the moves of ``others``, which set the module's key too."""
    keys = "|".join(dict.fromkeys((finding.change, *map(client_key, others))))
    return msgspec.structs.replace(finding, change=keys)
