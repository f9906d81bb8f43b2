"""What the catalog says of the packages that reach a model, by the names alone; see suspects.py."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from migrate.program.classes.field_declarations import FIELD_CALLS
from migrate.program.functions import iteration
from migrate.program.libraries import stdlib

if TYPE_CHECKING:
    from migrate.catalog import Catalog


class Reaching(msgspec.Struct, frozen=True):
    """What is known of the packages that reach a model: their names, methods that give back what they are
    called on, functions that give back what they are given, functions that call what they are given
    (``running``, of objects that do so the class) or give back an object (``makers``), all by their last
    names; and of all that matters the dotted names, with what they begin with (``symbols``), and the
    ``parts`` of those."""

    packages: frozenset[str]
    through: frozenset[str]
    handing_on: frozenset[str]
    running: frozenset[str]
    parts: frozenset[str]
    symbols: frozenset[str]
    makers: frozenset[str]


def reaching(catalog: Catalog) -> Reaching:
    """What the catalog knows of them."""
    sdk, frameworks, passing = catalog.sdk, catalog.frameworks, catalog.passing
    reached = (*frameworks.calls, *frameworks.http, *frameworks.http_aliases, *frameworks.passes)
    methods = [f"{module}.{path}" for module in sdk.modules for path in sdk.methods]
    known = [*reached, *sdk.clients, *sdk.legacy, *methods]
    handed = [f"{one}.{name.partition('.')[2]}" for one in frameworks.re_exports for name in known]
    symbols = {prefix for name in (*known, *handed) for prefix in accumulate(name.split("."), "{}.{}".format)}
    asking = (name for name, one in catalog.configuration.declarations.items() if one.form == "default")
    handing = (*frameworks.passes, *passing.wrappers, *iteration.HANDING_ON, *stdlib.HANDING_ON, *asking)
    through = sdk.wrappers | sdk.copies
    return Reaching(
        packages=sdk.modules | frameworks.packages | {name.partition(".")[0] for name in symbols},
        through=through,
        handing_on=frozenset(name.rpartition(".")[2] for name in handing) | FIELD_CALLS,
        running=frozenset(map(_last, (*passing.runners, *passing.methods))),
        parts=frozenset(part for name in known for part in name.split(".")) | through | {"value"},
        symbols=frozenset(symbols),
        makers=frozenset(name.rpartition(".")[2] for name in frameworks.http_aliases),
    )


def _last(symbol: str) -> str:
    return symbol.removesuffix(".__call__").rpartition(".")[2]
