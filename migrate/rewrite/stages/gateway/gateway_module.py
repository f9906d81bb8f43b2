"""Stage ``gateway`` for the client that the openai module itself is: its URL and key are assignments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.findings.edits import AddImport, Edit, InsertAfter, ReplaceExpression
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.plan.literals import is_literal
from migrate.program.calls.callsite import CallSite, Client, Parameter
from migrate.rewrite.stages.gateway.gateway_doubts import endpoint_doubts, key_doubts, test_doubts
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand, client_key
from migrate.settings import Style
from migrate.sources.place import Place


class ModuleClients:
    """Findings about ``openai.chat.completions`` and ``openai.ChatCompletion``."""

    def __init__(self, plan: GatewayPlan, style: Style) -> None:
        self._plan = plan
        self._style = style

    def findings(self, sites: Sequence[CallSite]) -> Iterator[Finding]:
        """One for every such client; its first call carries it."""
        first: dict[Client, CallSite] = {}
        for site in sites:
            for client in site.clients:
                own = client.symbol == "openai" and client.target == "openai"
                if own and not self._plan.has(client):
                    first.setdefault(client, site)
        alone = {_keys(client)[0] for client in first if len(_keys(client)) == 1}
        every = dict.fromkeys(place for client in first for place in _keys(client))
        for client, site in first.items():
            users = [one for one in sites if client in one.clients]
            beside = [one for one in every if one not in _keys(client) and _same_file(one, client)]
            stays = [one for one in beside if one not in alone]
            yield self._finding(site, client, users, beside, stays)

    def _finding(
        self,
        site: CallSite,
        client: Client,
        users: list[CallSite],
        beside: Sequence[Place],
        stays: Sequence[Place],
    ) -> Finding:
        """``beside`` are the other places in its file that set the module's key, ``stays`` those of them that
        do not move: what is set in one function holds in all."""
        name = "api_base" if site.kind.startswith("legacy-") else "base_url"
        message = f"{site.symbol} uses the module's own client, which talks to OpenAI directly"
        cure = f"{client.alias}.{name} becomes {self._plan.base_url}, the key comes from {self._plan.key_env}"
        keys = [one for one in client.parameters if one.name == "api_key"]
        urls = [one for one in client.parameters if one.name == name]
        if len(keys) != 1 or self._style == "environment":
            return by_hand(site, "direct-client", message, f"{cure}: set both once, before the first call")
        if stays:
            why = f"{cure}: set both once, before the first call; {stays[0]} sets the key for the module too"
            return by_hand(site, "direct-client", message, why)
        path = keys[0].holder.path
        if (
            client.hidden
            or len(urls) > 1
            or any(not is_literal(one.code) or one.place.path != path for one in urls)
        ):
            why = f"{cure}: {client.hidden[0] if client.hidden else urls[0].holder} sets the URL by itself"
            return by_hand(site, "configurable-client", message, why, note=True)
        doubts = [*key_doubts(self._plan, client), *self._doubts(path, users)]
        doubts += [f"{one} sets the key for the module too, and has to move with it" for one in beside[:1]]
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
        return [*endpoint_doubts(self._plan, users), *passing, *test_doubts(path)]


def _keys(client: Client) -> list[Place]:
    """Where the key of a module's client is set."""
    return list(dict.fromkeys(one.holder for one in client.parameters if one.name == "api_key"))


def _same_file(place: Place, client: Client) -> bool:
    return place.path in {one.path for one in _keys(client)}
