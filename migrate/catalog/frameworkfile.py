"""Reads rules/sdks/frameworks/*.toml into the records of ``framework``. It holds no fact itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from migrate.catalog.documents import Origin, convert, origin, read, unique
from migrate.catalog.framework import CallFields, FrameworkCall, Frameworks, HttpCall
from migrate.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


class CallEntry(CallFields, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[call]]``. ``parameters`` are names, or ``name=the API's name``."""

    symbol: str
    also: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    source: str | None = None


class HttpEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[http]]``: functions and methods that take the same arguments."""

    symbols: tuple[str, ...]
    positional: tuple[str, ...]
    url: str = "url"
    body: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    asynchronous: bool = False


class FrameworkDocument(Origin, frozen=True, forbid_unknown_fields=True):
    """A whole file."""

    framework: str = ""
    packages: frozenset[str] = frozenset()
    imports: tuple[str, ...] = ()
    passes: frozenset[str] = frozenset()
    re_exports: dict[str, str] = msgspec.field(default_factory=dict)
    openai_vendors: frozenset[str] = frozenset()
    azure_vendors: frozenset[str] = frozenset()
    openai_beginnings: tuple[str, ...] = ()
    http: tuple[HttpEntry, ...] = ()
    http_clients: dict[str, str] = msgspec.field(default_factory=dict)
    http_aliases: dict[str, str] = msgspec.field(default_factory=dict)
    http_paths: dict[str, str] = msgspec.field(default_factory=dict)
    http_telling: tuple[str, ...] = ()
    http_queries: tuple[str, ...] = ()
    http_prompts: dict[str, str] = msgspec.field(default_factory=dict)
    encoders: frozenset[str] = frozenset()
    call: tuple[CallEntry, ...] = ()


def read_frameworks(paths: Sequence[Path]) -> Frameworks:
    """All frameworks that the files describe together. Raises CatalogError."""
    files = [(path, convert(_without_likes(read(path), path), FrameworkDocument, path)) for path in paths]
    for path, file in files:
        origin(file, file, path, "the file")
        if file.call and not file.framework:
            raise CatalogError(f'{path}: key framework is missing; add framework = "..." with its name')
    documents = [file for _, file in files]
    return Frameworks(
        calls=unique(((c.symbol, c, path) for path, file in files for c in _calls(file)), "call"),
        packages=frozenset().union(*(file.packages for file in documents)),
        imports=tuple(name.encode() for file in documents for name in file.imports),
        re_exports=_merged(file.re_exports for file in documents),
        passes=frozenset().union(*(file.passes for file in documents)),
        openai_vendors=frozenset().union(*(file.openai_vendors for file in documents)),
        azure_vendors=frozenset().union(*(file.azure_vendors for file in documents)),
        openai_beginnings=tuple(word for file in documents for word in file.openai_beginnings),
        http=unique(((h.symbol, h, path) for path, file in files for h in _http(file)), "http"),
        http_clients=_merged(file.http_clients for file in documents),
        http_aliases=_merged(file.http_aliases for file in documents),
        http_paths=_merged(file.http_paths for file in documents),
        http_telling=tuple(f"/{end}" for file in documents for end in file.http_telling),
        http_queries=tuple(word for file in documents for word in file.http_queries),
        http_prompts=_merged(file.http_prompts for file in documents),
        encoders=frozenset().union(*(file.encoders for file in documents)),
    )


def _without_likes(raw: dict[str, Any], path: Path) -> dict[str, Any]:
    """``raw`` with every ``like`` replaced by what the entry of that symbol states."""
    entries: dict[str, dict[str, Any]] = {}
    for entry in raw.get("call", []):
        like = entry.pop("like", None)
        if like is not None and like not in entries:
            raise CatalogError(f"{path}: call {entry.get('symbol')}: like = {like!r} is no call above it")
        whole = {**entries.get(like, {}), **entry}
        if like is not None and "also" not in entry:
            whole.pop("also", None)
        entries[str(entry.get("symbol"))] = whole
    return {**raw, "call": list(entries.values())} if entries else raw


def _calls(file: FrameworkDocument) -> Iterable[FrameworkCall]:
    for entry in file.call:
        parameters = dict(_pair(spelling) for spelling in entry.parameters)
        stated = {name: getattr(entry, name) for name in CallFields.__struct_fields__}
        for symbol in (entry.symbol, *entry.also):
            yield FrameworkCall(
                symbol=symbol,
                canonical=entry.symbol,
                framework=file.framework,
                parameters=parameters,
                **stated,
            )


def _merged(tables: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    return {key: value for table in tables for key, value in table.items()}


def _pair(spelling: str) -> tuple[str, str]:
    name, _, known_as = spelling.partition("=")
    return name, known_as or name


def _http(file: FrameworkDocument) -> Iterable[HttpCall]:
    for entry in file.http:
        for symbol in entry.symbols:
            library = symbol.partition(".")[0]
            stated = (entry.positional, entry.url, entry.body, entry.query, entry.asynchronous)
            yield HttpCall(symbol, library, *stated)
