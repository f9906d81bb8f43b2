"""Model entries as rules/models/*.toml writes them, and how short entries become whole Models."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import Origin, convert, nearest, origin, read, unique
from migrate.catalog.models import Endpoint, Evidence, Kind, Model, ModelTable, Tier
from migrate.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class ModelEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[model]]``. ``like`` names the entry whose values it takes where it states none itself;
    ``snapshots`` are ids of it pinned to a day, ``also`` other ids, for which everything here holds too."""

    id: str
    like: str | None = None
    snapshots: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    snapshot_of: str | None = None
    family: str | None = None
    tier: Tier | None = None
    kind: Kind | None = None
    context_window: int | None = None
    max_output: int | None = None
    endpoints: tuple[Endpoint, ...] | None = None
    efforts: tuple[str, ...] | None = None
    default_effort: str | None = None
    encoding: str | None = None
    shutdown: date | None = None
    successor: tuple[str, ...] | None = None
    evidence: Evidence | None = None
    source: str | None = None
    checked: date | None = None


class _ModelFile(Origin, frozen=True, forbid_unknown_fields=True):
    model: tuple[ModelEntry, ...] = ()
    prefixes: tuple[str, ...] = ()


class Located(msgspec.Struct, frozen=True):
    """An entry, the file that holds it and what that file says of all its entries."""

    entry: ModelEntry
    defaults: Origin
    path: Path


# Stated by an entry for itself; ``like`` never hands them on.
_OWN = ("id", "like", "snapshots", "also", "snapshot_of")
_FIELDS = tuple(name for name in ModelEntry.__struct_fields__ if name not in _OWN)
_REQUIRED = ("family", "tier", "kind")


def read_models(paths: Sequence[Path], extra: Iterable[Located] = ()) -> ModelTable:
    """The models of these files and of a team's own entries. Raises CatalogError."""
    located: list[Located] = []
    prefixes: tuple[str, ...] = ()
    for path in paths:
        document = convert(read(path), _ModelFile, path)
        located += [Located(entry, document, path) for entry in document.model]
        prefixes += document.prefixes
    return build(located + list(extra), prefixes)


def build(located: Sequence[Located], prefixes: tuple[str, ...]) -> ModelTable:
    """Whole Models from entries; ``like`` may point to an entry of any file."""
    by_id = unique(((item.entry.id, item, item.path) for item in located), "model")
    whole = {name: _whole(item, by_id, ()) for name, item in by_id.items()}
    models = ((name, model, by_id[name].path) for name, model in whole.items())
    return ModelTable(tuple(unique([*models, *_further(whole, by_id)], "model").values()), prefixes)


def _further(whole: dict[str, Model], by_id: dict[str, Located]) -> Iterable[tuple[str, Model, Path]]:
    """The models that an entry names besides its own id."""
    for name, item in by_id.items():
        for snapshot in item.entry.snapshots:
            yield snapshot, msgspec.structs.replace(whole[name], id=snapshot, snapshot_of=name), item.path
        for other in item.entry.also:
            yield other, msgspec.structs.replace(whole[name], id=other, snapshot_of=None), item.path


def _whole(item: Located, by_id: dict[str, Located], behind: tuple[str, ...]) -> Model:
    values = _values(item, by_id, behind)
    entry = item.entry
    for name in _REQUIRED:
        if name not in values:
            raise CatalogError(f"{item.path}: model {entry.id}: key {name} is missing; add it, or a like")
    source, checked = origin(entry, item.defaults, item.path, f"model {entry.id}")
    snapshot_of = entry.snapshot_of
    return msgspec.convert(
        {**values, "id": entry.id, "source": source, "checked": checked, "snapshot_of": snapshot_of}, Model
    )


def _values(item: Located, by_id: dict[str, Located], behind: tuple[str, ...]) -> dict[str, object]:
    """What the entry states, over what the entry it is ``like`` states."""
    entry = item.entry
    own = {name: value for name in _FIELDS if (value := getattr(entry, name)) is not None}
    if entry.like is None:
        return own
    if entry.like in behind or entry.like == entry.id:
        raise CatalogError(f"{item.path}: model {entry.id}: like goes round in a circle; break it")
    parent = by_id.get(entry.like)
    if parent is None:
        raise CatalogError(
            f"{item.path}: model {entry.id}: like = {entry.like!r} is no model; "
            f"did you mean {nearest(entry.like, by_id) or 'another id'}?"
        )
    return {**_values(parent, by_id, (*behind, entry.id)), **own}
