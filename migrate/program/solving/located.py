"""Where the parts of calls stand. Follows nothing."""

from __future__ import annotations

from migrate.facts.records import Call
from migrate.program.solving.values import Located


def called(path: str, call: Call) -> Located:
    """What ``call``, a call in the file ``path``, calls."""
    return Located(path, call.scope, call.block, call.function)
