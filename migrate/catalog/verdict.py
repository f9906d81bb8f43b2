"""What a parameter rule says of one argument of one request. Pure data."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias, final

import msgspec

from migrate.catalog.models import Evidence

Action: TypeAlias = Literal["keep", "rename", "drop", "set", "ask"]
Safety: TypeAlias = Literal["safe", "review", "manual"]


@final
class Unknown:
    """The type of UNKNOWN."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()
"""Stands for an argument whose value is not visible in the code."""


class Verdict(msgspec.Struct, frozen=True):
    """What to do with a parameter. ``to`` is the new name of a rename, the new value's source code of a set.

    ``error`` is the server's own text where a source quotes it; ``safety`` is how sure the edit is.
    """

    action: Action
    to: str = ""
    reason: str = ""
    error: str = ""
    safety: Safety = "safe"
    evidence: Evidence = "documented"
    source: str = ""
    checked: date = date.min
