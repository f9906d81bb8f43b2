"""Which findings belong together: an origin, the calls it feeds, and their parameters change in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from migrate.findings.edits import OF_IMPORTS, Edit, InsertAfter, NameArgument, RemoveItem, RemoveStatement
from migrate.findings.finding import FileEdit, Finding, worst
from migrate.program.calls.identity import fingerprint

# Findings that a person should read, though the request is accepted without them.
_ADVICE = ("small-output-cap",)


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """``findings`` with their ``change`` ids. All that have edits in one change get its worst safety; a
    model does not move without what its calls need, so where a part of that has no edit, none is made."""
    return tuple(sorted((one for group in together(findings) for one in _joined(group)), key=in_order))


def together(findings: Sequence[Finding]) -> list[list[Finding]]:
    """``findings`` in groups: those that are made in one change or not at all."""
    parents = {index: index for index in range(len(findings))}
    by_key: dict[object, int] = {}
    for index, finding in enumerate(findings):
        for key in _keys(finding):
            other = by_key.setdefault(key, index)
            parents[_root(parents, index)] = _root(parents, other)
    members: dict[int, list[Finding]] = {}
    for index, finding in enumerate(findings):
        members.setdefault(_root(parents, index), []).append(finding)
    return list(members.values())


def changes_of(findings: Iterable[Finding]) -> frozenset[str]:
    """The keys of the clients that ``findings`` are part of changes to, before they are grouped."""
    return frozenset(key for one in findings for key in one.change.split("|"))


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """``findings`` with those that differ only in the calls they concern made one."""
    found: dict[Finding, list[str]] = {}
    for one in findings:
        found.setdefault(msgspec.structs.replace(one, calls=()), []).extend(one.calls)
    return [msgspec.structs.replace(one, calls=tuple(dict.fromkeys(calls))) for one, calls in found.items()]


def without(findings: Sequence[Finding], unwanted: Callable[[Finding], bool]) -> tuple[Finding, ...]:
    """``findings`` less the unwanted ones. What is left of a change that lost an edit is one to look at:
    its parts were decided together."""
    lost = {one.change for one in findings if one.change and one.edits and unwanted(one)}
    kept = (one for one in findings if not unwanted(one))
    return tuple(
        msgspec.structs.replace(one, safety="review")
        if one.change in lost and one.safety == "safe" and one.edits
        else one
        for one in kept
    )


def _keys(finding: Finding) -> Iterable[object]:
    """What ties a finding to others: the calls it changes (not their client), and the edits it shares. The
    move to a newer SDK is no part of any other change."""
    if finding.note:
        return
    yield from (("client", key) for key in finding.change.split("|") if key)
    if finding.stage in ("model", "params"):
        yield from (("call", call) for call in finding.calls)
    for one in finding.edits if finding.stage != "sdk" else ():
        if not isinstance(one.edit, OF_IMPORTS):
            yield ("edit", one.path, _target(one.edit))


def _target(edit: Edit) -> tuple[object, ...]:
    if isinstance(edit, InsertAfter):
        return (edit.span, "behind", edit.code)  # several statements may follow one, also one that goes
    if isinstance(edit, (RemoveStatement, NameArgument, RemoveItem)):
        return (edit.span, type(edit).__name__, getattr(edit, "position", 0))
    name = getattr(edit, "name", getattr(edit, "key", ""))
    return (getattr(edit, "span", None), name, getattr(edit, "within", None))


def _root(parents: dict[int, int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _joined(group: list[Finding]) -> list[Finding]:
    edited = [one for one in group if one.edits]
    if not edited:
        return [msgspec.structs.replace(one, change="") for one in group]
    name = _name(edited)
    open_ = [one for one in group if not one.edits and not one.note]
    needed = [one for one in open_ if one.rule not in _ADVICE]
    if needed and any(one.stage == "model" for one in edited):
        return [_waiting(one, needed[0]) if one.edits else one for one in group]
    safety = worst([one.safety for one in edited])
    if open_ and safety == "safe":
        safety = "review"
    return [
        msgspec.structs.replace(one, change=name, safety=safety if one.edits else one.safety) for one in group
    ]


def _waiting(finding: Finding, needed: Finding) -> Finding:
    cure = f"{finding.cure}, by hand, together with {needed.place} ({needed.rule})"
    return msgspec.structs.replace(finding, safety="manual", edits=(), cure=cure)


def _name(edited: Sequence[Finding]) -> str:
    text = "\0".join(sorted(f"{one.rule}\0{one.place.path}\0{','.join(one.calls)}" for one in edited))
    return fingerprint(text)[:8]


def in_order(finding: Finding) -> tuple[object, ...]:
    """The sort key of findings: by place first."""
    return (finding.place, finding.stage, finding.rule, finding.message)


def contradicting(edits: Sequence[FileEdit]) -> bool:
    """Whether two of ``edits`` want different things of the same target."""
    seen: dict[tuple[object, ...], Edit] = {}
    for one in edits:
        if isinstance(one.edit, OF_IMPORTS):
            continue
        key = (one.path, *_target(one.edit))
        if seen.setdefault(key, one.edit) != one.edit:
            return True
    return False
