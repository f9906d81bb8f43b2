"""A Proposal as steps, each a set of whole changes: one step for all, or one a stage. Reads no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from migrate.review.records import Held
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.rewrite.selection import lead_stages, selected
from migrate.settings import TOPICS, Topic
from migrate.sources.encoding import encode
from migrate.sources.source import Source, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrate.findings.finding import Finding


_NOBODYS: Held = ("own",)


class Step(msgspec.Struct, frozen=True):
    """The changes of one stage (of all, where ``stage`` is None) on top of the steps before it.

    ``proposal`` holds the changes of this step and of those before it, as texts made from the files as
    they were read; ``added`` are the ids of this step's own.
    """

    stage: Topic | None
    added: frozenset[str]
    proposal: Proposal


def steps(proposal: Proposal, *, by_stage: bool) -> list[Step]:
    """``proposal`` in the steps that it is written in."""
    stage_of = lead_stages(proposal.applied)
    if not by_stage:
        return [Step(None, frozenset(stage_of), proposal)]
    found: list[Step] = []
    wanted: frozenset[str] = frozenset()
    for stage in TOPICS:
        added = frozenset(name for name, lead in stage_of.items() if lead == stage)
        if added:
            wanted |= added
            found.append(Step(stage, added, selected(proposal, wanted)))
    return found or [Step(None, frozenset(), proposal)]


def from_here(step: Step, present: Mapping[str, Source]) -> Proposal:
    """The step's proposal as changes to the files as they are now, ``present``: those that it changes."""
    changes = []
    for change in step.proposal.changes:
        source = present.get(change.path, change.source)
        if source.text != change.new_text:
            changes.append(FileChange(source, change.new_text, change.rules))
    own = tuple(one for one in step.proposal.applied if one.change in step.added)
    return msgspec.structs.replace(step.proposal, applied=own, changes=tuple(changes))


def after(change: FileChange) -> Source:
    """The file of ``change`` once it is written; its stamp says nothing, so that its bytes are compared."""
    raw = encode(change.source, change.new_text)
    return msgspec.structs.replace(change.source, raw=raw, text=change.new_text, stamp=(0, 0))


def texts(change: FileChange, applied: Iterable[Finding]) -> Iterator[tuple[str, Held]]:
    """(digest, changes held) of the new text of ``change``; nothing where its encoding cannot hold it."""
    try:
        raw = encode(change.source, change.new_text)
    except UnicodeEncodeError:
        return
    yield digest(raw), held_in(change.path, applied)


def held_in(path: str, applied: Iterable[Finding]) -> Held:
    """The ids of the changes of ``applied`` that touch ``path``, sorted; of a new text that none of them
    made, such as a comment that a person asked for, that it is one."""
    ids = {one.change for one in applied if any(edit.path == path for edit in one.edits)}
    return tuple(sorted(ids)) or _NOBODYS
