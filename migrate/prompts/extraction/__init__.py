"""The prompts of every call of an Inventory, as text with a map from each character to its source."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from migrate.catalog import Catalog, load
from migrate.catalog.promptwords import prompt_words
from migrate.program.inventory import Inventory
from migrate.prompts.extraction.collecting import Collector
from migrate.prompts.prompt import PromptText
from migrate.sources.place import Place


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
    known = Prompts({call: texts for call, texts in found.items() if texts})
    if not orphans:
        return known
    alone = collector.orphans(sorted(inventory.selected), words.orphans, _written(known))
    return msgspec.structs.replace(known, orphans=tuple(alone))


def orphans_in(inventory: Inventory, paths: Collection[str], prompts: Prompts) -> tuple[PromptText, ...]:
    """The orphans of some files only; ``prompts`` are those of the calls of ``inventory``."""
    if not paths:
        return ()
    words = prompt_words(load().folder)
    return tuple(Collector(inventory, words).orphans(sorted(paths), words.orphans, _written(prompts)))


def _written(prompts: Prompts) -> set[Place]:
    return {one.place for texts in prompts.by_call.values() for text in texts for one in text.literals}
