"""Clients: where one is made, which URL and key it has, and so where its requests go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.sdk import SdkClient
from migrate.program.calls.callsite import Client, Parameter, Target
from migrate.program.calls.computed_urls import computed_target
from migrate.program.calls.keepers import keepers
from migrate.program.calls.module_client import statement_parameter
from migrate.program.calls.request import Request
from migrate.program.calls.requests import read_request
from migrate.program.calls.setting import setting
from migrate.program.calls.targets import hosts_of, target_of
from migrate.program.calls.url_variables import UrlVariables
from migrate.program.solving.combining import NOTHING, only, union
from migrate.program.solving.values import LiteralOption, Located, Made, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator

_ABSENT = only(LiteralOption(None, ()))


class Clients:
    """Describes clients; each constructor call once."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts) -> None:
        self._evaluator = evaluator
        self._sdk = catalog.sdk
        self._texts = texts
        self._hosts = hosts_of(catalog)
        self._variables = UrlVariables(evaluator, catalog.configuration.variables.get("openai", ()))
        self._made: dict[Made, Client] = {}

    def of(self, made: Made) -> Client:
        """The client that ``made`` is."""
        if made not in self._made:
            self._made[made] = self._evaluator.seen_from(made.maker, lambda: self._describe(made))
        return self._made[made]

    def _describe(self, made: Made) -> Client:
        known = self._sdk.clients[made.symbol]
        request = self._request(made)
        if made.parent is not None and known.arguments["base_url"] not in request.values:
            return self._copy(self.of(made.parent), made.symbol, request, known.arguments["api_key"])
        later = self._assigned_later(made)
        name = known.arguments["base_url"]
        unset = made.at is not None and name not in request.values and not request.hidden
        outside = self._variables.of(made.at) if unset and made.at is not None else None
        key_name = known.arguments["api_key"]
        key = setting(request.values.get(key_name, NOTHING))
        env = key.environment[0] if key.environment else None
        if env is None and key_name not in request.values:
            env = known.key_env or None
        return Client(
            made.symbol,
            Place(made.at.path, made.at.expression.span) if made.at is not None else None,
            self._target(known, request, [value for _, value in later], outside),
            request.setting(name) if outside is None else setting(outside),
            key,
            env,
            (*request.passed(), *(parameter for parameter, _ in later)),
            tuple(request.hidden),
            chain=keepers(self._evaluator, made.at) if made.at is not None else (),
        )

    def _copy(self, outer: Client, symbol: str, request: Request, key_name: str) -> Client:
        """What ``with_options`` makes of ``outer``: the same client, perhaps with another key."""
        copied = msgspec.structs.replace(outer, symbol=symbol)
        if key_name not in request.values:
            return copied
        key = setting(request.values[key_name])
        env = key.environment[0] if key.environment else None
        return msgspec.structs.replace(copied, api_key=key, api_key_env=env)

    def _request(self, made: Made) -> Request:
        call = self._evaluator.call_at(made.at)
        if made.at is None or call is None:
            empty = Request()
            if made.at is None:
                empty.hidden.append("only its type is known, not where it is made")
            return empty
        return read_request(self._evaluator, self._texts, made.at, call)

    def _assigned_later(self, made: Made) -> list[tuple[Parameter, Value]]:
        """What the program assigns to the URL of a client after it was made: ``client.base_url = x``."""
        found = []
        names = [one.name for one in self._sdk.globals.values() if one.role == "base_url"]
        for path, index in [place for name in names for place in self._evaluator.program.stores_of(name)]:
            store = self._evaluator.program.facts(path).stores[index]
            base = Located(path, store.scope, store.block, store.base)
            if any(_is_same(one, made) for one in self._evaluator.ask(base).options):
                value = self._evaluator.ask(base.other(store.value))
                found.append((statement_parameter(self._texts, base, store, value), value))
        return found

    def _target(
        self, known: SdkClient, request: Request, later: list[Value], outside: Value | None
    ) -> Target:
        """Where requests of a client of class ``known`` go; ``outside`` is the URL that its variable has."""
        if known.target != "openai":
            return known.target
        name = known.arguments["base_url"]
        url = request.value(name) or outside
        if later:
            return target_of(union([url or _ABSENT, *later]), bool(request.hidden), self._hosts)
        computed = computed_target(self._evaluator, self._hosts, request.every.get(name, ()), url)
        return computed or target_of(url, bool(request.hidden), self._hosts)


def _is_same(option: Option, made: Made) -> bool:
    """Whether ``option`` is ``made``, whichever class of a family made it."""
    return isinstance(option, Made) and msgspec.structs.replace(option, maker=made.maker) == made


def parameter_named(client: Client, name: str) -> Parameter | None:
    """The constructor argument ``name`` of a client."""
    return next((one for one in client.parameters if one.name == name), None)
