"""What moving from 1.x or 2.x to 3.x asks for: 3.0 sends requests through httpx2. Notes only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.findings.finding import Finding
from migrate.rewrite.stages.dependencies.stage import LOCKS
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.calls.callsite import CallSite, Parameter
    from migrate.program.inventory import Inventory
    from migrate.sources.source import Source

_RULE = "custom-httpx"
_FEW = 5  # lines in a message
_GIVEN = ("http_client", "timeout")
_MOCKED = (
    "{} stands in for httpx, which openai 3.0 does not use any more",
    "before the move to 3.x: give the client a transport of httpx2 in tests",
)
_BROUGHT = (
    "{} is imported here and not declared beside openai: openai 3.0 does not install it any more",
    "before the move to 3.x: declare httpx as a requirement, or use httpx2",
)
_IMPORTS = re.compile(r"^[ \t]*(?:import|from)[ \t]+(httpx)\b", re.MULTILINE)
_MOCKS = re.compile(r"^[ \t]*(?:import|from)[ \t]+(respx|pytest_httpx)\b", re.MULTILINE)


def newer_findings(inventory: Inventory) -> Iterator[Finding]:
    """Clients that are given something of httpx, tests that stand in for it, and imports of httpx that only
    openai brings."""
    yield from _given(inventory)
    undeclared = _is_undeclared(inventory)
    for path in sorted(inventory.selected & inventory.sources.keys()):
        source = inventory.sources[path]
        if b"openai" in source.raw:
            yield from _found(source, _MOCKS, _MOCKED)
        if undeclared and b"httpx" in source.raw:
            yield from _found(source, _IMPORTS, _BROUGHT)


def _given(inventory: Inventory) -> Iterator[Finding]:
    """The first of each file's clients that are given something of httpx, with where the others are."""
    found: dict[str, list[tuple[CallSite, Parameter]]] = {}
    for site in inventory.call_sites:
        clients = site.kind == "constructor" and site.sdk == "openai"
        for one in site.parameters if clients else ():
            if one.name in _GIVEN and ("httpx." in one.code or one.name == "http_client"):
                if one.code == "None" or "openai." in one.code or one.code.startswith("Default"):
                    continue
                found.setdefault(one.place.path, []).append((site, one))
    for rows in found.values():
        site, one = min(rows, key=lambda row: row[1].place)
        where = _also({row[1].place.span.line for row in rows} - {one.place.span.line})
        message = f"{one.name} is made with httpx here{where}, and openai 3.0 takes what httpx2 makes"
        cure = "before the move to 3.x: use httpx2, or openai.DefaultHttpxClient; declare httpx2"
        ids = tuple(dict.fromkeys(row[0].id for row in rows))
        yield Finding(_RULE, "sdk", one.place, message, cure, "manual", (), ids, "", True)


def _also(others: set[int]) -> str:
    """The other lines of a file, in words."""
    lines = [str(one) for one in sorted(others)]
    if not lines:
        return ""
    more = f" and {len(lines) - _FEW} more" if len(lines) > _FEW else ""
    return (
        f" (also in line {lines[0]})"
        if len(lines) == 1
        else f" (also in lines {', '.join(lines[:_FEW])}{more})"
    )


def _found(source: Source, wanted: re.Pattern[str], texts: tuple[str, str]) -> Iterator[Finding]:
    """The first of a file's imports that match."""
    match = wanted.search(source.text)
    if match is not None:
        place = Place(source.path, Lines(source.text).between(*match.span(1)))
        message, cure = texts
        yield Finding(_RULE, "sdk", place, message.format(match[1]), cure, "manual", note=True)


def _is_undeclared(inventory: Inventory) -> bool:
    """Whether openai is among the declared requirements, and httpx is not: locks hold what is installed."""
    paths = [path for path in inventory.texts if kind_of(path) == "dependencies"]
    texts = [inventory.texts[path].text for path in paths if path.rpartition("/")[2] not in LOCKS]
    asked = [text for text in texts if re.search(r"\bopenai\b", text)]
    return bool(asked) and not any(re.search(r"\bhttpx\b", text) for text in texts)
