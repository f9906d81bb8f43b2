"""What a program does around its clients that moving one could upset: comparisons with OpenAI's URL, and
code that writes the variable of the key itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from migrate.facts.expressions import Constant
from migrate.program.linking.program import Program
from migrate.sources.place import Place


class Surroundings(msgspec.Struct, frozen=True):
    """``url_branches`` compare something with OpenAI's host; ``key_writes`` assign to a key's variable."""

    url_branches: tuple[Place, ...] = ()
    key_writes: tuple[Place, ...] = ()


def surroundings(program: Program, hosts: Sequence[str], variables: frozenset[str]) -> Surroundings:
    """Reads all loaded files for OpenAI's ``hosts`` and the ``variables`` that hold its key."""
    branches: list[Place] = []
    writes: list[Place] = []
    for path in program.loaded():
        facts = program.facts(path)
        for mention in facts.mentions:
            asked = mention.context == "comparison" or mention.detail in ("startswith", "endswith")
            if asked and any(host in mention.value for host in hosts):
                branches.append(Place(path, mention.span))
        for store in facts.stores:
            if isinstance(store.key, Constant) and store.key.value in variables:
                writes.append(Place(path, store.span))
    return Surroundings(tuple(branches), tuple(writes))
