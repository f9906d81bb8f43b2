"""Call sites as documents of plain values: what a call is given, and the way to where that is written."""

from __future__ import annotations

from migrate.facts.expressions import Scalar
from migrate.program.callsite import CallSite, Client, Parameter, Prompt, Setting
from migrate.program.values import Origin
from migrate.report.documents import Document, place
from migrate.report.masking import mask, mask_argument
from migrate.sources.place import Place


def call_site(site: CallSite) -> Document:
    """One call site. The model and what its prompts come in are told apart, not among ``parameters``."""
    return {
        "id": site.id,
        **place(site.place),
        "function": site.function,
        "kind": site.kind,
        "sdk": site.sdk,
        "symbol": site.symbol,
        "certainty": site.certainty,
        "target": site.target,
        "async": site.asynchronous,
        "stream": site.stream,
        "client": client(site.clients[0]) if site.clients else None,
        "model": model(site.model),
        "parameters": {one.name: mask_argument(one.name, one.code) for one in plain_parameters(site)},
        "prompts": [_prompt(one) for one in site.prompts],
        "hidden": [mask(why) for why in site.hidden],
        "why": [mask(why) for why in site.model.why],
        "environment": list(site.model.environment),
        "clients": [_whole_client(one) for one in site.clients],
        "settings": {one.name: given(one.name, one.setting) for one in plain_parameters(site)},
    }


def plain_parameters(site: CallSite) -> list[Parameter]:
    """The parameters that are neither the model nor the carrier of a prompt."""
    spoken = {"messages", "input", "instructions", "prompt", site.model_parameter}
    return [one for one in site.parameters if one.name not in spoken]


def client(one: Client) -> Document:
    """Where a client is made and where it leads; ``path`` is null where it is not made in the program,
    ``base_url`` where it is absent, open, or one of several."""
    at, urls = one.place, _urls(one)
    return {
        "path": at.path if at else None,
        "line": at.span.line if at else None,
        "base_url": urls[0] if len(urls) == 1 else None,
        "api_key_env": one.api_key_env,
    }


def model(setting: Setting) -> Document:
    return {
        "values": list(setting.values),
        "complete": setting.complete,
        "origins": [_origin(one) for one in setting.origins],
    }


def _whole_client(one: Client) -> Document:
    return {
        **client(one),
        "symbol": one.symbol,
        "target": one.target,
        "base_urls": _urls(one),
        "chain": _chain(one.chain),
        "settings": {"base_url": given("base_url", one.base_url), "api_key": given("api_key", one.api_key)},
    }


def _urls(one: Client) -> list[str]:
    return [mask(value) for value in one.base_url.values if isinstance(value, str)]


def given(name: str, setting: Setting) -> Document:
    """What an argument can be, and where that is written. Nothing that may be a key is shown."""
    return {
        "values": [_masked(name, value) for value in setting.values],
        "complete": setting.complete,
        "origins": [{**_origin(one), "value": _masked(name, one.value)} for one in setting.origins],
        "environment": list(setting.environment),
        "why": [mask(why) for why in setting.why],
    }


def _masked(name: str, value: Scalar) -> Scalar:
    return mask_argument(name, f"'{value}'")[1:-1] if isinstance(value, str) else value


def _prompt(one: Prompt) -> Document:
    at = one.place
    return {"path": at.path, "line": at.span.line, "role": one.role, "chain": _chain(one.chain)}


def _origin(one: Origin) -> Document:
    span = one.place.span
    return {
        "path": one.place.path,
        "line": span.line,
        "column": span.column,
        "role": one.role,
        "value": one.value,
        "chain": _chain(one.chain),
    }


def _chain(links: tuple[Place, ...]) -> list[Document]:
    """The places that a value passes on its way, from where it is written to what asks for it."""
    return [{"path": one.path, "line": one.span.line, "column": one.span.column} for one in links]
