"""Everything that the costs of one scan need, brought together; and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from migrate.catalog import Catalog
from migrate.plan.cost.costing import Costing
from migrate.plan.cost.records import CostLine
from migrate.plan.cost.usage.joining import Volumes, joined
from migrate.plan.cost.usage.reading import Rows, read_usage
from migrate.plan.cost.words import assumptions, total_words, volume_words
from migrate.plan.planfile.entry import Totals
from migrate.program.calls.callsite import CallSite
from migrate.prompts.extraction import Prompts
from migrate.settings import Settings


def estimate(
    texts: Prompts,
    sites: Sequence[CallSite],
    settings: Settings,
    catalog: Catalog,
    usage: Path | None,
) -> tuple[Costing, Volumes | None]:
    """What prices the calls, whose prompts are ``texts``, and the volumes that ``usage`` tells. Raises
    UsageError for that file."""
    prompts = texts.by_call
    volumes = None
    if usage is not None:
        rows = Rows()
        volumes = joined(read_usage(usage, rows), sites, prompts, catalog.models)
        volumes = replace(volumes, skipped=rows.skipped, apart=rows.apart)
    return Costing(catalog, prompts, volumes, settings.today), volumes


def totals(
    catalog: Catalog, costs: Sequence[CostLine], volumes: Volumes | None, calls: int, usage: str
) -> Totals:
    """What all costs come to, in words, and what they rest on."""
    left = calls - len({one.call for one in costs})
    rests = [*assumptions(catalog.costs, costs), *(volume_words(volumes) if volumes is not None else ())]
    return Totals(cost=total_words(costs, volumes, left, usage), assumptions=tuple(rests))
