"""Where a call belongs by what it is for, from rules/policy.toml. The choice for one call is the plan's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from migrate.catalog.documents import convert, read
from migrate.catalog.models import Tier
from migrate.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

Boldness: TypeAlias = Literal["conservative", "balanced", "economy"]
Threshold: TypeAlias = Boldness | Literal["never"]


class PolicyRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row. ``role`` ``same`` leaves the call with a model of its own tier. ``moves`` is the policy from
    which it goes there by itself, ``proposed`` that from which a plan asks a person."""

    role: Literal["strong", "fast", "same"]
    moves: Threshold
    proposed: Threshold
    effort: str
    reason: str
    source: str
    use: tuple[str, ...] = ()
    latency: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()

    def fits(self, use_case: str, latency: str, tier: Tier) -> bool:
        """Whether this row speaks of such a call to a model of that tier."""
        wanted = ((self.use, use_case), (self.latency, latency), (self.tiers, tier))
        return all(not allowed or one in allowed for allowed, one in wanted)


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows, and the policies from careful to bold."""

    policies: tuple[Boldness, ...]
    row: tuple[PolicyRow, ...]
    source: str
    checked: date

    def fitting(self, use_case: str, latency: str, tier: Tier) -> PolicyRow | None:
        """The first row that speaks of such a call."""
        return next((row for row in self.row if row.fits(use_case, latency, tier)), None)

    def reaches(self, chosen: Boldness, threshold: Threshold) -> bool:
        """Whether ``chosen`` is as bold as ``threshold`` asks."""
        return threshold != "never" and self.policies.index(chosen) >= self.policies.index(threshold)


def read_policy(path: Path) -> Policy:
    """The table. Raises CatalogError, also where a row would promote a call unasked: two rows could then move
    it to and fro."""
    found = convert(read(path), Policy, path)
    for number, row in enumerate(found.row, 1):
        if row.role == "strong" and row.moves != "never":
            raise CatalogError(f'{path}: row[{number}]: moves: a call is promoted by people; write "never"')
    return found
