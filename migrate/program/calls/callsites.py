"""Describes the calls that reach a model: parameters, model, clients and target of each, as CallSites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.sdk_legacy import LegacyMethod
from migrate.facts.expressions import CallReference
from migrate.facts.records import Call
from migrate.program.calls.callsite import CallSite, Client, Target
from migrate.program.calls.clients import Clients
from migrate.program.calls.identity import Identities
from migrate.program.calls.likely import Likely, settled
from migrate.program.calls.matching import Match, Matcher, may_ask_another, mixed
from migrate.program.calls.module_client import ModuleClients
from migrate.program.calls.promising import Promising
from migrate.program.calls.prompt_places import asked_of
from migrate.program.calls.receiving import receive
from migrate.program.calls.request import Request
from migrate.program.calls.requests import add_early, read_request
from migrate.program.calls.targets import common_target
from migrate.program.calls.told import asynchronous, method_path, model, streams
from migrate.program.frameworks.framework_calls import FrameworkCalls
from migrate.program.functions import passing
from migrate.program.http.http_calls import HttpCalls
from migrate.program.outside.env_files import EnvironmentFiles
from migrate.program.solving import located
from migrate.program.solving.budget import TOO_FAR
from migrate.program.solving.values import Located, Made, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator


class Finder:
    """Finds the call sites of one file after another; ``receive`` is called with these files before."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts) -> None:
        self._evaluator = evaluator
        self._sdk = catalog.sdk
        self._texts = texts
        self._matcher = Matcher(evaluator, catalog.sdk)
        self._likely = Likely(evaluator, catalog.sdk)
        self.receive: Callable[[Sequence[str]], None] = lambda paths: receive(evaluator, self._matcher, paths)
        self._clients = Clients(evaluator, catalog, texts)
        self._module_clients = ModuleClients(evaluator, catalog, texts)
        self._identities = named = Identities()
        self._fill = EnvironmentFiles(evaluator.program.documents.loader, catalog.configuration).fill
        self._frameworks = FrameworkCalls(evaluator, catalog, texts, self._clients, named, self._fill)
        self._http = HttpCalls(evaluator, catalog, texts, named)
        self._promising = Promising(
            evaluator, catalog, self._matcher, self._likely, (self._frameworks, self._http)
        )

    def in_file(self, path: str) -> Iterator[CallSite]:
        """The call sites of one loaded file, in the order of their places."""
        facts = self._evaluator.program.facts(path)
        order = sorted(range(len(facts.calls)), key=lambda index: facts.calls[index].span)
        for index in order:
            site = self._site(path, index, facts.calls[index])
            if site is not None:
                yield site

    def _site(self, path: str, index: int, call: Call) -> CallSite | None:
        whose = self._promising.of(path, call)
        if whose is None:
            return None
        function, possible = located.called(path, call), whose == "sdk"
        at = Located(path, call.scope, call.block, CallReference(call.span, index))
        called = self._evaluator.ask(function, brief=not (possible and self._matcher.shaped(call.function)))
        matches = self._matches(called)
        if matches:
            return self._proved(at, call, matches, (called, mixed(called, matches)))
        other = self._of_another(at, call, called)
        if other is not None:
            return other
        handed = passing.handed(self._evaluator, at, call, called) if call.arguments else None
        if handed is not None:
            return self._handed(at, handed, called)
        if not possible or (settled(called) and TOO_FAR not in called.unknown):
            return self._likely_handed(at, call, called)
        likely = self._likely.match(at, call.function)
        return self._describe(at, call, likely, self._request(at, call, [likely])) if likely else None

    def _likely_handed(self, at: Located, call: Call, called: Value) -> CallSite | None:
        """The call of a method that only looks like the SDK's, which a function of the program runs."""
        match, passed = self._likely.handed(at, call, called) or (None, call)
        if match is None:
            return None
        request = self._request(at, passed, [match])
        closed = "what runs the method may pass it more"
        request.hidden.append(closed)
        return msgspec.structs.replace(self._describe(at, call, match, request), closed=closed)

    def _of_another(self, at: Located, call: Call, called: Value) -> CallSite | None:
        """The call site of a call of a framework, or of one that sends the request without any SDK."""
        site = self._frameworks.site(at, call, called) or self._http.site(at, call, called)
        return msgspec.structs.replace(site, model=self._fill(site.model)) if site else None

    def _matches(self, called: Value) -> list[Match]:
        return [match for match in map(self._matcher.match, called.options) if match is not None]

    def _handed(self, at: Located, call: Call, runner: Value) -> CallSite | None:
        """The call that ``runner``, called at ``at``, makes of a method it is given."""
        called = self._evaluator.ask(at.other(call.function))
        matches = [match for match in self._matches(called) if match.method is not None]
        early = isinstance(call.function, CallReference) and call.span == call.function.span
        closed = mixed(called, matches) if matches else ""
        if not early and not passing.takes_keywords(self._evaluator, runner):
            closed = closed or "what runs the method takes no keywords for it"
        if matches:
            return self._proved(at, call, matches, (called, closed))
        other = self._of_another(at, call, called)
        return msgspec.structs.replace(other, closed=closed) if other is not None else None

    def _proved(self, at: Located, call: Call, matches: list[Match], about: tuple[Value, str]) -> CallSite:
        """The call site of a resolved call; ``about`` holds what is called, which may be something else
        too, and why no argument can be added."""
        called, closed = about
        request = self._request(at, call, matches)
        clients = tuple(dict.fromkeys(self._client(match, at, call, request) for match in matches))
        targets = {client.target for client in clients}
        if "openai" in targets and (called.unknown or may_ask_another(called, matches)):
            targets.add("configurable")
        site = self._describe(at, call, matches[0], request, (common_target(targets), clients))
        return msgspec.structs.replace(site, closed=closed) if closed else site

    def _describe(
        self,
        at: Located,
        call: Call,
        match: Match,
        request: Request,
        proved: tuple[Target, tuple[Client, ...]] | None = None,
    ) -> CallSite:
        function = self._evaluator.program.scope(at.path, call.scope).qualname
        place = Place(at.path, call.span)
        of_openai = proved is not None and proved[0] in ("openai", "configurable")
        model_name, given = model(match.method, request, place if of_openai else None)
        known = self._sdk.clients.get(match.made.symbol if match.made else match.symbol)
        carrying = match.method.prompts if match.method is not None else {}
        return CallSite(
            id=self._identities.next(at.path, function, match.symbol),
            place=place,
            function=function,
            kind=match.method.kind if match.method is not None else "constructor",
            sdk="openai",
            symbol=match.symbol,
            method=method_path(match.method),
            certainty="proved" if proved else "likely",
            target=proved[0] if proved else "unknown",
            asynchronous=asynchronous(match, known.asynchronous if known else False, call),
            stream=streams(match.method, request),
            endpoint=match.method.endpoint if match.method is not None else "",
            model=self._fill(given),
            model_parameter=model_name,
            parameters=request.passed(),
            hidden=tuple(dict.fromkeys(request.hidden)),
            clients=proved[1] if proved else (),
            asked=asked_of(carrying, request),
            constructor=match.constructor,
        )

    def _request(self, at: Located, call: Call, matches: list[Match]) -> Request:
        method = matches[0].method
        positional = method.positional if method is not None else ()
        request = read_request(self._evaluator, self._texts, at, call, positional)
        strange = sorted(self._sdk.wrapper_arguments & request.values.keys())
        request.hidden += [f"it passes {name}, which only a wrapped client takes" for name in strange]
        add_early(self._evaluator, self._texts, [match.partial for match in matches], request)
        return request

    def _client(self, match: Match, at: Located, call: Call, request: Request) -> Client:
        if match.method is None:
            return self._clients.of(Made(match.symbol, at))
        if match.made is not None:
            return self._clients.of(match.made)
        return self._module_clients.of(at, call, request, isinstance(match.method, LegacyMethod))
