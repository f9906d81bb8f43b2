"""Stage ``gateway``: clients of OpenAI get the gateway's URL and key, both or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate.findings.edits import AddImport, Edit, InsertAfter, ReplaceExpression, SetArgument
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.program.callsite import CallSite, Client
from migrate.program.clients import parameter_named
from migrate.rewrite.stages.gateway_plan import GatewayPlan, client_key
from migrate.rewrite.stages.holders import replaced
from migrate.rewrite.stages.testfiles import is_test
from migrate.settings import Settings
from migrate.sources.place import Place

_HEADERS = ("default_headers", "default_query")
_SECRET = re.compile(r"auth|key|token", re.IGNORECASE)
# These speak of the account or the place at OpenAI; a gateway has others.
_TROUBLESOME = (
    "admin_api_key",
    "data_residency",
    "organization",
    "project",
    "provider",
    "websocket_base_url",
    "workload_identity",
)


class GatewayStage:
    """Findings about where clients send their requests."""

    def __init__(self, plan: GatewayPlan, settings: Settings, url_branches: Sequence[Place]) -> None:
        """``url_branches`` are the places where code compares something with OpenAI's URL."""
        self._plan = plan
        self._settings = settings
        self._url_branches = url_branches

    def findings(self, sites: Sequence[CallSite]) -> Iterator[Finding]:
        """One finding or none for every client constructor, and one for the module's own client."""
        if self._plan.direct:
            return
        users = _users(sites)
        for site in sites:
            if site.kind == "constructor" and site.clients:
                found = self._of_client(site, site.clients[0], users.get(site.place, []))
                if found is not None:
                    yield found
        yield from self._module_clients(sites)

    def _of_client(self, site: CallSite, client: Client, users: list[CallSite]) -> Finding | None:
        if self._plan.has(client):
            return self._leaking(site, client)
        if client.target == "openai" and not _from_outside(client):
            return self._direct(site, client, users)
        return self._elsewhere(site, client)

    def _leaking(self, site: CallSite, client: Client) -> Finding | None:
        """A client that is at the gateway, with OpenAI's key still."""
        if client.api_key_env != "OPENAI_API_KEY" or self._settings.style == "environment":
            return None
        title, key = self._plan.gateway.title, self._plan.key_env
        message = f"{site.symbol} sends the key in OPENAI_API_KEY to {title}"
        cure = (
            f"the key comes from {key}; look first: whether OPENAI_API_KEY holds a key of {title} on purpose"
        )
        edits = [
            one
            for one in self._edits(site, client)
            if "api_key" in (getattr(one.edit, "name", ""), getattr(one.edit, "key", ""))
        ]
        edits.append(FileEdit(site.place.path, AddImport("os")))
        return Finding(
            "leaking-key", "gateway", site.place, message, cure, "review", tuple(edits), (site.id,)
        )

    def _direct(self, site: CallSite, client: Client, users: list[CallSite]) -> Finding:
        title = self._plan.gateway.title
        message = f"{site.symbol} talks to OpenAI directly, not through {title}"
        if self._settings.style == "environment":
            return self._by_environment(site, message)
        if site.constructor:
            cure = f"give base_url and api_key to OpenAI's own constructor inside {site.constructor}"
            return _manual(site, "direct-client", message, cure)
        safety, doubts = self._doubts(site, client, users)
        cure = f"base_url becomes {self._plan.base_url}, the key comes from {self._plan.key_env}"
        if doubts:
            cure += "; look first: " + "; ".join(doubts)
        return Finding(
            "direct-client",
            "gateway",
            site.place,
            message,
            cure,
            safety,
            self._edits(site, client),
            (site.id,),
            client_key(client),
        )

    def _edits(self, site: CallSite, client: Client) -> tuple[FileEdit, ...]:
        """base_url and api_key, each where it is passed now, or else at the constructor."""
        codes = {"base_url": self._plan.url_code(self._settings.style), "api_key": self._plan.key_code()}
        edits: list[FileEdit] = []
        for name, code in codes.items():
            passed = parameter_named(client, name)
            if passed is not None:
                edits += replaced(passed, code)
            else:
                edits.append(FileEdit(site.place.path, SetArgument(site.place.span, name, code)))
        reading = dict.fromkeys(one.path for one in edits if "os." in getattr(one.edit, "code", ""))
        return (*edits, *(FileEdit(path, AddImport("os")) for path in reading))

    def _doubts(self, site: CallSite, client: Client, users: list[CallSite]) -> tuple[Safety, list[str]]:
        """Why a person should look before this client moves."""
        doubts = [*self._endpoint_doubts(users), *_key_doubts(client), *_copy_doubts(client, users)]
        doubts += [f"{place} compares something with OpenAI's URL" for place in self._url_branches[:1]]
        if is_test(site.place.path):
            doubts.append("it stands in a test, which may expect OpenAI's URL")
        if site.hidden:
            doubts.append(f"the client takes more arguments than are visible ({site.hidden[0]})")
        doubts += [f"it is given {one.name}" for one in client.parameters if one.name in _TROUBLESOME]
        secrets = [one.name for one in client.parameters if one.name in _HEADERS and _SECRET.search(one.code)]
        doubts += [f"{name} may hold OpenAI's key" for name in secrets]
        if not users:
            doubts.append("no call through it is visible")
        return ("review" if doubts else "safe"), doubts

    def _endpoint_doubts(self, users: list[CallSite]) -> list[str]:
        gateway = self._plan.gateway
        used = dict.fromkeys(site.endpoint or site.kind for site in users)
        unknown = [name for name in used if gateway.serves(name) is None]
        refused = [name for name in used if gateway.serves(name) is False]
        doubts = []
        if unknown:
            doubts.append(f"no source says whether {gateway.title} serves {', '.join(unknown)}")
        if refused:
            doubts.append(f"{gateway.title} is not known to serve {', '.join(refused)}")
        return doubts

    def _by_environment(self, site: CallSite, message: str) -> Finding:
        cure = (
            f"set OPENAI_BASE_URL={self._plan.base_url} and OPENAI_API_KEY to the gateway's key where it runs"
        )
        return Finding(
            "direct-client", "gateway", site.place, message, cure, "manual", (), (site.id,), "", True
        )

    def _elsewhere(self, site: CallSite, client: Client) -> Finding | None:
        gateway, key = self._plan.gateway, self._plan.key_env
        if client.target in ("openai", "configurable", "user"):
            names = ", ".join(client.base_url.environment) or "an argument"
            message = f"the URL of {site.symbol} is given from outside ({names})"
            cure = f"give it {self._plan.base_url} there, and the key of {gateway.title} ({key}) with it"
            rule = "configurable-client"
        elif client.target == "azure":
            message = "an Azure client: it stays"
            cure = "to move it, its class has to become OpenAI; that is not done unasked"
            rule = "azure-client"
        else:
            urls = ", ".join(str(value) for value in client.base_url.values) or "another place"
            message = f"a client for {urls}, not for OpenAI: it stays"
            cure = "nothing to do, unless it should go through the gateway too"
            rule = "foreign-client"
        return Finding(rule, "gateway", site.place, message, cure, "manual", (), (site.id,), "", True)

    def _module_clients(self, sites: Sequence[CallSite]) -> Iterator[Finding]:
        """The client of the module itself has no constructor: its first call carries the finding."""
        seen: set[Client] = set()
        for site in sites:
            for client in site.clients:
                own = client.symbol == "openai" and client.target == "openai"
                if own and client not in seen and not self._plan.has(client):
                    seen.add(client)
                    users = [one for one in sites if client in one.clients]
                    yield self._module_client(site, client, users)

    def _module_client(self, site: CallSite, client: Client, users: list[CallSite]) -> Finding:
        legacy = site.kind.startswith("legacy-")
        name = "api_base" if legacy else "base_url"
        message = f"{site.symbol} uses the module's own client, which talks to OpenAI directly"
        cure = f"{client.alias}.{name} becomes {self._plan.base_url}, the key comes from {self._plan.key_env}"
        stores = [one for one in client.parameters if one.name == "api_key"]
        if len(stores) != 1 or self._settings.style == "environment":
            return _manual(site, "direct-client", message, f"{cure}: set both once, before the first call")
        # The module's client joins paths to its URL as they are: without the slash, "v1" would be lost.
        url = self._plan.url_code(self._settings.style, "" if legacy else "/")
        path, holder = stores[0].holder.path, stores[0].holder.span
        edits: tuple[Edit, ...] = (
            ReplaceExpression(stores[0].place.span, self._plan.key_code()),
            InsertAfter(holder, f"{client.alias}.{name} = {url}"),
            AddImport("os"),
        )
        doubts = self._endpoint_doubts(users)
        own = [one.place for one in users if one.parameter("api_key") or one.parameter("api_base")]
        doubts += [f"{place} passes a key or URL of its own" for place in own]
        if is_test(path):
            doubts.append("it stands in a test, which may expect OpenAI's URL")
        if doubts:
            cure += "; look first: " + "; ".join(doubts)
        return Finding(
            "direct-client",
            "gateway",
            stores[0].holder,
            message,
            cure,
            "review" if doubts else "safe",
            tuple(FileEdit(path, edit) for edit in edits),
            tuple(one.id for one in users),
            client_key(client),
        )


