"""The journal for reading: a line, or a record for JSON, for each run."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from migrate.report.counts import number
from migrate.report.masking import mask

if TYPE_CHECKING:
    from migrate.report.document_shapes import RecordedRun
    from migrate.review.records import Run


def run_row(one: Run) -> tuple[str, ...]:
    """Number, time, state, files and command of a run."""
    return str(int(one.id)), one.time, one.state, number(len(one.files), "file"), _command(one)


def recorded_run(one: Run) -> RecordedRun:
    from migrate.report.document_shapes import RecordedRun, RunChange

    return RecordedRun(
        id=int(one.id),
        time=one.time,
        state=one.state,
        version=one.version,
        command=_command(one),
        files=tuple(file.path for file in one.files),
        changes=tuple(RunChange(change.id, change.stage, change.rules) for change in one.changes),
    )


def _command(one: Run) -> str:
    return mask(shlex.join(one.command))
