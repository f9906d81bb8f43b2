"""Judges of clients: where they send requests, with what key, how long they wait and how often they try."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.catalog.checklist import Check
from migrate.program.calls.callsite import Client, Setting
from migrate.report.readiness.records import Evidence, Mark
from migrate.report.readiness.subject import Subject
from migrate.sources.place import Place
from migrate.sources.secrets import is_secret

_ELSEWHERE = frozenset(("env-default", "cli-default", "settings-field", "config-file", "env-file"))


def at_gateway(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every client, and every call whose client is out of sight."""
    for client, place in subject.clients:
        mark, text = _where(subject, client)
        yield Evidence(mark, f"{client.symbol}: {text}", place)
    for site in subject.calls:
        if not site.clients:
            mark, text = _aimed(site.target)
            yield Evidence(mark, f"{site.symbol}: {text}", site.place, site.id)


def _where(subject: Subject, client: Client) -> tuple[Mark, str]:
    if subject.plan.has(client):
        return "pass", f"at {subject.plan.gateway.title}"
    given = client.base_url.values or client.base_url.why or client.parameters
    return _aimed("openai" if client.target == "configurable" and not given else client.target)


def _aimed(target: str) -> tuple[Mark, str]:
    if target == "openai":
        return "fail", "talks to OpenAI directly"
    if target == "configurable":
        return "partial", "goes where the environment or a caller says, to OpenAI otherwise"
    if target == "azure":
        return "partial", "talks to Azure OpenAI"
    return "unknown", "where it sends requests is not known"


def address_configurable(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every client whose maker is visible."""
    for client, place in subject.clients:
        url = _address(client)
        if url.environment or any(one.role in _ELSEWHERE for one in url.origins):
            source = ", ".join(url.environment) or "a setting"
            yield Evidence("pass", f"its address comes from {source}", place)
        elif client.target == "configurable" and url.why:
            yield Evidence("pass", "a caller gives the address", place)
        elif client.target in ("user", "unknown"):
            yield Evidence("partial", "it has an address, and where that comes from is not known", place)
        elif subject.plan.has(client) or client.target == "azure":
            yield Evidence("partial", "its address is written in the code", place)
        else:
            yield Evidence("fail", "no gateway's address can be set", place)


def _address(client: Client) -> Setting:
    """The URL of a client, by whatever argument its vendor takes it."""
    urls = [one.setting for one in client.parameters if one.name.endswith(("_url", "_endpoint", "_base"))]
    return next((one for one in urls if one.environment or one.origins), client.base_url)


def secrets_outside(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every client, and every other line with a key on it; a key is never quoted."""
    literals = set()
    for client, place in subject.clients:
        literal = _literal_key(client)
        if literal is not None:
            literals.add((literal.path, literal.span.line))
            yield Evidence("fail", "a key is written in the code", literal)
        else:
            yield Evidence("pass", "no key is written in the code", place)
    if subject.calls:
        for place in subject.written_keys:
            if (place.path, place.span.line) not in literals:
                yield Evidence("fail", "a key is written here", place)


def _literal_key(client: Client) -> Place | None:
    for origin in client.api_key.origins:
        outside = origin.role in ("config-file", "env-file")
        if isinstance(origin.value, str) and not outside and is_secret("", origin.value):
            return origin.place
    return None


def parameter_given(subject: Subject, check: Check) -> Iterator[Evidence]:
    """Every client: whether it is given one of the check's parameters, or more than can be seen. Where the
    package has a default, its lack is only partial."""
    lacking: Mark = "partial" if check.partial else "fail"
    for client, place in subject.clients:
        given = [one.name for one in client.parameters if one.name in check.parameters]
        if given:
            yield Evidence("pass", f"{given[0]} is given", place)
        elif client.hidden:
            yield Evidence("unknown", f"it may be: {client.hidden[0]}", place)
        else:
            yield Evidence(lacking, f"no {' or '.join(check.parameters)}", place)