def _users(sites: Sequence[CallSite]) -> dict[Place, list[CallSite]]:
    """The calls that go through each client, by where the client is made."""
    found: dict[Place, list[CallSite]] = {}
    for site in sites:
        if site.kind != "constructor":
            for client in site.clients:
                if client.place is not None:
                    found.setdefault(client.place, []).append(site)
    return found


def _from_outside(client: Client) -> bool:
    """Whether the URL is passed in by something other than a literal, though no value of it is visible."""
    passed = parameter_named(client, "base_url")
    return passed is not None and not client.base_url.values and passed.code != "None"


def _copy_doubts(client: Client, users: list[CallSite]) -> list[str]:
    """Copies of the client (``with_options``) that bring another key: it would go to the gateway."""
    for site in users:
        for one in site.clients:
            if one.place == client.place and one.api_key != client.api_key:
                return [f"{site.place} uses a copy of it with another key"]
    return []


def _key_doubts(client: Client) -> list[str]:
    """Whether the key that the client is given can be replaced without losing what it is for."""
    given = [one for one in client.parameters if one.name == "api_key"]
    if not given:
        return []
    found = given[0].setting
    foreign = [name for name in found.environment if name != "OPENAI_API_KEY"]
    if foreign:
        return [f"its key comes from {', '.join(foreign)}"]
    if found.why and not found.environment:
        return [f"where its key comes from is not visible ({given[0].code}); it would be replaced"]
    return []


def _manual(site: CallSite, rule: str, message: str, cure: str) -> Finding:
    return Finding(rule, "gateway", site.place, message, cure, "manual", (), (site.id,))
