"""Stage ``gateway`` for the client that the openai module itself is: its URL and key are assignments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.findings.edits import AddImport, Edit, InsertAfter, ReplaceExpression
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.plan.literals import is_literal
from migrate.program.calls.callsite import CallSite, Client
from migrate.rewrite.stages.gateway.gateway_doubts import endpoint_doubts, key_doubts, test_doubts
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand, client_key
from migrate.settings import Style


class ModuleClients:
    """Findings about ``openai.chat.completions`` and ``openai.ChatCompletion``."""

    def __init__(self, plan: GatewayPlan, style: Style) -> None:
        self._plan = plan
        self._style = style

    def findings(self, sites: Sequence[CallSite]) -> Iterator[Finding]:
        """One for every such client; its first call carries it."""
        seen: set[Client] = set()
        for site in sites:
            for client in site.clients:
                own = client.symbol == "openai" and client.target == "openai"
                if own and client not in seen and not self._plan.has(client):
                    seen.add(client)
                    users = [one for one in sites if client in one.clients]
                    yield self._finding(site, client, users)

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
        # The module's client joins paths to its URL as they are: without the slash, "v1" would be lost.
        url = self._plan.url_code(self._style, "" if name == "api_base" else "/")
        there = InsertAfter(keys[0].holder.span, f"{client.alias}.{name} = {url}")
        edits: tuple[Edit, ...] = (
            ReplaceExpression(keys[0].place.span, self._plan.key_code()),
            ReplaceExpression(urls[0].place.span, url) if urls else there,
            AddImport("os"),
        )
        doubts = [*key_doubts(self._plan, client), *self._doubts(path, users)]
        if doubts:
            cure += "; look first: " + "; ".join(doubts)
        safety: Safety = "review" if doubts else "safe"
        calls = tuple(one.id for one in users)
        changed = tuple(FileEdit(path, edit) for edit in edits)
        place = keys[0].holder
        return Finding(
            "direct-client", "gateway", place, message, cure, safety, changed, calls, client_key(client)
        )

    def _doubts(self, path: str, users: list[CallSite]) -> list[str]:
        own = [one.place for one in users if one.parameter("api_key") or one.parameter("api_base")]
        passing = [f"{place} passes a key or URL of its own" for place in own]
        return [*endpoint_doubts(self._plan, users), *passing, *test_doubts(path)]
