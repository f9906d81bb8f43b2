"""What moving from 1.x or 2.x to 3.x asks for: 3.0 sends requests through httpx2. Notes only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.findings.finding import Finding
from migrate.sources.lines import Lines
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.inventory import Inventory

_RULE = "custom-httpx"
_GIVEN = ("http_client", "timeout")
_MOCKS = re.compile(r"^[ \t]*(?:import|from)[ \t]+(respx|pytest_httpx)\b", re.MULTILINE)


def newer_findings(inventory: Inventory) -> Iterator[Finding]:
    """Clients that are given something of httpx, and tests that stand in for it."""
    for site in inventory.call_sites:
        clients = site.kind == "constructor" and site.sdk == "openai"
        for one in site.parameters if clients else ():
            if one.name in _GIVEN and ("httpx." in one.code or one.name == "http_client"):
                if one.code == "None" or "openai." in one.code or one.code.startswith("Default"):
                    continue
                message = f"{one.name} is made with httpx here, and openai 3.0 takes what httpx2 makes"
                cure = "before the move to 3.x: use httpx2, or openai.DefaultHttpxClient; declare httpx2"
                yield Finding(_RULE, "sdk", one.place, message, cure, "manual", (), (site.id,), "", True)
    for path in sorted(inventory.selected & inventory.sources.keys()):
        source = inventory.sources[path]
        if b"openai" not in source.raw:
            continue
        for match in _MOCKS.finditer(source.text):
            place = Place(path, Lines(source.text).between(*match.span(1)))
            message = f"{match[1]} stands in for httpx, which openai 3.0 does not use any more"
            cure = "before the move to 3.x: give the client a transport of httpx2 in tests"
            yield Finding(_RULE, "sdk", place, message, cure, "manual", note=True)
