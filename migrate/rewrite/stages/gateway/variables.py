"""Style ``environment``: which variables hold the address for a program's clients, and who ignores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrate.findings.finding import Finding
from migrate.program.calls.callsite import CallSite, Client
from migrate.program.calls.clients import parameter_named
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand


def url_variables(
    sites: Sequence[CallSite], plan: GatewayPlan, known: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The variables that the clients of ``sites`` read their URL from; the SDK's own for none."""
    found = dict.fromkeys(name for site in sites for name in known.get(_client(site), ()))
    return tuple(found) or (plan.openai.base_url_env,)


def _client(site: CallSite) -> str:
    return f"{site.sdk}-legacy" if site.kind.startswith("legacy") else site.sdk


def by_environment(plan: GatewayPlan, site: CallSite, client: Client, message: str) -> Finding:
    """What to do about a client that the environment should move, and whether it listens to it."""
    url, key = plan.openai.base_url_env, plan.openai.key_env
    given = parameter_named(client, "base_url")
    if given is not None and given.code != "None":
        message = f"{message}; it ignores {url}, because it is given base_url={given.code}"
        cure = "take base_url out here, so that the environment counts, or move it by hand"
        return by_hand(site, "direct-client", message, cure)
    cure = f"set {url}={plan.base_url} and {key} to the gateway's key where it runs"
    own = f"; its key is given in the code, so {key} is not read: change that too"
    cure += own if client.api_key_env != key else ""
    return by_hand(site, "direct-client", message, cure, note=True)
