"""What the URL of an HTTP request can be: with what its client puts before it, as far as it is visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.catalog.framework import HttpCall
from migrate.program.calls.request import Request
from migrate.program.calls.requests import read_request
from migrate.program.calls.targets import host_of
from migrate.program.frameworks.vendors import words
from migrate.program.http.endings import endings, parts
from migrate.program.solving.combining import NOTHING, union, unknown
from migrate.program.solving.values import LiteralOption, Located, Member, Option, Value
from migrate.program.texts.formatting import joined

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator


class Urls:
    """Reads the URLs off calls."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts) -> None:
        self._evaluator = evaluator
        self._clients = catalog.frameworks.http_clients
        self._texts = texts

    def of(self, request: Request, known: HttpCall, option: Option) -> Value:
        """All that the URL of a call of ``option`` can be."""
        url = request.values.get(known.url, NOTHING)
        if not words([url]) and known.url in request.at:
            url = self._beginning(request.at[known.url])
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

    def _beginning(self, at: Located) -> Value:
        """The text that a URL begins with whose end is computed, where that holds the whole host."""
        visible: list[Value] = []
        for part in parts(self._evaluator, at):
            value = self._evaluator.ask(at.other(part))
            if not words([value]):
                break
            visible.append(value)
        found = joined(visible) if visible else NOTHING
        whole = [
            one
            for one in found.options
            if isinstance(one, LiteralOption) and "/" in str(one.value).partition("://")[2]
        ]
        return union([Value(tuple(whole)), unknown("its end is computed")]) if whole else NOTHING

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
        return read_request(self._evaluator, self._texts, made.at, call, (name,)).values.get(name)


def has_host(url: str) -> bool:
    """Whether a text says where a request goes, and is no mere path."""
    host = host_of(url)
    return "//" in url or "." in host or host == "localhost"


def _whole(start: str, url: object) -> str:
    text = str(url)
    return text if "://" in text else f"{start.rstrip('/')}/{text.lstrip('/')}"
