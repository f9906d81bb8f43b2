"""Why a call is what it is: the way from the call to every place where its client, its model and the rest are
written, as a tree. Says what was found, and looks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from migrate.facts.expressions import Scalar
from migrate.plan.assessment import Assessment, Evidence
from migrate.program.calls.callsite import CallSite, Client, Parameter, Prompt, Setting
from migrate.program.solving.values import Origin
from migrate.report.masking import mask, mask_argument, mask_line
from migrate.report.plain_parameters import plain_parameters
from migrate.report.tree import Node
from migrate.sources.place import Place

_LONGEST = 90  # characters of a line of code
_MOST = 8  # origins of one thing


class Explainer:
    """Draws calls; ``line`` gives the line of source at a place."""

    def __init__(self, sites: Sequence[CallSite], line: Callable[[Place], str]) -> None:
        self._line = line
        self._sharing: dict[Place, list[CallSite]] = {}
        for site in sites:
            for place in dict.fromkeys(origin.place for origin in site.model.origins):
                self._sharing.setdefault(place, []).append(site)

    def call(
        self, site: CallSite, prompts: tuple[Prompt, ...] = (), assessment: Assessment | None = None
    ) -> Node:
        """A call, or a client's constructor, with its ``prompts`` and everything that is known of it."""
        made = "()" if site.kind == "constructor" else ""
        likely = ", only likely: nothing says what the receiver is" if site.certainty == "likely" else ""
        head = f"{site.place}  {site.symbol}{made}  ({site.kind}, goes to {site.target}{likely})"
        parts = [*self._model(site), *map(self._client, site.clients), *_assessed(assessment)]
        shown = ("base_url", "api_key") if site.kind == "constructor" else ()
        parts += [self._parameter(one) for one in plain_parameters(site) if one.name not in shown]
        parts += [self._prompt(one) for one in prompts]
        parts += [Node(f"more may be passed: {mask(why)}") for why in site.hidden]
        return Node(head, tuple(parts))

    def _model(self, site: CallSite) -> Iterator[Node]:
        if site.model_parameter is None:
            return
        passed = site.parameter(site.model_parameter)
        if passed is None:
            implicit = f", so it is {_values(site.model_parameter, site.model)}" if site.model.values else ""
            yield Node(f"{site.model_parameter}: not given{implicit}", tuple(_open(site.model)))
            return
        below = self._setting(passed.name, site.model, passed, site)
        yield Node(f"{site.model_parameter}: {_values(passed.name, site.model)}", below)

    def _client(self, client: Client) -> Node:
        below = [
            Node(f"kept by {self._at(one)}") for one in client.chain if not _same_line(one, client.place)
        ]
        for name, setting in (("base_url", client.base_url), ("api_key", client.api_key)):
            passed = next((one for one in client.parameters if one.name == name), None)
            text = f"{name}: {_values(name, setting)}"
            if passed is None and name == "api_key" and client.api_key_env and not setting.values:
                text = f"{name}: not given, so it is environment variable {client.api_key_env}"
            below.append(Node(text, self._setting(name, setting, passed)))
        below += [Node(f"more may be passed: {mask(why)}") for why in client.hidden if client.place]
        where = f"  {self._at(client.place)}" if client.place is not None else ", not made in this program"
        return Node(f"client: {client.symbol} (goes to {client.target}){where}", tuple(below))

    def _parameter(self, one: Parameter) -> Node:
        code = mask_argument(one.name, " ".join(one.code.split()))
        return Node(f"{one.name}: {_cut(code)}", self._setting(one.name, one.setting, one))

    def _prompt(self, one: Prompt) -> Node:
        steps = self._steps([*reversed(one.chain), one.place])
        if len(steps) == 1:
            return Node(f"prompt ({one.role}): {steps[0].text}")
        return Node(f"prompt ({one.role})", steps)

    def _setting(
        self, name: str, setting: Setting, passed: Parameter | None, site: CallSite | None = None
    ) -> tuple[Node, ...]:
        """One node an origin, with the way to it, and what stays open."""
        origins = setting.origins
        if len(origins) == 1 and setting.complete and _is_plain(origins[0], passed):
            origins = () if not self._others(origins[0], site) else origins
        found = [self._origin(name, one, passed, site) for one in origins[:_MOST]]
        if len(origins) > _MOST:
            found.append(Node(f"and {len(origins) - _MOST} more places"))
        read = zip_longest(setting.environment, setting.reads[: len(setting.environment)])
        for variable, place in read:
            at = f", read at {self._at(place)}" if place is not None else ""
            found.append(Node(f"environment variable {variable}{at}"))
        return (*found, *_open(setting))

    def _origin(self, name: str, one: Origin, passed: Parameter | None, site: CallSite | None) -> Node:
        way = [] if passed is None or passed.place in (one.place, *one.chain) else [passed.place]
        steps = list(self._steps([*way, *reversed(one.chain), one.place]))
        others = self._others(one, site)
        if others:
            steps.append(Node(f"shared with {', '.join(map(_named, others[:_MOST]))}"))
        part = "" if one.whole else ", a part of it"
        opened = ", unless callers that are not visible pass another" if one.open else ""
        return Node(f"{_shown(name, one.value)} ({one.role}{part}{opened})", tuple(steps))

    def _others(self, one: Origin, site: CallSite | None) -> list[CallSite]:
        """The other calls that take their model from this place."""
        return [other for other in self._sharing.get(one.place, ()) if other.id != site.id] if site else []

    def _steps(self, way: Sequence[Place]) -> tuple[Node, ...]:
        """One node a line of source, in the order of ``way``."""
        lines = dict.fromkeys(place.line for place in way)
        first = {place.line: place for place in reversed(way)}
        return tuple(Node(self._at(first[line])) for line in lines)

    def _at(self, place: Place) -> str:
        return f"{place.line}  {_cut(mask_line(' '.join(self._line(place).split())))}"


