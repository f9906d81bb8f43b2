"""Which role an old model's tier maps to, and how reasoning effort carries over, from rules/routing.toml.
The choice for one call is the plan's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from migrate.catalog.documents import convert, read

if TYPE_CHECKING:
    from pathlib import Path

    from migrate.catalog.models import Model, Tier

Role: TypeAlias = Literal["strong", "fast", "keep"]

OMITTED = "omitted"


class EffortRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of how effort carries over; the first that fits decides.

    ``families`` empty fits every reasoning model; ``reasoning = false`` fits models that have no effort.
    ``old`` holds the efforts of the old request, ``omitted`` where it states none. ``new`` is the effort to
    ask for, ``same`` for the old one, ``default`` for what the old model does on its own.
    """

    old: tuple[str, ...]
    new: str
    reason: str
    source: str
    families: tuple[str, ...] = ()
    reasoning: bool = True

    def fits(self, model: Model, effort: str | None) -> bool:
        """Whether this row speaks of a request to ``model`` with that effort."""
        if model.reasons is not self.reasoning:
            return False
        if self.families and model.family not in self.families:
            return False
        return not self.old or (effort or OMITTED) in self.old


class Routing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Defaults of a plan: model ids, days, tier to role."""

    strong: str
    fast: str
    horizon_days: int
    tiers: Mapping[str, Role]
    scale: tuple[str, ...]
    unknown_default: str
    raised: str
    effort_rows: tuple[EffortRow, ...]
    source: str
    checked: date

    def role(self, tier: Tier) -> Role:
        """What a model of that tier was bought for, in the words of a plan."""
        return self.tiers[tier]

    def carried(self, old: Model | None, old_effort: str | None) -> EffortRow | None:
        """The row that says how the effort of such a request carries over."""
        if old is None:
            return None
        return next((row for row in self.effort_rows if row.fits(old, old_effort)), None)

    def effort(self, old: Model | None, old_effort: str | None, target: Model) -> str | None:
        """The effort that a request to ``target`` must have to do what the old one did.

        None where the target takes no effort, or where neither the old model nor the old effort is known.
        """
        row = self.carried(old, old_effort)
        wanted = old_effort
        if row and old:
            standing = old.default_effort or self.unknown_default
            wanted = {"same": old_effort, "default": standing}.get(row.new, row.new)
        return self.clamp(wanted, target)

    def raised_from(self, effort: str | None, target: Model) -> str | None:
        """``effort``, or one at which ``target`` reasons where that is less; None where it has none."""
        stands = effort or target.default_effort
        if stands in self.scale and self.scale.index(stands) >= self.scale.index(self.raised):
            return stands
        return self.clamp(self.raised, target)

    def clamp(self, effort: str | None, target: Model) -> str | None:
        """``effort`` if the target accepts it, else the nearest it accepts: higher first, then lower.

        ``minimal`` is the exception: a target without it gets ``none`` if it has that.
        """
        if effort is None or not target.efforts:
            return None
        if effort in target.efforts or effort not in self.scale:
            return effort if effort in target.efforts else None
        if effort == "minimal" and "none" in target.efforts:
            return "none"
        at = self.scale.index(effort)
        accepted = [known for known in self.scale if known in target.efforts]
        higher = [known for known in accepted if self.scale.index(known) > at]
        return higher[0] if higher else accepted[-1]


def read_routing(path: Path) -> Routing:
    """The routing table. Raises CatalogError."""
    return convert(read(path), Routing, path)
