"""Reports that were saved: one small file a team commits, with an entry a day, and what changed since."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

import msgspec

from migrate.errors import UsageError
from migrate.report.readiness.records import Readiness
from migrate.report.report_shapes import CheckChange, Trend

FILE = "repoint-score.json"
_MOST_ENTRIES = 400


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The report of one day: its score and the share of every check."""

    date: datetime.date
    version: str
    score: float | None
    checks: dict[str, float | None]


class History(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Entries by day, the newest last."""

    schema: Literal["repoint/score/1"] = "repoint/score/1"
    entries: tuple[Entry, ...] = ()


def read_history(file: Path) -> History:
    """What ``file`` holds; nothing where it is not there. Raises UsageError where it cannot be used."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=History)
    except FileNotFoundError:
        return History()
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read ({error.strerror}); name another with --save FILE"
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        cure = "take out the broken part, or delete the file and save anew"
        raise UsageError(f"{file}: {error}; {cure}") from None


def entry(found: Readiness, day: datetime.date, version: str) -> Entry:
    """``found`` in short."""
    return Entry(day, version, found.score, {one.id: _rounded(one.share) for one in found.checks})


def with_entry(history: History, new: Entry) -> History:
    """``history`` with ``new`` at its end; a day has one entry, the last one saved."""
    kept = tuple(one for one in history.entries if one.date != new.date)
    return History(entries=(*kept, new)[-_MOST_ENTRIES:])


def trend(history: History, now: Entry) -> Trend | None:
    """What is different from the last entry; None where there is none."""
    if not history.entries:
        return None
    last = history.entries[-1]
    names = dict.fromkeys((*now.checks, *last.checks))
    changed = [CheckChange(name, last.checks.get(name), now.checks.get(name)) for name in names]
    return Trend(last.date, last.score, tuple(one for one in changed if one.before != one.after))


def encoded(history: History) -> bytes:
    """As it is written: one line a key, so that a diff shows what moved."""
    return msgspec.json.format(msgspec.json.encode(history), indent=1) + b"\n"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
