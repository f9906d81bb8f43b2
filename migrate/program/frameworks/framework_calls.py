"""Calls of frameworks that reach a model (``ChatOpenAI(...)``, ``litellm.completion(...)``) as CallSites."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.framework import FrameworkCall
from migrate.facts.expressions import Attribute
from migrate.facts.records import Call
from migrate.program.calls.callsite import CallSite, Client, Setting
from migrate.program.calls.prompt_places import asked_of
from migrate.program.calls.request import Request
from migrate.program.calls.requests import add_early, read_entries, read_request
from migrate.program.calls.targets import common_target
from migrate.program.classes import classes, fields
from migrate.program.frameworks import argument_paths
from migrate.program.frameworks.framework_clients import FrameworkClients
from migrate.program.frameworks.framework_models import FrameworkModels
from migrate.program.solving.values import Applied, Definition, External, Located, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.calls.clients import Clients
    from migrate.program.calls.identity import Identities
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator

_CONSTRUCTOR = ".__init__"


class _Match(msgspec.Struct, frozen=True):
    """What is called, the class of the program that extends it, if it is one, and what was passed early."""

    entry: FrameworkCall
    heir: Definition | None = None
    partial: Applied | None = None


class FrameworkCalls:
    """Finds and describes them."""

    def __init__(
        self,
        evaluator: Evaluator,
        catalog: Catalog,
        texts: SourceTexts,
        clients: Clients,
        identities: Identities,
        fill: Callable[[Setting], Setting],
    ) -> None:
        """``fill`` adds what files give the variables of a setting."""
        self._fill = fill
        self._evaluator = evaluator
        self._calls = catalog.frameworks.calls
        self._texts = texts
        self._models = FrameworkModels(evaluator, catalog)
        self._clients = FrameworkClients(evaluator, catalog, texts, clients)
        self._identities = identities
        called = frozenset(symbol.rpartition(".")[2] for symbol in self._calls)
        self.names = called | {_CONSTRUCTOR.removeprefix(".")}

    def possible(self, at: Located) -> bool:
        """Whether a call of the attribute ``at`` is worth evaluating; of names, Matcher says all there is."""
        function = at.expression
        program = self._evaluator.program
        if not isinstance(function, Attribute):
            return False
        if function.name == "__init__":
            home = program.home(at.path, at.scope)
            return home is None or program.suspects.named(program.scope(at.path, home).name)
        held = function.name in self.names
        return held and program.suspects.may_hold(at.path, at.scope, function.base)

    def site(self, at: Located, call: Call, called: Value) -> CallSite | None:
        """The call site of ``call``, which calls one of ``called``; None where it reaches no model of
        OpenAI."""
        matches = [match for match in map(self._match, called.options) if match is not None]
        calls = sorted(
            (one for one in matches if not one.entry.carrier), key=lambda one: one.entry.target != "openai"
        )
        found = [site for site in (self._site(at, call, match) for match in calls) if site is not None]
        if not found:
            return None
        clients = tuple(dict.fromkeys(client for site in found for client in site.clients))
        target = common_target({site.target for site in found})
        function = self._evaluator.program.scope(at.path, call.scope).qualname
        name = self._identities.next(at.path, function, found[0].symbol)
        return msgspec.structs.replace(found[0], id=name, clients=clients, target=target)

    def _match(self, option: Option) -> _Match | None:
        if isinstance(option, Applied):
            inner = self._match(option.function)
            return msgspec.structs.replace(inner, partial=option) if inner else None
        if isinstance(option, External):
            entry = self._calls.get(option.symbol.removesuffix(_CONSTRUCTOR))
            return _Match(entry) if entry is not None else None
        if isinstance(option, Definition) and self._evaluator.program.is_class(option):
            return self._match_heir(option)
        return None

    def _match_heir(self, option: Definition) -> _Match | None:
        """A class of the program that extends one of a framework. One with a constructor of its own says
        there, in ``super().__init__(...)``, what it asks for."""
        bases = classes.external_bases(self._evaluator, option)
        base = next((self._calls[one] for one in bases if one in self._calls), None)
        if base is None:
            return None
        family = classes.ancestry(self._evaluator, option.path, option.scope)
        own = (self._evaluator.program.scope(one.path, one.scope) for one in family)
        return None if any("__init__" in scope.bindings for scope in own) else _Match(base, option)

    def _site(self, at: Located, call: Call, match: _Match) -> CallSite | None:
        entry = match.entry
        request = read_request(self._evaluator, self._texts, at, call, entry.positional)
        add_early(self._evaluator, self._texts, [match.partial], request)
        if any(name in request.values for name in entry.instead):
            return None
        if match.heir is not None:
            self._add_attributes(match.heir, entry, request)
        model = self._models.of(entry, request, at)
        if model is None:
            return None
        clients = self._clients.of(entry, request, at)
        by_url = common_target({one.target for one in clients})
        filled = msgspec.structs.replace(model, setting=self._fill(model.setting))
        targets = (self._models.target(entry, request, one, by_url) for one in (filled, model))
        target = next((one for one in targets if one is not None), None)
        if target is None:
            return None
        if len(clients) == 1 and clients[0].symbol == entry.canonical:
            clients = (msgspec.structs.replace(clients[0], target=target),)
        return self._describe(at, call, entry, request, (model.name, model.setting), clients)

    def _add_attributes(self, heir: Definition, entry: FrameworkCall, request: Request) -> None:
        """What a subclass binds as attributes of the class counts where the call passes nothing else."""
        for name in (*entry.model, *entry.base_url):
            if name not in request.values:
                found = fields.default(self._evaluator, heir, name)
                if found is not None:
                    request.values[name] = found

    def _describe(
        self,
        at: Located,
        call: Call,
        entry: FrameworkCall,
        request: Request,
        model: tuple[str | None, Setting],
        clients: tuple[Client, ...],
    ) -> CallSite:
        function = self._evaluator.program.scope(at.path, call.scope).qualname
        inner = argument_paths.holders(self._evaluator, request, entry.model)
        nested = (
            read_entries(self._evaluator, self._texts, at, call, inner, at) if inner.options else Request()
        )
        return CallSite(
            id="",
            place=Place(at.path, call.span),
            function=function,
            kind="framework",
            sdk=entry.framework,
            symbol=entry.canonical,
            method="",
            certainty="proved",
            target=common_target({one.target for one in clients}),
            asynchronous=entry.asynchronous,
            stream=True in request.setting("stream").values,
            endpoint=entry.endpoint,
            model=model[1],
            model_parameter=model[0],
            parameters=(*request.passed(), *nested.passed()),
            hidden=tuple(dict.fromkeys(request.hidden)),
            clients=clients,
            asked=asked_of(entry.prompts, request),
        )
