"""The one call that a function is followed for, where it is not followed for all of them."""

from __future__ import annotations

import msgspec

from migrate.facts.records import Call
from migrate.program.solving.values import Definition, Located


class Lookup(msgspec.Struct, eq=False):
    """The call that runs the function ``scope`` of ``path``; ``filled`` parameters are taken by the receiver.
    ``viewpoint`` and ``outer`` are what the call itself is seen from. Known by identity."""

    path: str
    scope: int
    at: Located
    call: Call
    filled: int
    viewpoint: Definition | None
    outer: Lookup | None
    depth: int

    def runs(self, called: Definition) -> bool:
        """Whether it, or a call around it, runs the function ``called``."""
        if (self.path, self.scope) == (called.path, called.scope):
            return True
        return self.outer is not None and self.outer.runs(called)
