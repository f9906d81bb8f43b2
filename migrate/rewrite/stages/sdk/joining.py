"""A file's move to a newer SDK is made alone: what other stages want of its calls waits for the next run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.findings.finding import Finding
from migrate.rewrite.grouping import together
from migrate.rewrite.stages.dependencies.magics import magic_pins
from migrate.rewrite.stages.dependencies.needs import (
    highest,
    of_encodings,
    of_frameworks,
    of_moved,
    of_present,
)
from migrate.rewrite.stages.dependencies.notebooks import (
    beside_notebooks,
    notebook_pins,
    of_modules,
    unread_cells,
)
from migrate.rewrite.stages.dependencies.stage import pin_findings
from migrate.rewrite.stages.params.shared_holders import without_shared
from migrate.rewrite.stages.sdk.newer import newer_findings
from migrate.rewrite.stages.sdk.stage import sdk_findings

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.inventory import Inventory
    from migrate.settings import Settings


def with_sdk(
    found: Sequence[Finding],
    inventory: Inventory,
    settings: Settings,
    catalog: Catalog,
    is_wanted: Callable[[Finding], bool],
) -> list[Finding]:
    """``found``, less the edits of dicts that something else needs as they are, and what stage ``sdk`` finds;
    where that is going to be made, the others wait for it."""
    found = without_shared(found, inventory.call_sites, inventory.readers)
    if "sdk" not in settings.stages:
        return [*found, *_pins(found, (), inventory, settings, catalog)]
    old = whole(readable(sdk_findings(inventory, catalog), inventory), is_wanted)
    old += _pins(found, old, inventory, settings, catalog)
    old += newer_findings(inventory)
    kept = [one for one in found if one.rule != "old-sdk"]
    return [*(deferred(kept, old, inventory) if settings.include_review else kept), *old]


def _pins(
    found: Sequence[Finding],
    old: Sequence[Finding],
    inventory: Inventory,
    settings: Settings,
    catalog: Catalog,
) -> list[Finding]:
    if "dependencies" not in settings.stages:
        return []
    moved = list(of_moved(old, inventory, catalog.sdk))
    encodings = list(of_encodings(found, catalog.risks.encoding_floors))
    encodings += of_frameworks(found, inventory, catalog.frameworks.calls)
    every = [*moved, *of_present(old, inventory, catalog.sdk), *encodings]
    in_modules = [
        *of_moved(of_modules(old), inventory, catalog.sdk),
        *of_present(old, inventory, catalog.sdk, notebooks=False),
        *encodings,
    ]
    legacy = catalog.sdk.old
    modules = pin_findings(inventory, in_modules, legacy)
    pins = beside_notebooks(inventory, pin_findings(inventory, every, legacy), modules)
    if not moved:
        return pins
    floor = highest(moved)[0].floor
    return [*pins, *notebook_pins(inventory, floor, old), *magic_pins(inventory, floor, old)]


def deferred(found: Sequence[Finding], old: Sequence[Finding], inventory: Inventory) -> list[Finding]:
    """``found``, without the edits of what concerns a file in which ``old``, the findings of stage ``sdk``,
    has edits, and of what is made together with that."""
    paths = {one.path for finding in old for one in finding.edits}
    calls = {site.id for site in inventory.call_sites if site.place.path in paths}
    kept: list[Finding] = []
    for group in together(found) if paths else [list(found)]:
        waits = any(one.edits and _concerns(one, paths, calls) for one in group)
        kept += (_waiting(one) if one.edits and waits else one for one in group)
    return kept


def readable(old: Iterable[Finding], inventory: Inventory) -> list[Finding]:
    """``old``; a notebook with a cell that uses openai and cannot be read is left to a person: what moves
    would be only half of it."""
    findings = list(old)
    closed = {path: unread_cells(inventory, path) for path in {one.place.path for one in findings}}
    return [
        _by_hand(one, f"cell {closed[one.place.path][0]} cannot be read as Python")
        if one.edits and closed[one.place.path]
        else one
        for one in findings
    ]


def whole(old: Iterable[Finding], is_wanted: Callable[[Finding], bool]) -> list[Finding]:
    """``old``; where a part of a file's move is not wanted, the rest of it has no edits either: a client
    without calls, or calls without a client, would be worse than both."""
    findings = list(old)
    left = {key for one in findings if one.edits and not is_wanted(one) for key in one.change.split("|")}
    grown = True
    while grown:
        more = {key for one in findings if left & set(one.change.split("|")) for key in one.change.split("|")}
        grown = bool(more - left) and bool(left)
        left |= more if left else set()
    return [_alone(one) if one.edits and left & set(one.change.split("|")) else one for one in findings]


def _alone(finding: Finding) -> Finding:
    return _by_hand(finding, "a part of the move of this file is left out")


def _by_hand(finding: Finding, why: str) -> Finding:
    cure = f"{finding.cure}, by hand: {why}"
    return msgspec.structs.replace(finding, safety="manual", edits=(), cure=cure, change="")


def _concerns(finding: Finding, paths: set[str], calls: set[str]) -> bool:
    return bool(calls & set(finding.calls)) or any(one.path in paths for one in finding.edits)


def _waiting(finding: Finding) -> Finding:
    cure = f"{finding.cure}: in the next run, once the code is moved to openai 1.x"
    return msgspec.structs.replace(finding, safety="manual", edits=(), cure=cure, change="")
