"""The prompts of every call of an Inventory, as text with a map from each character to its source."""

from __future__ import annotations

import msgspec

from migrate.program.inventory import Inventory
from migrate.prompts.extraction.collecting import Collector
from migrate.prompts.prompt import PromptText


class Prompts(msgspec.Struct, frozen=True):
    """``by_call`` holds the prompts of each call, in the order in which they are sent, for calls that have
    some. The files that they stand in are sources of the inventory."""

    by_call: dict[str, tuple[PromptText, ...]]

    def of(self, call: str) -> tuple[PromptText, ...]:
        """The prompts of one call."""
        return self.by_call.get(call, ())


def prompts_of(inventory: Inventory) -> Prompts:
    """The prompts of all call sites of ``inventory``."""
    collector = Collector(inventory)
    found = {site.id: collector.of_site(site) for site in inventory.call_sites if site.asked}
    return Prompts({call: texts for call, texts in found.items() if texts})