def _assessed(one: Assessment | None) -> Iterator[Node]:
    """What a call is for and whether somebody waits for it, with what speaks for that."""
    if one is None:
        return
    guess = f", perhaps {one.guess}" if one.guess else ""
    yield Node(f"use case: {one.use_case}{guess}", tuple(map(_evidence, one.evidence)))
    yield Node(f"latency: {one.latency}", tuple(map(_evidence, one.latency_evidence)))


def _evidence(one: Evidence) -> Node:
    return Node(f"{one.place.line}  {mask(one.words)}")


def _named(site: CallSite) -> str:
    return f"{site.place.line} ({site.kind})"


def _is_plain(origin: Origin, passed: Parameter | None) -> bool:
    """Whether a literal stands in the call itself, so that there is no way to show."""
    return passed is not None and origin.place == passed.place and not origin.chain


def _same_line(one: Place, other: Place | None) -> bool:
    return other is not None and one.line == other.line


def _open(setting: Setting) -> Iterator[Node]:
    """The reasons why there may be other values, but for the variables that are told of by name."""
    told = {f"environment variable {name} sets it" for name in setting.environment}
    yield from (Node(f"unknown: {mask(why)}") for why in setting.why if why not in told)


def _values(name: str, setting: Setting) -> str:
    known = [_shown(name, value) for value in setting.values[:_MOST]]
    if len(setting.values) > _MOST:
        known.append(f"{len(setting.values) - _MOST} others")
    known += [f"${variable}" for variable in setting.environment]
    if not setting.complete and any(True for _ in _open(setting)):
        known.append("something else" if known else "not known")
    return " or ".join(known) or "not given"


def _shown(name: str, value: Scalar) -> str:
    text = " ".join(str(value).split())
    return _cut(mask_argument(name, f"'{text}'")[1:-1]) if isinstance(value, str) else text


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
