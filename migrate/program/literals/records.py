"""The ModelLiteral record: one string that is, or holds, a model id, and what it is there for."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import msgspec

from migrate.program.solving.values import Role
from migrate.sources.place import Place

Definition: TypeAlias = Literal[
    "list-of-supported",
    "price-or-context-table",
    "comparison",
    "test-data",
    "documentation",
    "log-text",
    "other",
]
LiteralRole: TypeAlias = Role | Definition

DEFINITIONS: frozenset[str] = frozenset(get_args(Definition))


class ModelLiteral(msgspec.Struct, frozen=True):
    """A model id in the source. ``value`` is the id as written, ``place`` the string that it is, or the
    stretch of a longer text (or comment) that it stands in. ``reaches`` are the ids of the call sites that it
    is an origin of; ``home`` is the display that lists or describes it among others."""

    place: Place
    value: str
    role: LiteralRole
    reaches: tuple[str, ...] = ()
    home: Place | None = None

    @property
    def use(self) -> bool:
        """Whether a model is chosen here, rather than listed, described, asked for or talked about."""
        return self.role not in DEFINITIONS
