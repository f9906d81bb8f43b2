"""How long models and APIs still answer, as one run sees it: its day, and the days within which an end counts
as near. The one place that works this out; what follows from it is decided elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from migrate.catalog.load import Catalog
    from migrate.settings import Settings

Life: TypeAlias = Literal["retired", "retiring", "announced", "living"]


class Lives(msgspec.Struct, frozen=True):
    """``horizon`` is the number of days within which an end is near."""

    today: date
    horizon: int

    def of(self, shutdown: date | None) -> Life:
        """The life of what is shut down on that day; None where no end is announced."""
        if shutdown is None:
            return "living"
        if shutdown <= self.today:
            return "retired"
        return "retiring" if shutdown <= self.today + timedelta(days=self.horizon) else "announced"

    def ends(self, shutdown: date | None) -> bool:
        """Whether it is gone, or will be before long."""
        return self.of(shutdown) in ("retired", "retiring")


def lives_of(catalog: Catalog, settings: Settings) -> Lives:
    """What ``settings`` say of day and horizon; the catalog's horizon where they name none."""
    asked = settings.horizon
    return Lives(settings.today, catalog.routing.horizon_days if asked is None else asked)
