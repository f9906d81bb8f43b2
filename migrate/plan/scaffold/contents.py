"""What a router holds: the plan's models, their aliases by use case, and where each falls back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.gateways import Gateway
from migrate.catalog.models import Model
from migrate.plan.assessment import UNCLEAR
from migrate.plan.planfile.entry import Entry, PlanFile
from migrate.settings import Settings

_WAITING, _PATIENT = 60, 600  # seconds: somebody waits, or nobody does
_MODES = {"embedding": "embedding", "chat": "chat"}
_DEPTH = ("nano", "small", "flagship", "pro")


class RoutedModel(msgspec.Struct, frozen=True):
    """A model as programs name it, and as the endpoint behind the router does."""

    name: str
    upstream: str
    timeout: int
    why: str
    mode: str


class Alias(msgspec.Struct, frozen=True):
    """A word that stands for a model: a use case, or ``strong`` and ``fast``. ``asked`` is the model as the
    endpoint names it."""

    name: str
    variable: str
    model: str
    asked: str
    timeout: float


class Fallback(msgspec.Struct, frozen=True):
    """Where the requests of ``model`` go, the first choice first."""

    model: str
    to: tuple[str, ...]


class Contents(msgspec.Struct, frozen=True):
    """Everything that the templates ask for: the endpoint that programs call, and the one behind a proxy."""

    plan: str
    base_url: str
    base_url_env: str
    key_env: str
    behind_url: str
    behind_key_env: str
    timeout: int
    models: tuple[RoutedModel, ...]
    aliases: tuple[Alias, ...]
    fallbacks: tuple[Fallback, ...]
    wider: tuple[Fallback, ...]


def contents(plan: PlanFile, name: str, settings: Settings, catalog: Catalog) -> Contents:
    """The router for ``plan``, whose file is called ``name``."""
    gateway = catalog.gateways[settings.gateway]
    # A proxy of the team's own takes this gateway's place: behind it is OpenAI itself.
    behind = catalog.gateways["openai"] if gateway.naming == "alias" else gateway
    uses = [(entry, target) for entry in plan.call for target in _targets(entry)]
    chosen = [plan.settings.strong, plan.settings.fast]
    ids = dict.fromkeys([*chosen, *(target for _, target in uses)])
    models = [model for model in map(catalog.models.get, ids) if model is not None]
    own = behind is gateway
    return Contents(
        name,
        settings.base_url or gateway.base_url,
        gateway.base_url_env,
        settings.key_env or gateway.key_env,
        (settings.base_url if own else None) or behind.base_url,
        (settings.key_env if own else None) or behind.key_env,
        _PATIENT,
        tuple(_routed(one, uses, behind.model_name(one.id)) for one in models),
        tuple(_aliases(uses, chosen, gateway)),
        tuple(_fallbacks(models)),
        tuple(_wider(models)),
    )


def _targets(entry: Entry) -> Iterable[str]:
    """The models of a call after the plan, without the names of gateways before them. What nobody has
    decided yet is taken as proposed: a router for models that end would not last."""
    for old in entry.was:
        model, _ = entry.aim(old)
        yield (model if entry.decision != "keep" and model else old).rpartition("/")[2]


def _routed(model: Model, uses: Sequence[tuple[Entry, str]], upstream: str) -> RoutedModel:
    latencies = {entry.latency for entry, target in uses if target == model.id}
    waiting = latencies == {"interactive"}
    why = "all of its calls are interactive" if waiting else "some of its calls may take their time"
    return RoutedModel(model.id, upstream, _WAITING if waiting else _PATIENT, why, _MODES.get(model.kind, ""))


def _aliases(uses: Sequence[tuple[Entry, str]], chosen: Sequence[str], gateway: Gateway) -> Iterable[Alias]:
    """An alias for each use case that the plan is sure of: the model that most of its calls get."""
    for name, model in zip(("strong", "fast"), chosen, strict=True):
        yield Alias(name, name.upper(), model, gateway.model_name(model), _PATIENT)
    by_use: dict[str, list[tuple[Entry, str]]] = {}
    for entry, target in uses:
        if entry.use_case and entry.use_case != UNCLEAR:
            by_use.setdefault(entry.use_case, []).append((entry, target))
    for use_case, found in sorted(by_use.items()):
        waiting = any(entry.latency == "interactive" for entry, _ in found)
        model = Counter(target for _, target in found).most_common(1)[0][0]
        variable = use_case.upper().replace("-", "_")
        timeout = _WAITING if waiting else _PATIENT
        yield Alias(use_case, variable, model, gateway.model_name(model), timeout)


def _fallbacks(models: Sequence[Model]) -> Iterable[Fallback]:
    """Each chat model falls back to the others: to the deeper ones first, as an answer must not get worse."""
    chat = [one for one in models if one.kind == "chat"]
    for model in chat:
        others = [one for one in chat if one is not model]
        others.sort(key=lambda one: (_depth(one) < _depth(model), abs(_depth(one) - _depth(model))))
        if others:
            yield Fallback(model.id, tuple(one.id for one in others))


def _wider(models: Sequence[Model]) -> Iterable[Fallback]:
    """Each chat model hands what is too long for it to those that take more."""
    for model in models:
        more = [
            one
            for one in models
            if one.kind == model.kind == "chat"
            and (one.context_window or 0) > (model.context_window or 0) > 0
        ]
        more.sort(key=lambda one: (_depth(one), one.context_window or 0))
        if more:
            yield Fallback(model.id, tuple(one.id for one in more))


def _depth(model: Model) -> int:
    return _DEPTH.index(model.tier) if model.tier in _DEPTH else 0
