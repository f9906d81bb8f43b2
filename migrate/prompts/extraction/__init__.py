"""The prompts of every call of an Inventory, as text with a map from each character to its source."""

from __future__ import annotations

import msgspec

from migrate.catalog import Catalog, load
from migrate.catalog.promptwords import prompt_words
from migrate.program.inventory import Inventory
from migrate.prompts.extraction.collecting import Collector
from migrate.prompts.prompt import PromptText


class Prompts(msgspec.Struct, frozen=True):
    """``by_call`` holds the prompts of each call, in the order in which they are sent, for calls that have
    some, ``orphans`` those that reach no known call. The files that they stand in are sources of the
    inventory."""

    by_call: dict[str, tuple[PromptText, ...]]
    orphans: tuple[PromptText, ...] = ()

    def of(self, call: str) -> tuple[PromptText, ...]:
        """The prompts of one call."""
        return self.by_call.get(call, ())


def prompts_of(inventory: Inventory, catalog: Catalog | None = None, *, orphans: bool = False) -> Prompts:
    """The prompts of all call sites of ``inventory``, and where asked for the orphans of its files;
    ``catalog`` is that of repoint where none is given."""
    words = prompt_words((catalog or load()).folder)
    collector = Collector(inventory, words)
    found = {site.id: collector.of_site(site) for site in inventory.call_sites}
    known = {call: texts for call, texts in found.items() if texts}
    if not orphans:
        return Prompts(known)
    written = {one.place for texts in known.values() for text in texts for one in text.literals}
    return Prompts(known, tuple(collector.orphans(sorted(inventory.selected), words.orphans, written)))
