"""Where a framework sends its requests: by its own URL and key, by the SDK client that it is given, or by an
object of the framework that holds either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.catalog.framework import FrameworkCall
from migrate.program.calls.callsite import Client, Target
from migrate.program.calls.computed_urls import computed_target
from migrate.program.calls.request import Request
from migrate.program.calls.requests import read_request
from migrate.program.calls.setting import setting
from migrate.program.calls.targets import hosts_of, target_of
from migrate.program.calls.url_variables import UrlVariables
from migrate.program.classes import classes
from migrate.program.frameworks import argument_paths
from migrate.program.solving import located
from migrate.program.solving.combining import NOTHING, only, union
from migrate.program.solving.values import (
    Environment,
    External,
    Instance,
    LiteralOption,
    Located,
    Made,
    Option,
    Value,
)
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.calls.clients import Clients
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator

_DEEPEST = 4  # a client in a provider in a model; more than that is no program


class FrameworkClients:
    """Describes the clients of frameworks' calls."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts, clients: Clients) -> None:
        self._evaluator = evaluator
        self._sdk = catalog.sdk
        self._calls = catalog.frameworks.calls
        self._hosts = hosts_of(catalog)
        every = {name for names in catalog.configuration.variables.values() for name in names}
        self._variables = UrlVariables(evaluator, every)
        self._texts = texts
        self._clients = clients

    def of(self, entry: FrameworkCall, request: Request, at: Located, depth: int = 0) -> tuple[Client, ...]:
        """The clients through which a call that stands at ``at`` can go: at least one."""
        found: list[Client] = []
        doubtful = False
        for _, value in argument_paths.given(self._evaluator, request, entry.client):
            for option in value.options:
                held = self._held(option, depth)
                found += held
                doubtful = doubtful or not (held or _is_plain(option))
            doubtful = doubtful or bool(value.unknown)
        if not found and entry.default_client:
            found = self._set_for_all(entry.default_client, at, depth)
        if found and not doubtful:
            return tuple(dict.fromkeys(found))
        return (*dict.fromkeys(found), self._own(entry, request, at, doubtful))

    def _set_for_all(self, symbol: str, at: Located, depth: int) -> list[Client]:
        """The clients that calls of ``symbol``, in files that can run together with ``at``, set for all."""
        program = self._evaluator.program
        found: list[Client] = []
        for path, index in program.calls_named(symbol.rpartition(".")[2], at.path):
            call = program.facts(path).calls[index]
            here = located.called(path, call)
            together = path == at.path or program.together(path, at.path)
            if together and call.arguments and External(symbol) in self._evaluator.ask(here).options:
                given = self._evaluator.ask(here.other(call.arguments[0].value))
                found += [one for option in given.options for one in self._held(option, depth)]
        return found

    def _url_for_all(self, symbol: str, at: Located) -> list[Value]:
        """What files that can run together with ``at`` assign to ``symbol``, and None: it may come later."""
        package, _, name = symbol.rpartition(".")
        program = self._evaluator.program
        found: list[Value] = []
        for path, index in program.stores_of(name) if name else ():
            store = program.facts(path).stores[index]
            base = Located(path, store.scope, store.block, store.base)
            together = path == at.path or program.together(path, at.path)
            if together and External(package) in self._evaluator.ask(base).options:
                found.append(self._evaluator.ask(base.other(store.value)))
        return [*found, only(LiteralOption(None, ()))] if found else []

    def _held(self, option: Option, depth: int) -> tuple[Client, ...]:
        """The clients that an SDK client or an object that holds one stands for."""
        if isinstance(option, Instance):
            base = classes.external_base(self._evaluator, option.path, option.scope)
            return self._held(Made(base, option.at), depth) if base is not None else ()
        if not isinstance(option, Made):
            return ()
        if option.symbol in self._sdk.clients:
            return (self._clients.of(option),)
        carrier = self._calls.get(option.symbol)
        made, call = option.at, self._evaluator.call_at(option.at)
        if carrier is None or made is None or call is None or depth >= _DEEPEST:
            return ()
        request = read_request(self._evaluator, self._texts, made, call, carrier.positional)
        return self.of(carrier, request, made, depth + 1)

    def _own(self, entry: FrameworkCall, request: Request, at: Located, doubtful: bool) -> Client:
        """The client that the framework makes by itself; ``doubtful``: it may have been given another."""
        urls = [value for _, value in argument_paths.given(self._evaluator, request, entry.base_url)]
        urls = urls or self._url_for_all(entry.default_url, at)
        outside = self._variables.of(at) if not urls and not request.hidden else None
        urls = urls if outside is None else [outside]
        keys = [value for _, value in argument_paths.given(self._evaluator, request, entry.api_key)]
        key = setting(union(keys)) if keys else setting(NOTHING)
        return Client(
            entry.canonical,
            Place(at.path, at.expression.span),
            self._target(entry, request, urls, doubtful or bool(request.hidden)),
            setting(union(urls)) if urls else setting(NOTHING),
            key,
            key.environment[0] if key.environment else (None if keys else entry.key_env or None),
            hidden=tuple(request.hidden),
        )

    def _target(self, entry: FrameworkCall, request: Request, urls: list[Value], hidden: bool) -> Target:
        if entry.target != "openai":
            return entry.target
        places = [at for name in entry.base_url for at in request.every.get(name, ())]
        url = union(urls) if urls else None
        computed = computed_target(self._evaluator, self._hosts, places, url)
        return computed or target_of(url, hidden, self._hosts)


def _is_plain(option: Option) -> bool:
    """A text (a vendor's name) or None: no client."""
    return isinstance(option, (LiteralOption, Environment))
