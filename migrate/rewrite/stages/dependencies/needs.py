"""Which versions the code needs: what its calls of openai 1.x pass, and what the edits of this run bring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from migrate.findings.edits import ReplaceExpression, SetArgument
from migrate.findings.finding import Finding
from migrate.rewrite.stages.params.late_parameters import version
from migrate.sources.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from migrate.catalog.framework import FrameworkCall
    from migrate.catalog.sdk import Sdk
    from migrate.program.calls.callsite import CallSite
    from migrate.program.inventory import Inventory

_ENCODING = re.compile(r"""\bget_encoding\(["'](\w+)["']\)""")


class Need(msgspec.Struct, frozen=True):
    """The code needs ``package`` from version ``floor`` on; ``why`` says what for, ``change`` is the change
    of what needs it, ``path`` the file that does. ``left`` calls do not run on it, and a person has to move
    them."""

    package: str
    floor: str
    why: str
    change: str = ""
    left: int = 0
    path: str = ""


def of_moved(old: Sequence[Finding], inventory: Inventory, sdk: Sdk) -> Iterator[Need]:
    """What the calls need that ``old``, the findings of stage ``sdk``, move: all of them 1.0, some of them
    an argument that came later."""
    if not any(one.edits for one in old):
        return
    sites = {site.id: site for site in inventory.call_sites}
    moved = {call for one in old if one.edits for call in one.calls}
    left = sum(site.symbol in sdk.legacy and site.id not in moved for site in inventory.call_sites)
    moving = dict.fromkeys(edit.path for one in old for edit in one.edits)
    yield from (Need("openai", sdk.old.floor, "the moved code", left=left, path=path) for path in moving)
    for one in old:
        for site in (sites[call] for call in one.calls if call in sites and one.edits):
            method = sdk.legacy.get(site.symbol)
            if method is not None:
                for need in _arguments(site, method.replacement, sdk):
                    yield msgspec.structs.replace(need, change=one.change, left=left)


def of_present(
    old: Sequence[Finding], inventory: Inventory, sdk: Sdk, notebooks: bool = True
) -> Iterator[Need]:
    """What calls of 1.x need that are there already, those in ``notebooks`` included or not; nothing where
    calls of 0.x stand beside them that ``old`` does not move, for these need the opposite."""
    moved = {call for one in old if one.edits for call in one.calls}
    sites = [site for site in inventory.call_sites if site.sdk == "openai"]
    if any(site.symbol in sdk.legacy and site.id not in moved for site in sites):
        return
    for site in sites:
        there = notebooks or kind_of(site.place.path) != "notebook"
        if there and site.method and site.certainty == "proved":
            yield from _arguments(site, site.method, sdk)


def of_encodings(found: Sequence[Finding], floors: Mapping[str, str]) -> Iterator[Need]:
    """The tiktoken that has the encodings which the edits of ``found`` name."""
    for one in found:
        for edit in (each.edit for each in one.edits):
            match = _ENCODING.search(edit.code) if isinstance(edit, ReplaceExpression) else None
            if match is not None and match[1] in floors:
                why = f"{match[0]} in {one.place}"
                yield Need("tiktoken", floors[match[1]], why, one.change, path=one.place.path)


def of_frameworks(
    found: Sequence[Finding], inventory: Inventory, calls: Mapping[str, FrameworkCall]
) -> Iterator[Need]:
    """The releases of frameworks that take the efforts which the edits of ``found`` write down, or whose
    requests the new models take."""
    sites = {site.id: site for site in inventory.call_sites if site.kind == "framework"}
    for one in found:
        written = {each.edit.name for each in one.edits if isinstance(each.edit, SetArgument)}
        for site in (sites[call] for call in one.calls if call in sites):
            entry = calls.get(site.symbol)
            how = entry.edit if entry is not None else None
            if how is not None and how.effort_since and how.effort in written:
                package, _, floor = how.effort_since.partition(">=")
                why = f"{how.effort} of {site.symbol} in {site.place}"
                yield Need(package, floor, why, one.change, path=site.place.path)
            for pattern, needed in how.since.items() if how is not None and one.stage == "model" else ():
                if any(fnmatchcase(name, pattern) for name in _new_ids(one)):
                    package, _, floor = needed.partition(">=")
                    why = f"the new model of {site.symbol} in {site.place}"
                    yield Need(package, floor, why, one.change, path=site.place.path)


def _new_ids(finding: Finding) -> Iterator[str]:
    """What the edits of ``finding`` write, without quotes and vendor."""
    for one in finding.edits:
        written = getattr(one.edit, "new", "") or getattr(one.edit, "code", "")
        yield str(written).strip("\"'").rpartition("/")[2].rpartition(":")[2]


def _arguments(site: CallSite, path: str, sdk: Sdk) -> Iterator[Need]:
    """The version of the method at ``path``, and those of the arguments that ``site`` gives it."""
    method = sdk.methods.get(path)
    if method is None:
        return
    file = site.place.path
    yield Need("openai", method.since, f"{path} in {site.place}", path=file)
    for one in site.parameters:
        if one.name in method.parameters:
            why = f"{one.name} of {path} in {site.place}"
            yield Need("openai", method.takes(one.name), why, path=file)


def highest(needs: Iterable[Need]) -> list[Need]:
    """The need of each package that meets all its others."""
    found: dict[str, Need] = {}
    for one in needs:
        before = found.get(one.package)
        if before is None or version(one.floor) > version(before.floor):
            found[one.package] = one
    return list(found.values())
