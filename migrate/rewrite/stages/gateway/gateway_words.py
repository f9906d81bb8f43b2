"""What is said of clients that stay where they are, and of what still reads the old key. Edits nothing."""

from __future__ import annotations

import re

from migrate.findings.finding import Finding
from migrate.program.calls.callsite import CallSite, Client
from migrate.program.calls.clients import parameter_named
from migrate.program.calls.surroundings import Surroundings
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand
from migrate.rewrite.stages.text_edits import IN_FILES
from migrate.sources.place import Place

_PUT_TOGETHER = re.compile(r"""[fF][rR]?["']|.*(?:\+|%|\.format\()""", re.DOTALL)
_FEW = 3  # addresses in a message
_MOST = 60  # characters of code in a message


def elsewhere(plan: GatewayPlan, site: CallSite, client: Client) -> Finding:
    """The note about a client that goes somewhere else, or wherever it is told."""
    if client.target in ("openai", "configurable", "user"):
        return _told_where(plan, site, client)
    if client.target == "azure":
        message = "an Azure client: it stays"
        change = (
            "URL and key have to change" if client.symbol in plan.classes else "class has to become OpenAI"
        )
        cure = f"to move it, its {change}, and its models have to become the ids they stand for: by hand"
        return by_hand(site, "azure-client", message, cure, note=True)
    urls = ", ".join(str(value) for value in client.base_url.values) or "another place"
    message = f"a client for {urls}, not for OpenAI: it stays"
    cure = "nothing to do, unless it should go through the gateway too (--move-client other)"
    return by_hand(site, "foreign-client", message, cure, note=True)


def _told_where(plan: GatewayPlan, site: CallSite, client: Client) -> Finding:
    key = f"the key of {plan.gateway.title} ({plan.key_env}) with it"
    passed = parameter_named(client, "base_url")
    files = [str(one.place) for one in client.base_url.origins if one.role in IN_FILES]
    source = [*client.base_url.environment, *files, *site.hidden[:1]]
    if passed is not None and not source and _PUT_TOGETHER.match(passed.code):
        code = passed.code if len(passed.code) <= _MOST else f"{passed.code[:_MOST]}…"
        message = f"the URL of {site.symbol} is put together from what is given from outside ({code})"
        cure = f"write {plan.base_url} in its place, and {key}"
        return by_hand(site, "configurable-client", message, cure, note=True)
    urls = [str(value) for value in client.base_url.values]
    if urls and not source and len(urls) > 1:
        message = f"the URL of {site.symbol} is chosen when it runs ({', '.join(urls[:_FEW])})"
        cure = f"give it {plan.base_url} where it is OpenAI's, and {key}"
        return by_hand(site, "configurable-client", message, cure, note=True)
    message = f"the URL of {site.symbol} is given from outside ({[*source, 'an argument'][0]})"
    cure = f"give it {plan.base_url} there, and {key}"
    return by_hand(site, "configurable-client", message, cure, note=True)


def still_read(plan: GatewayPlan, client: Client, place: Place, surroundings: Surroundings) -> str:
    """Says where the old key's variable goes on being read: there it is needed no more."""
    found, name = list(client.api_key.reads), client.api_key_env
    if not found and not client.api_key.why:
        found = [one for one in surroundings.key_reads if one.path == place.path]
        name = plan.openai.key_env
    outside = [one for one in found if one.path != place.path or not place.span.covers(one.span)]
    return f" ({outside[0]} still reads {name})" if outside and name else ""
