"""The documents that facts were read in, by the key that entries name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import convert, read, unique

if TYPE_CHECKING:
    from pathlib import Path


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document: its key, what it is, and where it can be read (``""`` where it has no public place)."""

    key: str
    title: str
    url: str


class _SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    checked: date
    source: tuple[Source, ...]


def read_sources(path: Path) -> Mapping[str, Source]:
    """Sources by key. Raises CatalogError."""
    document = convert(read(path), _SourceFile, path)
    return unique(((source.key, source, path) for source in document.source), "source")


def keys(source: str) -> tuple[str, ...]:
    """The keys in an entry's ``source``."""
    return tuple(key.strip() for key in source.split(","))
