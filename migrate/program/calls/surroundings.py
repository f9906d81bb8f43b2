"""What a program does around its clients that moving one could upset: comparisons with OpenAI's URL, and
code that reads or writes the variable of the key itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from migrate.facts.expressions import Constant
from migrate.program.linking.program import Program
from migrate.sources.place import Place

_READERS = ("get", "getenv")


class Surroundings(msgspec.Struct, frozen=True):
    """``url_branches`` compare something with OpenAI's host; ``key_writes`` assign to a key's variable, and
    ``key_reads`` name it where a variable is asked for; ``addresses`` are URLs of OpenAI that stand alone.
    ``together`` says of two files whether one program may run both."""

    url_branches: tuple[Place, ...] = ()
    key_writes: tuple[Place, ...] = ()
    key_reads: tuple[Place, ...] = ()
    addresses: tuple[Place, ...] = ()
    together: Callable[[str, str], bool] = lambda _one, _other: False


ALONE = Surroundings()


def surroundings(program: Program, hosts: Sequence[str], variables: frozenset[str]) -> Surroundings:
    """Reads all loaded files for OpenAI's ``hosts`` and the ``variables`` that hold its key."""
    branches: list[Place] = []
    writes: list[Place] = []
    reads: list[Place] = []
    addresses: list[Place] = []
    for path in program.loaded():
        facts = program.facts(path)
        for mention in facts.mentions:
            asked = mention.context == "comparison" or mention.detail in ("startswith", "endswith")
            if asked and any(host in mention.value for host in hosts):
                branches.append(Place(path, mention.span))
            elif mention.value.partition("://")[2].startswith(tuple(hosts)):
                addresses.append(Place(path, mention.span))
            if mention.value in variables and (
                mention.context in ("subscript", "comparison") or mention.detail in _READERS
            ):
                reads.append(Place(path, mention.span))
        for store in facts.stores:
            if isinstance(store.key, Constant) and store.key.value in variables:
                writes.append(Place(path, store.span))
    asked_for = [one for one in reads if not any(covers(other, one) for other in writes)]
    return Surroundings(tuple(branches), tuple(writes), tuple(asked_for), tuple(addresses), program.together)


def covers(outer: Place, inner: Place) -> bool:
    """Whether ``inner`` stands in ``outer``."""
    return outer.path == inner.path and outer.span.covers(inner.span)
