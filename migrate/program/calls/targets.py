"""Where requests go: from the URL that a client is given to a Target. Knows hosts, not clients."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.gateways import Gateway
from migrate.program.calls.callsite import Target
from migrate.program.calls.setting import doubts, may_be_missing, setting
from migrate.program.solving.values import Value


class Hosts(msgspec.Struct, frozen=True):
    """Whose a URL is, by the catalog's entries for OpenAI and Azure; a host below one of theirs is theirs
    too (``eu.api.openai.com``)."""

    openai: Gateway
    azure: Gateway

    def is_openai(self, url: str) -> bool:
        """Whether ``url`` is OpenAI's own endpoint, in any region."""
        return self.openai.owns(host_of(url))

    def is_azure(self, url: str) -> bool:
        """Whether ``url`` is an endpoint at Azure."""
        host = host_of(url)
        return self.azure.owns(host) or "azure" in host.split(".")

    def is_azure_path(self, url: str) -> bool:
        """Whether ``url`` ends like Azure's, whose host is each customer's own."""
        return url.rstrip("/").endswith(urlsplit(self.azure.base_url).path.rstrip("/"))


def hosts_of(catalog: Catalog) -> Hosts:
    """The hosts that the catalog's entries for OpenAI and Azure name."""
    return Hosts(catalog.gateways["openai"], catalog.gateways["azure-foundry"])


def target_of(url: Value | None, hidden: bool, hosts: Hosts) -> Target:
    """Where requests go whose client is given ``url`` (None: the argument is absent); ``hidden`` says
    whether it may be given more than is visible."""
    if url is None:
        return "configurable" if hidden else "openai"
    found = setting(url)
    texts = [value for value in found.values if isinstance(value, str) and value]
    foreign = [text for text in texts if not hosts.is_openai(text)]
    missing = may_be_missing(url)
    if foreign:
        if missing or len(foreign) < len(texts):
            return "configurable"
        theirs: Target = "azure" if all(map(hosts.is_azure, foreign)) else "other"
        # What one caller passes says nothing of what others do; a default, or what stands beside it, is what
        # the client is there for.
        passed = all(one.role == "argument" and one.chain for one in found.origins) and not found.environment
        return common_target((theirs, "user")) if passed and doubts(url) else theirs
    if texts or missing:
        elsewhere = any(one.role in ("config-file", "env-file") for one in found.origins)
        return "configurable" if doubts(url) or found.environment or elsewhere else "openai"
    return "user" if doubts(url) else "openai"


def common_target(targets: Collection[Target]) -> Target:
    """Where a request goes that can go to any of ``targets``."""
    if len(targets) == 1:
        return next(iter(targets))
    if {"other", "user"} <= set(targets):
        return "user"
    return "configurable" if {"openai", "configurable"} & set(targets) else "unknown"


def host_of(url: str) -> str:
    """The host of ``url``, which may lack its scheme; empty where there is none."""
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
