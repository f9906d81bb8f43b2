"""Comments that switch a rule off for one line: ``# repoint: ignore[rule, other]  until=2027-01-31``.

Without brackets the line is left alone altogether. An ``until`` that has passed no longer counts.
"""

from __future__ import annotations

import re
from datetime import date

_COMMENT = re.compile(
    r"#\s*repoint:\s*ignore\b(?:\[(?P<rules>[^\]]*)\])?(?:.*?\buntil=(?P<until>\d{4}-\d{2}-\d{2}))?"
)


def ignored(line: str, rule: str, today: date) -> bool:
    """Whether the comment at the end of ``line`` switches ``rule`` off on that day."""
    match = _COMMENT.search(line)
    if match is None:
        return False
    if match["until"] and not _still(match["until"], today):
        return False
    return match["rules"] is None or rule in [name.strip() for name in match["rules"].split(",")]


def _still(until: str, today: date) -> bool:
    try:
        return today <= date.fromisoformat(until)
    except ValueError:
        return False
