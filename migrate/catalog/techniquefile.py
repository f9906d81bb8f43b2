"""Turns rules/techniques/*.toml and rules/wording/*.toml into the records of ``techniques``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from migrate.catalog.documents import Origin, convert, nearest, origin, read, unique
from migrate.catalog.techniques import Technique, Techniques
from migrate.catalog.wording import Wording
from migrate.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

ANY = "*"  # phrases that are no language's: tags, protocols


def read_techniques(
    paths: Sequence[Path], wordings: Sequence[Path], extra: Iterable[tuple[Path, dict[str, Any]]] = ()
) -> Techniques:
    """The techniques by id, a file each that is named after it, with a team's own. Raises CatalogError."""
    known = unique((_wording(path) for path in wordings), "wording")
    pages = []
    for path in paths:
        page = _technique(read(path), path, known)
        if page[0] != path.stem:
            raise CatalogError(f"{path}: technique {page[0]}: the file must be called {page[0]}.toml")
        pages.append(page)
    own = [_technique(raw, path, known) for path, raw in extra]
    return Techniques(unique([*pages, *own], "technique"), known)


def _wording(path: Path) -> tuple[str, Wording, Path]:
    wording = convert(read(path), Wording, path)
    if wording.lang != path.stem:
        raise CatalogError(f"{path}: wording {wording.lang}: the file must be called {wording.lang}.toml")
    return wording.lang, wording, path


def _technique(raw: object, path: Path, known: dict[str, Wording]) -> tuple[str, Technique, Path]:
    one = convert(raw, Technique, path)
    name = f"technique {one.id}"
    undated = Origin(", ".join(one.sources), None if one.checked == date.min else one.checked)
    sources, checked = origin(undated, Origin(), path, name)
    if not any(not example.absent for example in one.example):
        raise CatalogError(f"{path}: {name}: no example; add [[example]] with a text that shows it")
    if one.flagged and not any(example.absent for example in one.example):
        raise CatalogError(f"{path}: {name}: no example with absent = true; show what only looks like it")
    for saying in one.saying:
        if saying.lang != ANY and saying.lang not in known:
            near = nearest(saying.lang, known) or ", ".join(sorted(known))
            raise CatalogError(f"{path}: {name}: no wording for lang {saying.lang!r}; did you mean {near}?")
        if not saying.phrases:
            raise CatalogError(f"{path}: {name}: saying in {saying.lang}: phrases is empty; add one")
    keys = tuple(key.strip() for key in sources.split(","))
    return one.id, msgspec.structs.replace(one, sources=keys, checked=checked), path
