"""Requests to OpenAI's API that shell scripts send with curl, as CallSites. Reads text, runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.program.callsite import CallSite, Client, Setting
from migrate.program.identity import Identities
from migrate.program.targets import hosts_of
from migrate.program.values import Origin
from migrate.sources.lines import Lines
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog

# One command, with the lines that a backslash or an open quote continues.
_COMMAND = re.compile(
    r"""(?<![\w/.-])curl[ \t](?:'[^']*'|"(?:[^"\\]|\\.)*"|\\\r?\n|\\."""
    r"""|<<-?[ ]?['"]?(\w+)['"]?.*?\n\s*\1\b|[^\r\n;|&'"\\<])+""",
    re.DOTALL,
)
_URL = re.compile(r"""https?://[^\s"'`\\<>]+""")
_MODEL = re.compile(r"""\\?["']model\\?["']\s*:\s*\\?["']([^"'\\\s]+)\\?["']""")
_KEY = re.compile(r"\$\{?([A-Z][A-Z0-9_]*)\}?")
_STREAM = re.compile(r"""\\?["']stream\\?["']\s*:\s*true""")


class CurlCalls:
    """Finds them in one script after another."""

    def __init__(self, catalog: Catalog) -> None:
        self._hosts = hosts_of(catalog)
        self._paths = catalog.frameworks.http_paths
        self._key_env = catalog.gateways["openai"].key_env
        self._identities = Identities()

    def of(self, path: str, text: str) -> Iterator[CallSite]:
        """The calls of the script ``path``."""
        lines = Lines(text)
        for command in _COMMAND.finditer(text):
            line, column = lines.position(command.start())
            commented = lines.line(line)[: column - 1].lstrip().startswith("#")
            url = next((one[0] for one in _URL.finditer(command[0]) if self._hosts.is_openai(one[0])), None)
            if url is not None and not commented:
                yield self._site(path, lines, command, url)

    def _site(self, path: str, lines: Lines, command: re.Match[str], url: str) -> CallSite:
        place = Place(path, lines.between(*command.span()))
        endpoint = self._endpoint(url)
        keys = [name for name in _KEY.findall(command[0]) if name.endswith(("KEY", "TOKEN"))]
        known = Setting((url,), True)
        client = Client("curl", place, "openai", known, Setting(), keys[0] if keys else None)
        found = _MODEL.search(command[0])
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
            stream=_STREAM.search(command[0]) is not None,
            endpoint=endpoint,
            model=_model(path, lines, command, found),
            model_parameter="model" if endpoint or found else None,
            parameters=(),
            hidden=("what else its body holds is not read",),
            clients=(client,),
        )

    def _endpoint(self, url: str) -> str:
        path = url.partition("?")[0].rstrip("/")
        return next((name for end, name in self._paths.items() if path.endswith(f"/{end}")), "")


def _model(path: str, lines: Lines, command: re.Match[str], found: re.Match[str] | None) -> Setting:
    if found is None or "$" in found[1]:
        return Setting((), False, why=("its body does not show it",))
    start = command.start() + found.start(1)
    place = Place(path, lines.between(start, start + len(found[1])))
    return Setting((found[1],), True, (Origin(place, found[1], "argument"),))
