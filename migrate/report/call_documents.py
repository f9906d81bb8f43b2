"""Call sites in the shape that JSON formats print: what a call is given, and where it is written."""

from __future__ import annotations

from migrate.facts.expressions import Scalar
from migrate.plan.assessment import Assessment, Evidence
from migrate.program.calls.callsite import CallSite, Client, Prompt, Setting
from migrate.program.solving.values import Origin
from migrate.report import call_shapes
from migrate.report.documents import corners
from migrate.report.masking import mask, mask_argument
from migrate.report.plain_parameters import plain_parameters
from migrate.sources.place import Place


def call_site(
    site: CallSite, prompts: tuple[Prompt, ...], assessed: Assessment | None
) -> call_shapes.CallSite:
    """One call site with its ``prompts``, and what is made out about it. Neither model nor prompts are among
    its ``parameters``."""
    return call_shapes.CallSite(
        site.id,
        *corners(site.place),
        function=site.function,
        kind=site.kind,
        sdk=site.sdk,
        symbol=site.symbol,
        certainty=site.certainty,
        target=site.target,
        asynchronous=site.asynchronous,
        stream=site.stream,
        client=_client_summary(site.clients[0]) if site.clients else None,
        model=_model(site.model),
        parameters={one.name: mask_argument(one.name, one.code) for one in plain_parameters(site)},
        prompts=tuple(map(_prompt, prompts)),
        hidden=tuple(map(mask, site.hidden)),
        why=tuple(map(mask, site.model.why)),
        environment=site.model.environment,
        clients=tuple(map(_client, site.clients)),
        settings={one.name: _given(one.name, one.setting) for one in plain_parameters(site)},
        assessment=_assessment(assessed) if assessed is not None else None,
    )


def _assessment(one: Assessment) -> call_shapes.Assessment:
    return call_shapes.Assessment(
        use_case=one.use_case,
        confidence=one.confidence,
        guess=one.guess or None,
        evidence=tuple(map(_evidence, one.evidence)),
        latency=one.latency,
        latency_evidence=tuple(map(_evidence, one.latency_evidence)),
    )


def _evidence(one: Evidence) -> call_shapes.Evidence:
    return call_shapes.Evidence(mask(one.words), one.place.path, one.place.span.line, one.place.cell)


def _client_summary(one: Client) -> call_shapes.ClientSummary:
    at, urls = one.place, _urls(one)
    return call_shapes.ClientSummary(
        path=at.path if at else None,
        line=at.span.line if at else None,
        base_url=urls[0] if len(urls) == 1 else None,
        api_key_env=one.api_key_env,
        cell=at.cell if at else None,
    )


def _client(one: Client) -> call_shapes.Client:
    short = _client_summary(one)
    return call_shapes.Client(
        short.path,
        short.line,
        short.base_url,
        short.api_key_env,
        short.cell,
        symbol=one.symbol,
        target=one.target,
        base_urls=_urls(one),
        chain=_chain(one.chain),
        settings={"base_url": _given("base_url", one.base_url), "api_key": _given("api_key", one.api_key)},
    )


def _urls(one: Client) -> tuple[str, ...]:
    return tuple(mask(value) for value in one.base_url.values if isinstance(value, str))


def _model(setting: Setting) -> call_shapes.Model:
    return call_shapes.Model(
        values=setting.values,
        complete=setting.complete,
        origins=tuple(_origin(one, one.value) for one in setting.origins),
    )


def _given(name: str, setting: Setting) -> call_shapes.Given:
    """What an argument can be, and where that is written. Nothing that may be a key is shown."""
    return call_shapes.Given(
        values=tuple(_masked(name, value) for value in setting.values),
        complete=setting.complete,
        origins=tuple(_origin(one, _masked(name, one.value)) for one in setting.origins),
        environment=setting.environment,
        why=tuple(map(mask, setting.why)),
    )


def _masked(name: str, value: Scalar) -> Scalar:
    return mask_argument(name, f"'{value}'")[1:-1] if isinstance(value, str) else value


def _prompt(one: Prompt) -> call_shapes.Prompt:
    at = one.place
    return call_shapes.Prompt(at.path, at.span.line, one.role, _chain(one.chain), at.cell)


def _origin(one: Origin, value: Scalar) -> call_shapes.Origin:
    """``value`` is that of ``one``, masked where it may be a key."""
    at, chain = one.place, _chain(one.chain)
    return call_shapes.Origin(at.path, at.span.line, at.span.column, one.role, value, chain, at.cell)


def _chain(links: tuple[Place, ...]) -> tuple[call_shapes.Link, ...]:
    """The places that a value passes on its way, from where it is written to what asks for it."""
    return tuple(call_shapes.Link(one.path, one.span.line, one.span.column, one.cell) for one in links)
