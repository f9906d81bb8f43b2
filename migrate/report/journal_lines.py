"""The journal for reading: a line, or a document of plain values, for each run."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from migrate.report.counts import number
from migrate.report.documents import Document
from migrate.report.masking import mask

if TYPE_CHECKING:
    from migrate.review.records import Run


def run_row(one: Run) -> tuple[str, ...]:
    """Number, time, state, files and command of a run."""
    return str(int(one.id)), one.time, one.state, number(len(one.files), "file"), _command(one)


def run_document(one: Run) -> Document:
    return {
        "id": int(one.id),
        "time": one.time,
        "state": one.state,
        "version": one.version,
        "command": _command(one),
        "files": [file.path for file in one.files],
        "changes": [
            {"id": change.id, "stage": change.stage, "rules": list(change.rules)} for change in one.changes
        ],
    }


def _command(one: Run) -> str:
    return mask(shlex.join(one.command))
