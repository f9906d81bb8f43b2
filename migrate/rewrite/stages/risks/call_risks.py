"""What a call that moves may run into although its requests are accepted. Only notes: they fail no check."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from migrate.catalog import UNKNOWN
from migrate.catalog.risks import RiskWords
from migrate.findings.finding import Finding
from migrate.plan.decision import Route
from migrate.plan.literals import literal_value
from migrate.program.calls.callsite import CallSite, Parameter
from migrate.settings import Stage
from migrate.sources.place import Place

_CAPS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_SMALL_CAP = 1000


class CallRisks:
    """Notes on calls; ``text`` gives a file's source, ``gateway`` the title of one that is not OpenAI's."""

    def __init__(self, words: RiskWords, text: Callable[[str], str | None], gateway: str) -> None:
        self._words = words
        self._text = text
        self._gateway = gateway
        self._windows: set[tuple[str, str, str]] = set()

    def of_routes(self, site: CallSite, routes: Sequence[Route]) -> Iterator[Finding]:
        """What the new models bring."""
        for route in routes:
            yield from self._window(site, route)
        yield from self._unread_end(site, routes)
        yield from self._determinism(site, routes)

    def at_gateway(self, site: CallSite) -> Iterator[Finding]:
        """What the call asks of OpenAI itself, and a gateway is not known to pass on."""
        asked = [*self._hosted_tools(site), *self._headers(site)]
        asked += [name for name in self._words.stateful if site.parameter(name) is not None]
        if asked:
            message = f"it asks for {', '.join(asked)}: no source says that {self._gateway} serves that"
            cure = "try it there first, or leave this call's client at OpenAI"
            yield _note("unserved-feature", "gateway", site, site.place, message, cure)

    def _window(self, site: CallSite, route: Route) -> Iterator[Finding]:
        """One note a file and pair of models: long inputs that fitted may fit no more."""
        old, new = route.old_model.context_window, route.target.context_window
        seen = (site.place.path, route.old_model.id, route.target.id)
        if old is None or new is None or new >= old or seen in self._windows:
            return
        self._windows.add(seen)
        message = f"{route.target.id} takes {new:,} tokens, {route.old} took {old:,}"
        cure = "look whether inputs can be longer than that, or choose a model with a larger window"
        place = _place(site, site.model_parameter)
        yield _note("smaller-context-window", "model", site, place, message, cure)

    def _unread_end(self, site: CallSite, routes: Sequence[Route]) -> Iterator[Finding]:
        """A small cap on a call that reasons, in a file that never looks why an answer ended."""
        text = self._text(site.place.path) or ""
        reasons = any(route.effort not in (None, "none") for route in routes)
        if not reasons or any(word in text for word in self._words.end_words):
            return
        for parameter in site.parameters:
            value = literal_value(parameter) if parameter.name in _CAPS else UNKNOWN
            if isinstance(value, int) and value < _SMALL_CAP:
                message = "an answer that its cap cuts off or leaves empty is taken for a whole one here"
                cure = f"look at {self._words.end_words[0]} before the text is used"
                yield _note("unread-finish-reason", "params", site, site.place, message, cure)

    def _determinism(self, site: CallSite, routes: Sequence[Route]) -> Iterator[Finding]:
        """A seed and temperature 0: the same answer as before is not to be had."""
        seed, temperature = site.parameter("seed"), site.parameter("temperature")
        if seed is None or temperature is None or not routes or literal_value(seed) is None:
            return
        if literal_value(temperature) == 0:
            message = (
                f"seed and temperature=0 ask for the same answer again; {routes[0].target.id} gives others"
            )
            cure = "renew what was recorded from the old model: expectations of tests, caches, evaluations"
            yield _note("promised-determinism", "params", site, seed.place, message, cure)

    def _hosted_tools(self, site: CallSite) -> list[str]:
        tools = site.parameter("tools")
        kinds = _kinds(tools) if tools is not None else []
        return [f"the tool {kind}" for kind in kinds if kind not in self._words.own_tools]

    def _headers(self, site: CallSite) -> list[str]:
        passed = site.parameter("extra_headers")
        held = passed.code if passed is not None else ""
        return [
            f"the header {name}..." for name in self._words.headers if f'"{name}' in held.replace("'", '"')
        ]


def _kinds(tools: Parameter) -> list[str]:
    """The ``type`` of every dict in a list of tools that is written at the call."""
    try:
        node = ast.parse(tools.code, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    dicts = [one for one in node.elts if isinstance(one, ast.Dict)] if isinstance(node, ast.List) else []
    pairs = [pair for one in dicts for pair in zip(one.keys, one.values, strict=True)]
    return list(
        dict.fromkeys(
            str(value.value)
            for key, value in pairs
            if isinstance(key, ast.Constant) and key.value == "type" and isinstance(value, ast.Constant)
        )
    )


def _place(site: CallSite, name: str | None) -> Place:
    passed = site.parameter(name or "")
    return passed.place if passed is not None else site.place


def _note(rule: str, stage: Stage, site: CallSite, place: Place, message: str, cure: str) -> Finding:
    return Finding(rule, stage, place, message, cure, "manual", (), (site.id,), "", True)
