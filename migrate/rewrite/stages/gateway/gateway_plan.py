"""What moving to a gateway means for this run: the URL, the key, and which clients are there already."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.gateways import Gateway
from migrate.findings.finding import Finding
from migrate.program.calls.callsite import CallSite, Client
from migrate.program.calls.targets import host_of
from migrate.settings import Settings


class GatewayPlan(msgspec.Struct, frozen=True):
    """The chosen gateway with what the settings overrule; ``base_url`` and ``key_env`` are final.

    ``openai`` is the catalog's entry for OpenAI itself, where clients come from; ``classes`` are the SDK's
    client classes that talk to it, ``wrapper_arguments`` what only a wrapped client takes. ``moving`` holds
    the keys of the clients that this run moves.
    """

    gateway: Gateway
    base_url: str
    key_env: str
    openai: Gateway
    classes: frozenset[str] = frozenset()
    wrapper_arguments: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset()

    @property
    def direct(self) -> bool:
        """Whether the "gateway" is OpenAI itself: then no client moves."""
        return self.gateway.name == self.openai.name

    def holds(self, url: str) -> bool:
        """Whether requests to ``url`` go through the gateway."""
        try:
            host, own = urlsplit(url).netloc, urlsplit(self.base_url).netloc
        except ValueError:
            return False
        return host == own or self.gateway.owns(host.partition(":")[0])

    def is_openai(self, url: str) -> bool:
        """Whether ``url`` is OpenAI's own, in any region."""
        return self.openai.owns(host_of(url))

    def regional(self, client: Client) -> list[str]:
        """The URLs of ``client`` that are OpenAI's in one region."""
        urls = [value for value in client.base_url.values if isinstance(value, str)]
        return [url for url in urls if self.is_openai(url) and host_of(url) not in self.openai.hosts]

    def has(self, client: Client) -> bool:
        """Whether ``client`` is at the gateway already."""
        urls = [value for value in client.base_url.values if isinstance(value, str) and value]
        return bool(urls) and not client.base_url.why and all(map(self.holds, urls))

    def url_code(self, style: str, end: str = "") -> str:
        """The expression to write for base_url, with ``end`` after the URL's last character."""
        plain = f'"{self.base_url.rstrip("/") if end else self.base_url}{end}"'
        return plain if style == "literal" else f'os.getenv("{self.gateway.base_url_env}", {plain})'

    def key_code(self) -> str:
        """The expression to write for api_key."""
        return f'os.environ["{self.key_env}"]'


def client_key(client: Client) -> str:
    """What ties the findings about one client together before changes are grouped."""
    place = client.place or (client.parameters[0].holder if client.parameters else None)
    return f"{client.symbol} {place}"


def gateway_plan(settings: Settings, catalog: Catalog) -> GatewayPlan:
    """The plan of one run, for settings that have been checked against the catalog."""
    gateway = catalog.gateways[settings.gateway]
    url, key = settings.base_url or gateway.base_url, settings.key_env or gateway.key_env
    classes = (client.canonical for client in catalog.sdk.clients.values() if client.target == "openai")
    openai, wrapping = catalog.gateways["openai"], catalog.sdk.wrapper_arguments
    return GatewayPlan(gateway, url, key, openai, frozenset(classes), wrapping)


def is_openai(site: CallSite, plan: GatewayPlan) -> bool:
    """Whether the requests of ``site`` reach OpenAI: directly, by default, or through the gateway."""
    if site.certainty == "likely":
        return True
    return bool(site.clients) and all(_openai(client, plan) for client in site.clients)


def _openai(client: Client, plan: GatewayPlan) -> bool:
    if plan.has(client) or client_key(client) in plan.moving:
        return True
    if client.target in ("configurable", "user") and client.base_url.values:
        urls = [url for url in client.base_url.values if isinstance(url, str) and url]
        return all(plan.holds(url) or plan.is_openai(url) for url in urls)
    return client.target in ("openai", "configurable", "user")


def by_hand(site: CallSite, rule: str, message: str, cure: str, *, note: bool = False) -> Finding:
    """A finding of this stage without an edit."""
    return Finding(rule, "gateway", site.place, message, cure, "manual", (), (site.id,), "", note)
