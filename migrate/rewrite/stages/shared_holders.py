"""A dict is edited only where all calls that spread it agree, and nothing else reads the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from migrate.findings.edits import Edit, RemoveEntry, RenameEntry, SetEntry
from migrate.findings.finding import FileEdit, Finding
from migrate.program.callsite import CallSite
from migrate.program.readers import Readers
from migrate.sources.place import Place, Span


def without_shared(findings: Sequence[Finding], sites: Sequence[CallSite], readers: Readers) -> list[Finding]:
    """``findings``; one that edits a dict entry which something else needs has its edits taken away."""
    users = _users(sites)
    edited = [one for finding in findings for one in finding.edits if _entry(one.edit) is not None]
    wanted = {_dict_entry(one) for one in edited}
    places = {site.place for site in sites}
    read = readers.of_entries(wanted, places) if wanted else {}
    agreed: dict[FileEdit, set[str]] = {}
    for finding in findings:
        for one in finding.edits:
            agreed.setdefault(one, set()).update(finding.calls)
    return [_unread(_checked(finding, users, agreed), read) for finding in findings]


def _unread(finding: Finding, read: Mapping[tuple[Place, str], Place]) -> Finding:
    for one in finding.edits:
        if _entry(one.edit) is not None:
            place, key = _dict_entry(one)
            if (place, key) in read:
                cure = f"{read[place, key]} uses {key!r} of this dict too: change both by hand"
                return msgspec.structs.replace(finding, safety="manual", edits=(), cure=cure)
    return finding


def _dict_entry(one: FileEdit) -> tuple[Place, str]:
    assert isinstance(one.edit, (RemoveEntry, RenameEntry, SetEntry))
    return Place(one.path, one.edit.span), one.edit.key


def _users(sites: Sequence[CallSite]) -> dict[tuple[str, Span, str], dict[str, Place]]:
    """The calls that get a dict entry, by the dict's place and the key."""
    found: dict[tuple[str, Span, str], dict[str, Place]] = {}
    for site in sites:
        for one in site.parameters:
            if one.form == "entry":
                key = (one.holder.path, one.holder.span, one.name)
                found.setdefault(key, {})[site.id] = site.place
    return found


def _checked(
    finding: Finding,
    users: dict[tuple[str, Span, str], dict[str, Place]],
    agreed: dict[FileEdit, set[str]],
) -> Finding:
    for one in finding.edits:
        name = _entry(one.edit)
        if name is None:
            continue
        entry = users.get((one.path, one.edit.span, name), {})  # type: ignore[union-attr]
        others = [place for call, place in entry.items() if call not in agreed[one]]
        if others:
            cure = f"{others[0]} needs it as it is: give the calls a dict each"
            return msgspec.structs.replace(finding, safety="manual", edits=(), cure=cure)
    return finding


def _entry(edit: Edit) -> str | None:
    return edit.key if isinstance(edit, (RemoveEntry, RenameEntry, SetEntry)) else None
