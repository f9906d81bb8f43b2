"""Why a person should look before a client moves to the gateway, in words. Decides and edits nothing."""

from __future__ import annotations

import re
from itertools import islice

from migrate.program.calls.callsite import CallSite, Client, Setting
from migrate.program.calls.setting import unset
from migrate.program.calls.surroundings import Surroundings
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.sources.testfiles import is_test

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


def client_doubts(
    plan: GatewayPlan, site: CallSite, client: Client, users: list[CallSite], surroundings: Surroundings
) -> list[str]:
    """What to look at before the client that ``site`` makes is moved; ``users`` are the calls through it."""
    url_branches = surroundings.url_branches
    doubts = [*endpoint_doubts(plan, users), *key_doubts(plan, client), *_copy_doubts(client, users)]
    doubts += [f"{place} compares something with OpenAI's URL" for place in url_branches[:1]]
    doubts += test_doubts(site.place.path)
    doubts += key_write_doubts(surroundings, site.place.path)
    doubts += _guard_doubts(client, site, surroundings)
    doubts += [f"{url} keeps its requests in one region" for url in plan.regional(client)]
    doubts += [f"{one.place} gives it to {one.sdk}" for one in users if one.kind == "framework"][:1]
    wrapped = [one for one in users if any(map(one.parameter, plan.wrapper_arguments))]
    doubts += [f"{one.place} goes through a library that wraps it" for one in wrapped[:1]]
    doubts += [f"it is given {one.name}" for one in client.parameters if one.name in _TROUBLESOME]
    secrets = [one.name for one in client.parameters if one.name in _HEADERS and _SECRET.search(one.code)]
    doubts += [f"{name} may hold OpenAI's key" for name in secrets]
    if not users:
        doubts.append("no call through it is visible")
    return doubts


def test_doubts(path: str) -> list[str]:
    """What to look at where the client stands in the file ``path``."""
    return ["it stands in a test, which may expect OpenAI's URL"] if is_test(path) else []


def key_write_doubts(surroundings: Surroundings, path: str) -> list[str]:
    """What to look at where a program that runs the file ``path`` fills the key's variable itself: it may
    hold the key of a user."""
    writes = sorted(surroundings.key_writes, key=lambda one: one.path != path)
    found = (one for one in writes if one.path == path or surroundings.together(one.path, path))
    return [f"{place} writes the key's variable itself" for place in islice(found, 1)]


def _guard_doubts(client: Client, site: CallSite, surroundings: Surroundings) -> list[str]:
    """What to look at where the SDK takes the key itself, and the same file asks for its variable: that may
    be a condition, which says nothing of the gateway's key."""
    if client.api_key.reads or client.api_key.why:
        return []
    reads = (one for one in surroundings.key_reads if one.path == site.place.path)
    found = (one for one in reads if not site.place.span.covers(one.span))
    return [
        f"{place} may stop the program, or this client, without OpenAI's key" for place in islice(found, 1)
    ]


def unserved_endpoints(plan: GatewayPlan, users: list[CallSite]) -> list[str]:
    """The endpoints that ``users`` need, in words, where the gateway is known to serve none of them."""
    used = _used(users)
    none = bool(used) and all(plan.gateway.serves(name) is False for name in used)
    return list(dict.fromkeys(map(_in_words, users))) if none else []


def endpoint_doubts(plan: GatewayPlan, users: list[CallSite]) -> list[str]:
    """The endpoints that ``users`` need and the gateway is not known to serve."""
    gateway = plan.gateway
    used = _used(users)
    unknown = [name for name in used if gateway.serves(name) is None]
    refused = [name for name in used if gateway.serves(name) is False]
    doubts = []
    if unknown:
        doubts.append(f"no source says whether {gateway.title} serves {', '.join(unknown)}")
    if refused:
        doubts.append(f"{gateway.title} is not known to serve {', '.join(refused)}")
    return doubts


def _used(users: list[CallSite]) -> list[str]:
    return list(dict.fromkeys(site.endpoint or site.kind for site in users))


def _in_words(site: CallSite) -> str:
    """The endpoint of a call; the resource for what has no endpoint of its own (``models``)."""
    if site.kind != "files" or site.endpoint:
        return site.endpoint or site.kind
    return site.symbol.split(".")[-2] if site.symbol.count(".") > 2 else site.kind


def _copy_doubts(client: Client, users: list[CallSite]) -> list[str]:
    """Copies of the client (``with_options``) that bring another key: it would go to the gateway."""
    for site in users:
        for one in site.clients:
            if one.place == client.place and one.api_key != client.api_key:
                return [f"{site.place} uses a copy of it with another key"]
    return []


def any_model(model: Setting) -> bool:
    """Whether a model can be chosen from outside: one of another vendor would go to the gateway with it."""
    return bool(model.environment) or not model.complete or any(one.open for one in model.origins)


def key_doubts(plan: GatewayPlan, client: Client) -> list[str]:
    """Whether the key that the client is given can be replaced without losing what it is for."""
    given = [one for one in client.parameters if one.name == "api_key"]
    return doubts_of_key(plan, given[0].setting, f" ({given[0].code})") if given else []


def doubts_of_key(plan: GatewayPlan, key: Setting, code: str = "") -> list[str]:
    """The same for a key that is passed, as ``code`` shows."""
    foreign = [name for name in key.environment if name != plan.openai.key_env]
    if foreign:
        return [f"its key comes from {', '.join(foreign)}"]
    if key.why and not key.environment:
        return [f"where its key comes from is not visible{code}; it would be replaced"]
    known = {unset(name) for name in key.environment}
    other = [why for why in key.why if why not in known]
    if other:
        return [f"its key may come from elsewhere too{code}, and would be replaced: {other[0]}"]
    return []
