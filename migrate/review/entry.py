"""What of a Proposal the journal keeps: the record of a run to come, and the old bytes it points into."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from migrate import __version__
from migrate.findings.finding import Finding
from migrate.review.admission import Admitted
from migrate.review.records import ChangeRecord, FileRecord, Held, Run
from migrate.review.steps import Step, texts
from migrate.rewrite.selection import lead_stages
from migrate.settings import TOPICS


def entry(id_: str, root: Path, allowed: Admitted, parts: Sequence[Step]) -> tuple[Run, bytes]:
    """The run that writes ``parts``, by this process, now; and the old bytes of its files."""
    files: list[FileRecord] = []
    old = bytearray()
    known = _texts(parts)
    for change in allowed.proposal.changes:
        source = change.source
        record = FileRecord(
            path=change.path,
            mode=source.mode,
            encoding=source.encoding,
            offset=len(old),
            length=len(source.raw),
            texts={**known.get(change.path, {}), source.digest: ()},
            standing=allowed.standings[change.path],
        )
        files.append(record)
        old += source.raw
    return new_run(id_, root, _changes(allowed.proposal.applied), files), bytes(old)


def new_run(id_: str, root: Path, changes: Iterable[ChangeRecord], files: Iterable[FileRecord]) -> Run:
    """A run of ``apply`` by this process, now, that has not written anything yet."""
    return Run(
        id=id_,
        time=datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        version=__version__,
        verb="apply",
        command=(),
        root=str(root),
        state="writing",
        pids=(os.getpid(),),
        changes=tuple(changes),
        files=tuple(files),
    )


def _texts(parts: Sequence[Step]) -> dict[str, dict[str, Held]]:
    """Every text that a file goes through, by its digest, with the changes it holds."""
    found: dict[str, dict[str, Held]] = {}
    for part in parts:
        for change in part.proposal.changes:
            found.setdefault(change.path, {}).update(texts(change, part.proposal.applied))
    return found


def _changes(applied: Iterable[Finding]) -> tuple[ChangeRecord, ...]:
    """A record a change, in the order in which their edits are made."""
    by_id: dict[str, list[Finding]] = {}
    for one in applied:
        by_id.setdefault(one.change, []).append(one)
    leads = lead_stages(applied)
    return tuple(
        ChangeRecord(
            name,
            leads[name],
            tuple(sorted({one.stage for one in group}, key=TOPICS.index)),
            tuple(sorted({one.rule for one in group})),
            tuple(edit for one in group for edit in one.edits),
        )
        for name, group in by_id.items()
    )
