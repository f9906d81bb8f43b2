"""What the URL of an HTTP request can be: with what its client puts before it, as far as it is visible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.catalog.framework import HttpCall
from migrate.facts.expressions import last_name
from migrate.program.calls.request import Request
from migrate.program.calls.requests import read_request
from migrate.program.calls.targets import host_of, hosts_of
from migrate.program.frameworks.vendors import words
from migrate.program.http.endings import endings
from migrate.program.solving.combining import NOTHING, is_class_name, union, unknown
from migrate.program.solving.values import Items, LiteralOption, Located, Member, Option, Value
from migrate.program.texts.sketches import GAP, Sketch, Sketches, written

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator

_ENTRY = re.compile(r"[?&](\w+)=([^&#]*)")


class Urls:
    """Reads the URLs off calls."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts) -> None:
        self._evaluator = evaluator
        self._clients = catalog.frameworks.http_clients
        self._queries = catalog.frameworks.http_queries
        self._hosts = hosts_of(catalog)
        self._texts = texts

    def of(self, request: Request, known: HttpCall, option: Option) -> Value:
        """All that the URL of a call of ``option`` can be."""
        url = request.values.get(known.url, NOTHING)
        if known.url in request.at and (url.unknown or not words([url])):
            url = self._begun(request.at[known.url], url) or url
        start = self._start(option)
        if start is None:
            return url
        whole = [
            replace(one, value=_whole(first, one.value), origins=())
            for one in url.options
            if isinstance(one, LiteralOption) and isinstance(one.value, str)
            for first in words([start])
        ]
        return union([Value((one,)) for one in whole] + [Value((), (*url.unknown, *start.unknown))])

    def _begun(self, at: Located, doubt: Value) -> Value | None:
        """What a URL begins with that is computed further on; None where that does not hold the whole host.
        ``doubt`` stays where other files may have set it."""
        for far in (False, True):
            texts = [written(one) for one in Sketches(self._evaluator, far).of(at)]
            if all(map(self._has_whole_host, texts)):
                options = [LiteralOption(_up_to_gap(one), ()) for one in dict.fromkeys(texts)]
                return Value(tuple(options), doubt.unknown if far else ())
        return None

    def _has_whole_host(self, text: str) -> bool:
        """Whether a text says where a request goes, whatever fills its gaps."""
        start, _, rest = text.partition("://")
        host, ended, _ = rest.partition("/")
        whole = GAP not in start + host or self._hosts.is_openai(text) or self._hosts.is_azure(text)
        return bool(host and ended) and whole

    def model(self, request: Request, known: HttpCall) -> Value:
        """What the query of a URL names as its model; nothing where it names none."""
        at = request.at.get(known.url)
        found = [] if at is None else [self._named(one) for one in Sketches(self._evaluator, True).of(at)]
        for name in known.query:
            for option in request.values.get(name, NOTHING).options:
                if isinstance(option, Items):
                    found.append(self._evaluator.lookup(Value((option,)), self._queries[0]))
        return union(found) if found else NOTHING

    def _named(self, sketch: Sketch) -> Value:
        """The model in the query of one form of a URL."""
        text = written(sketch)
        match = next((one for one in _ENTRY.finditer(text) if one[1] in self._queries), None)
        if match is None:
            return (
                unknown("its end is computed")
                if GAP in text.partition("://")[2].partition("/")[2]
                else NOTHING
            )
        position = 0
        for piece in sketch:
            end = position + (1 if piece.text is None else len(piece.text))
            if position <= match.start(2) < end:
                value = self._evaluator.ask(piece.at)
                if (position, end) == match.span(2):
                    return value if piece.text is None else _only(value, match[2])
                return unknown("its end is computed") if GAP in match[2] else _part(value, match[2])
            position = end
        return NOTHING

    def endings(self, request: Request, known: HttpCall, url: Value) -> tuple[str, ...]:
        """What a URL ends in whose host is not visible; nothing where that is not written out."""
        at = request.at.get(known.url)
        found = [] if at is None else [one for one in endings(self._evaluator, at) if not has_host(one)]
        return tuple(dict.fromkeys((*(one for one in words([url]) if not has_host(one)), *found)))

    def _start(self, option: Option) -> Value | None:
        """What the client that a method belongs to puts before a URL; None for nothing."""
        made = option.owner if isinstance(option, Member) else None
        name = self._clients.get(made.symbol) if made is not None else None
        call = self._evaluator.call_at(made.at) if made is not None else None
        if not name or made is None or made.at is None or call is None:
            return None
        # What gives back a client of another package is passed something else by position.
        positional = (name,) if is_class_name(last_name(call.function)) else ()
        return read_request(self._evaluator, self._texts, made.at, call, positional).values.get(name)


def has_host(url: str) -> bool:
    """Whether a text says where a request goes, and is no mere path."""
    host = host_of(url)
    return "//" in url or "." in host or host == "localhost"


def _up_to_gap(text: str) -> str:
    """``text`` up to what is computed; ``{}`` for what is computed of its host."""
    start, separator, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    return f"{start}{separator}{host}".replace(GAP, "{}") + slash + path.partition(GAP)[0]


def _only(value: Value, text: str) -> Value:
    """The options among ``value`` that are ``text``."""
    return Value(tuple(one for one in value.options if isinstance(one, LiteralOption) and one.value == text))


def _part(value: Value, text: str) -> Value:
    """``text``, which is a part of what ``value`` is."""
    rows = [origin for one in value.options if isinstance(one, LiteralOption) for origin in one.origins]
    origins = (replace(one, whole=False) for one in rows if text in str(one.value))
    return Value((LiteralOption(text, tuple(dict.fromkeys(origins))),))


def _whole(start: str, url: object) -> str:
    text = str(url)
    return text if "://" in text else f"{start.rstrip('/')}/{text.lstrip('/')}"
