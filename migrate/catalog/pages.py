"""The page of each rule: what it finds, why it matters, before and after. It finds nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from migrate.catalog.documents import Origin, convert, origin, read, unique
from migrate.catalog.verdict import Action, Safety
from migrate.errors import CatalogError
from migrate.settings import Topic


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule's page. ``safety`` is that of its edit, ``manual`` where it has none; ``example_after`` is
    empty where nothing is edited. ``sources`` are keys of rules/sources.toml or documents in words.
    ``actions`` and ``parameters`` name the rows of the parameter table that stand behind it."""

    id: str
    stage: Topic
    title: str
    why: str
    example_before: str
    safety: Safety
    sources: tuple[str, ...]
    example_after: str = ""
    how_to_ignore: str = ""
    checked: date = date.min
    actions: tuple[Action, ...] = ()
    parameters: tuple[str, ...] = ()


def read_rules(paths: Sequence[Path], extra: Iterable[tuple[str, Rule, Path]] = ()) -> Mapping[str, Rule]:
    """Rules by id, one a file that is named after it, and a team's own. Raises CatalogError."""
    pages = []
    for path in paths:
        page = located(read(path), Origin(), path)
        if page[0] != path.stem:
            raise CatalogError(f"{path}: rule {page[0]}: the file must be called {page[0]}.toml")
        pages.append(page)
    return unique([*pages, *extra], "rule")


def located(raw: object, defaults: Origin, path: Path, at: str = "") -> tuple[str, Rule, Path]:
    """One rule's table as a record, with the file it stands in."""
    rule = convert(raw, Rule, path, at)
    undated = Origin(", ".join(rule.sources), None if rule.checked == date.min else rule.checked)
    source, checked = origin(undated, defaults, path, f"rule {rule.id}")
    if not rule.example_before.strip():
        raise CatalogError(f"{path}: rule {rule.id}: example_before is empty; show the code it finds")
    ignore = rule.how_to_ignore or f"# repoint: ignore[{rule.id}]"
    sources = tuple(key.strip() for key in source.split(","))
    page = msgspec.structs.replace(rule, how_to_ignore=ignore, sources=sources, checked=checked)
    return rule.id, page, path
