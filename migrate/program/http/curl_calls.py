"""Requests to OpenAI's API that commands send with curl, as CallSites. Reads text, runs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from migrate.facts.shell.curl import CurlRequest, curl_requests
from migrate.facts.shell.words import UNKNOWN, Variable, Word
from migrate.program.calls.callsite import CallSite, Client, Parameter, Setting
from migrate.program.calls.identity import Identities
from migrate.program.calls.targets import hosts_of
from migrate.program.http.curl_bodies import CurlBodies
from migrate.program.solving.values import Origin
from migrate.sources.assignments import Assignment, assignments
from migrate.sources.lines import Lines
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog

_BEARER = re.compile(rf"authorization:\s*bearer\s+{UNKNOWN}\s*", re.IGNORECASE)


class CurlCalls:
    """Finds them in one file after another; ``read`` gives the text of a file that a body comes from."""

    def __init__(self, catalog: Catalog, read: Callable[[str], str | None]) -> None:
        self._hosts = hosts_of(catalog)
        self._paths = catalog.frameworks.http_paths
        self._identities = Identities()
        self._read = read

    def of(self, path: str, text: str) -> Iterator[CallSite]:
        """The calls of the file ``path``."""
        lines = Lines(text)
        known = _known(path, text)
        bodies = CurlBodies(path, lines, known, self._read)
        for request in curl_requests(path, text):
            url = next((one for word in request.urls if (one := self._url(path, lines, word, known))), None)
            if url is not None:
                yield self._site(path, lines, request, url, bodies)

    def _url(self, path: str, lines: Lines, word: Word, known: dict[str, Assignment]) -> Parameter | None:
        """The word as the URL of a request to OpenAI; None where it is another."""
        whole, first = word.text, word.variables[0] if word.variables else None
        place = Place(path, lines.between(word.starts[0], word.ends[-1]))
        origin = place
        if first is not None and first.at == 0:
            found = known.get(first.name)
            if first.default is not None:
                span = lines.between(*first.default)
                value = lines.slice(span)
            elif found is not None:
                span, value = found.span, found.value
            else:
                return None
            whole, origin = value + whole[1:], Place(path, span)
        if not self._hosts.is_openai(whole):
            return None
        setting = Setting((whole,), True, (Origin(origin, whole, "request-body", whole=origin == place),))
        return Parameter("base_url", repr(whole), place, place, "file", setting)

    def _site(
        self, path: str, lines: Lines, request: CurlRequest, url: Parameter, bodies: CurlBodies
    ) -> CallSite:
        place = Place(path, lines.between(request.start, request.end))
        whole = str(url.setting.values[0])
        endpoint = self._endpoint(whole)
        key = _key(path, lines, request, place)
        given = (url, key) if key is not None else (url,)
        client = Client("curl", place, "openai", url.setting, Setting(), key.code if key else None, given)
        body = bodies.of(request)
        named = bool(endpoint) or any(one.name == "model" for one in body.parameters)
        return CallSite(
            id=self._identities.next(path, "", "curl"),
            place=place,
            function="",
            kind="http",
            sdk="curl",
            symbol="curl",
            method="",
            certainty="proved",
            target="openai",
            asynchronous=False,
            stream=any(one.name == "stream" and one.code == "True" for one in body.parameters),
            endpoint=endpoint,
            model=body.model if named else Setting(),
            model_parameter="model" if named else None,
            parameters=body.parameters,
            hidden=body.hidden,
            clients=(client,),
        )

    def _endpoint(self, url: str) -> str:
        path = url.partition("?")[0].rstrip("/")
        return next((name for end, name in self._paths.items() if path.endswith(f"/{end}")), "")


def _known(path: str, text: str) -> dict[str, Assignment]:
    """The variables that the file sets once."""
    found: dict[str, list[Assignment]] = {}
    for one in assignments(path, text):
        found.setdefault(one.name, []).append(one)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


def _key(path: str, lines: Lines, request: CurlRequest, holder: Place) -> Parameter | None:
    """The variable that holds the key, where a header gives it and nothing else."""
    for word in request.headers:
        if _BEARER.fullmatch(word.text) and len(word.variables) == 1:
            variable: Variable = word.variables[0]
            place = Place(path, lines.between(variable.start, variable.end))
            return Parameter("api_key", variable.name, place, holder, "file", Setting())
    return None
