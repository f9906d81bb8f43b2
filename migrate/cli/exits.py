"""Exit codes, and which of them wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrate.sources.source import Outcome

FINE = 0
FOUND = 1
MISUSED = 2
FILE_FAILED = 3
BUG = 70  # EX_SOFTWARE of sysexits.h: no other outcome can be mistaken for it
INTERRUPTED = 130


def exit_code(found: bool, outcomes: Iterable[Outcome]) -> int:
    """The code of a verb that ran to its end: a failed file outranks findings, which outrank nothing.

    Wrong use (2) outranks both: it ends a run before anything is looked at.
    """
    if any(outcome.state == "failed" for outcome in outcomes):
        return FILE_FAILED
    return FOUND if found else FINE
