"""A mapping put together in order, as displays, ``dict(...)``, ``|`` and keyword arguments do it: what comes
later replaces what is there. Knows nothing of statements that change a mapping afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from migrate.facts.expressions import Scalar
from migrate.program.solving.values import Entry, Items
from migrate.sources.place import Place


class Layers:
    """A mapping while entries and whole mappings are laid over it."""

    def __init__(self, home: Place, settled: frozenset[Scalar] = frozenset()) -> None:
        """``settled`` holds keys that what is unseen cannot bring."""
        self._home = home
        self._entries: list[Entry] = []
        self._more: list[str] = []
        self._settled = set(settled)
        self._keys: set[Scalar] = set()

    def put(self, entry: Entry) -> None:
        """``key: value``: whatever was there under the key is gone."""
        self._lay([[entry]], {entry.key})

    def choose(self, entries: Sequence[Entry]) -> None:
        """One of ``entries``, whose keys are alternatives of one computed key."""
        if len(entries) == 1:
            self.put(entries[0])
        else:
            self._entries += [replace(one, maybe=True) for one in entries]
            self._keys.update(one.key for one in entries)

    def spread(self, options: Sequence[Items], doubts: Sequence[str], maybe: bool = False) -> None:
        """``**mapping``, where the mapping is one of ``options``, or for the reasons ``doubts`` something
        unseen; ``maybe``: it can be missing altogether."""
        doubtful = bool(doubts) or maybe or not options
        held = [{one.key for one in option.entries if not one.maybe} for option in options]
        certain = set.intersection(*held) if held and not doubtful else set()
        open_ones = [option for option in options if option.more]
        if doubts:
            self._settled.clear()
        for option in open_ones:
            self._settled &= option.settled
        replaced = {key for key in certain if all(key in option.settled for option in open_ones)}
        self._lay([option.entries for option in options], certain)
        self._settled -= certain - replaced
        self._more += [*(why for option in options for why in option.more), *doubts]

    def _lay(self, alternatives: Sequence[Sequence[Entry]], certain: set[Scalar]) -> None:
        if not certain.isdisjoint(self._keys):
            self._entries = [one for one in self._entries if one.key not in certain]
        for entries in alternatives:
            self._keys.update(one.key for one in entries)
            self._entries += [
                one
                if one.key in certain and not one.step
                else replace(one, maybe=one.key not in certain, step=None)
                for one in entries
            ]
        self._settled |= certain

    def doubt(self, why: str) -> None:
        """A key that is not known was written: it may be any."""
        self._more.append(why)
        self._settled.clear()

    def finish(self) -> Items:
        more = tuple(dict.fromkeys(self._more))
        return Items(self._home, tuple(dict.fromkeys(self._entries)), more, frozenset(self._settled))
