"""A dict is edited only where all calls that spread it agree, and nothing else reads the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from migrate.findings.edits import (
    KEY_EDITS,
    RemoveEntry,
    RemoveStatement,
    RenameEntry,
    ReplaceText,
    SetEntry,
)
from migrate.findings.finding import FileEdit, Finding
from migrate.program.calls.callsite import CallSite
from migrate.program.calls.readers import Readers
from migrate.sources.place import Place, Span

_Users: TypeAlias = dict[tuple[str, Span, str], dict[str, Place]]


def without_shared(findings: Sequence[Finding], sites: Sequence[CallSite], readers: Readers) -> list[Finding]:
    """``findings``; one that edits a dict entry which something else needs has its edits taken away."""
    users = _users(sites)
    edited = [one for finding in findings for one in finding.edits if _entry(one, users) is not None]
    homes = {one: _homes(one, users, readers) for one in edited}
    wanted = {home for found in homes.values() for home in found}
    places = {site.place for site in sites}
    read = readers.of_entries(wanted, places) if wanted else {}
    agreed: dict[FileEdit, set[str]] = {}
    for finding in findings:
        for one in finding.edits:
            agreed.setdefault(one, set()).update(finding.calls)
    return [_unread(_checked(finding, users, agreed), homes, read) for finding in findings]


def _homes(one: FileEdit, users: _Users, readers: Readers) -> list[tuple[Place, str]]:
    """The dicts, with the key, whose entry the edit changes."""
    entry = _entry(one, users)
    assert entry is not None
    place, key = entry
    if isinstance(one.edit, (ReplaceText, RemoveStatement)):
        return [(home, key) for home in readers.homes_of_store(place)]
    return [(place, key)]


def _unread(
    finding: Finding,
    homes: Mapping[FileEdit, list[tuple[Place, str]]],
    read: Mapping[tuple[Place, str], Place],
) -> Finding:
    for one in finding.edits:
        if one not in homes:
            continue
        if not homes[one]:
            return _by_hand(finding, "which dict it goes into is not known: change it by hand")
        for place, key in homes[one]:
            reader = read.get((place, key))
            if reader is not None and not _inside(one, reader):
                return _by_hand(finding, f"{reader} uses {key!r} of this dict too: change both by hand")
    return finding


def _inside(one: FileEdit, reader: Place) -> bool:
    """Whether what reads the key is the edited store itself."""
    if not isinstance(one.edit, (ReplaceText, RemoveStatement)):
        return False
    return reader.span.covers(one.edit.span) or one.edit.span.covers(reader.span)


def _by_hand(finding: Finding, cure: str) -> Finding:
    return msgspec.structs.replace(finding, safety="manual", edits=(), cure=cure)


def _users(sites: Sequence[CallSite]) -> _Users:
    """The calls that get a dict entry, by where it is written (dict or store) and the key."""
    found: _Users = {}
    for site in sites:
        for one in site.parameters:
            if one.form in ("entry", "store", "file"):
                key = (one.holder.path, one.holder.span, one.name)
                found.setdefault(key, {})[site.id] = site.place
    return found


def _checked(finding: Finding, users: _Users, agreed: dict[FileEdit, set[str]]) -> Finding:
    for one in finding.edits:
        entry = _entry(one, users)
        if entry is None:
            continue
        place, name = entry
        needing = users.get((one.path, place.span, name), {})
        others = [at for call, at in needing.items() if call not in agreed[one]]
        if others:
            return _by_hand(finding, f"{others[0]} needs it as it is: give the calls a dict each")
    return finding


def _entry(one: FileEdit, users: _Users) -> tuple[Place, str] | None:
    """The dict and key, or the store and key, that an edit changes; None for any other edit."""
    edit = one.edit
    if isinstance(edit, (RemoveEntry, RenameEntry, SetEntry, *KEY_EDITS)):
        return Place(one.path, edit.span), edit.key
    if isinstance(edit, ReplaceText):
        for path, span, name in users:
            if path == one.path and name == edit.old and span.covers(edit.span):
                return Place(path, span), name
    if isinstance(edit, RemoveStatement):
        for path, span, name in users:
            if path == one.path and edit.span.covers(span):
                return Place(path, span), name
    return None
