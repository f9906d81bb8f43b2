"""Requests to OpenAI's API that are sent without any SDK, as CallSites: the URL says what is asked for, the
body is the request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.framework import HttpCall
from migrate.facts.expressions import (
    Attribute,
    Constant,
    Expression,
    Mapping,
    Name,
    Operation,
    Sequence,
    Text,
    last_name,
)
from migrate.facts.records import Call
from migrate.program.calls.callsite import CallSite, Client, Setting
from migrate.program.calls.prompt_places import asked_of
from migrate.program.calls.request import Request
from migrate.program.calls.requests import read_request
from migrate.program.calls.setting import only_texts, setting
from migrate.program.calls.targets import hosts_of, target_of
from migrate.program.frameworks.vendors import words
from migrate.program.http.http_bodies import Bodies
from migrate.program.http.http_urls import Urls, has_host
from migrate.program.http.unseen import UnseenHosts, endpoint_of
from migrate.program.solving.budget import TOO_FAR
from migrate.program.solving.values import External, Located, Member, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.calls.identity import Identities
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator

_OF_DICTS = frozenset(dir(dict))
_NO_PROMPTS = ("embeddings", "moderations", "audio", "")


class _Asked(msgspec.Struct, frozen=True):
    """What a request asks; ``ours`` are the forms of its ``url`` that are seen to go to OpenAI or Azure. Its
    ``model`` is None where it asks none."""

    url: Value
    ours: list[str]
    endpoint: str
    body: Request
    model: Setting | None


class HttpCalls:
    """Finds and describes them."""

    def __init__(
        self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts, identities: Identities
    ) -> None:
        self._evaluator = evaluator
        self._known = catalog.frameworks
        self._models = catalog.models
        self._urls = Urls(evaluator, catalog, texts)
        self._bodies = Bodies(evaluator, catalog, texts)
        self._hosts = hosts_of(catalog)
        self._texts = texts
        self._identities = identities
        self._key_env = catalog.gateways["openai"].key_env
        modules = [one.rpartition(".") for one in self._known.http]
        methods = {name for module, _, name in modules if module in self._known.http_clients}
        self._methods = frozenset(methods)
        self.names = frozenset(name for _, _, name in modules)
        self._words = tuple({one.url for one in self._known.http.values()})
        self._unseen = UnseenHosts(catalog)

    def possible(self, at: Located, call: Call) -> bool:
        """Whether ``call`` is worth evaluating: a method of that name of something that may send requests,
        and a first argument that may be a URL. Where only modules have a function of that name (``get``), on
        anything else it has to be written like one. Of names that are called, Matcher says all there is."""
        function = call.function
        suspects = self._evaluator.program.suspects
        if not call.arguments or not isinstance(function, Attribute):
            return False
        if function.name not in self.names:
            return False
        if not suspects.may_hold(at.path, at.scope, function.base):
            return self._unseen.tells(call)
        if function.name in _OF_DICTS and _has_fallback(call):
            return False
        given = [one.value for one in call.arguments[:2]]
        if function.name in self._methods or suspects.may_be_module(at.path, at.scope, function.base):
            return any(map(_may_be_url, given))
        return any(map(self._is_like_url, given))

    def _is_like_url(self, value: Expression) -> bool:
        """Whether an argument is put together like a URL, or named so."""
        if isinstance(value, Name | Attribute):
            return last_name(value).lower().endswith(self._words)
        return isinstance(value, Constant | Text | Operation) and _may_be_url(value)

    def site(self, at: Located, call: Call, called: Value) -> CallSite | None:
        """The call site of ``call``, which calls one of ``called``; None where it does not reach OpenAI."""
        for option in called.options:
            found = self._match(option)
            if found is not None:
                return self._site(at, call, found, option)
        return None if called.options else self._of_unseen(at, call)

    def _of_unseen(self, at: Located, call: Call) -> CallSite | None:
        """The call site of a method of something that nothing is known of, where its URL says enough."""
        asynchronous = call.awaited or self._evaluator.program.scope(at.path, call.scope).asynchronous
        known = self._unseen.method(at.path, call, asynchronous)
        return self._site(at, call, known, External(known.symbol)) if known is not None else None

    def _match(self, option: Option) -> HttpCall | None:
        if isinstance(option, External):
            return self._known.http.get(option.symbol)
        if isinstance(option, Member):
            return self._known.http.get(f"{option.owner.symbol}.{option.path}")
        return None

    def _asked(self, at: Located, call: Call, known: HttpCall, option: Option) -> _Asked | None:
        """What a call asks of OpenAI; None where it goes elsewhere, or nothing says where it goes."""
        row = (self._evaluator, self._texts, at, call, known.positional)
        told = read_request(*row, (known.url,))  # most go elsewhere, and nothing else of them matters
        url = self._urls.of(told, known, option)
        visible = [text for text in words([url]) if has_host(text)]
        ours = [text for text in visible if self._hosts.is_openai(text) or self._hosts.is_azure(text)]
        if visible and not ours:
            return None
        ends = self._urls.endings(told, known, url) if not ours else ()
        if ends and not self._unseen.common_endpoint(ends):
            return None
        request = read_request(*row, (known.url, *known.body, *known.query))
        body = self._bodies.of(at, call, known, request)
        endpoint = endpoint_of(self._known, ours[0]) if ours else self._unseen.endpoint(ends, known, body)
        if not ours and not endpoint:
            return None
        asks = bool(endpoint) or "model" in body.values
        model = _model(body, self._urls.model(request, known)) if asks else None
        return _Asked(url, ours, endpoint, body, model)

    def _site(self, at: Located, call: Call, known: HttpCall, option: Option) -> CallSite | None:
        asked = self._asked(at, call, known, option)
        if asked is None:
            return None
        url, ours, endpoint, body = asked.url, asked.ours, asked.endpoint, asked.body
        place = Place(at.path, call.span)
        function = self._evaluator.program.scope(at.path, call.scope).qualname
        carrying = {} if endpoint in _NO_PROMPTS else self._known.http_prompts
        target = target_of(url, False, self._hosts) if ours else "unknown"
        client = Client(known.symbol, place, target, setting(url), Setting(), self._key_env)
        return CallSite(
            id=self._identities.next(at.path, function, known.symbol),
            place=place,
            function=function,
            kind="http",
            sdk=known.library,
            symbol=known.symbol,
            method="",
            certainty="proved" if ours and TOO_FAR not in url.unknown else "likely",
            target=target,
            asynchronous=known.asynchronous,
            stream=True in body.setting("stream").values,
            endpoint=endpoint,
            model=asked.model or Setting(),
            model_parameter="model" if asked.model is not None else None,
            parameters=tuple(body.parameters),
            hidden=tuple(dict.fromkeys(body.hidden)),
            clients=(client,),
            asked=asked_of(carrying, body),
        )


def _may_be_url(value: Expression) -> bool:
    if isinstance(value, Constant):
        return isinstance(value.value, str) and "/" in value.value
    return not isinstance(value, (Sequence, Mapping))


def _has_fallback(call: Call) -> bool:
    """Whether a call of a method of dicts says what to give where a key is missing: ``get(key, [])``."""
    plain = [one.value for one in call.arguments if one.name is None]
    return len(plain) == len(call.arguments) == 2 and isinstance(plain[1], (Constant, Sequence))


def _model(body: Request, named: Value) -> Setting:
    """The model that the body names, else the one that the query of the URL does."""
    if "model" in body.values:
        return only_texts(body.setting("model"))
    if named.options or (named.unknown and not body.values):
        return only_texts(setting(named))
    return body.setting("model")
