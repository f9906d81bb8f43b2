"""What the catalog says of the packages that reach a model, by the names alone; see suspects.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from migrate.program.classes.field_declarations import FIELD_CALLS
from migrate.program.functions import iteration
from migrate.program.libraries import stdlib
from migrate.program.solving.combining import is_class_name

if TYPE_CHECKING:
    from migrate.catalog import Catalog


# ``append``, ``get`` ...: a method of the SDK that is kept under such a name is not looked for.
OF_BUILTINS = frozenset(
    name for kind in (str, bytes, dict, list, set, tuple, int) for name in vars(kind) if name[0] != "_"
)


class Calls(msgspec.Struct, frozen=True):
    """What is called to reach a model or to make a client: the dotted names (``symbols``), the last part of
    each (``names``) and the last two (``ends``); of the names those of classes (``classes``), and those of
    what sends something that mean nothing else (``verbs``); in small letters what the latter are called on
    (``holders``)."""

    symbols: frozenset[str]
    names: frozenset[str]
    ends: frozenset[str]
    verbs: frozenset[str]
    classes: frozenset[str]
    holders: tuple[str, ...]


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
    calls: Calls


def reaching(catalog: Catalog) -> Reaching:
    """What the catalog knows of them."""
    sdk, frameworks, passing = catalog.sdk, catalog.frameworks, catalog.passing
    called = (*frameworks.calls, *frameworks.http, *sdk.clients, *sdk.legacy)
    called += tuple(f"{module}.{path}" for module in sdk.modules for path in sdk.methods)
    known = (*called, *frameworks.http_aliases, *frameworks.passes)
    everything = (*known, *_handed_on(catalog, known))
    symbols = _with_beginnings(everything)
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
        calls=_calls(catalog, called),
    )


def _calls(catalog: Catalog, called: tuple[str, ...]) -> Calls:
    sdk, frameworks = catalog.sdk, catalog.frameworks
    asking = [path for path, one in sdk.methods.items() if one.prompts]
    asking += [path for path, one in sdk.legacy.items() if one.prompts]
    asking += [symbol for symbol, one in frameworks.http.items() if one.body]
    nouns = {part for name in called for part in name.split(".")[:-1]} | sdk.nouns | OF_BUILTINS
    names = frozenset(map(_last, called))
    verbs = frozenset(map(_last, asking)) - nouns
    pairs = (name.split(".")[-2:] for name in called)
    return Calls(
        symbols=frozenset((*called, *_handed_on(catalog, called))),
        names=names,
        ends=frozenset(".".join(name.split(".")[-2:]) for name in called),
        verbs=verbs,
        classes=frozenset(filter(is_class_name, names)),
        holders=tuple({above.lower() for above, *verb in pairs if verbs.issuperset(verb)}),
    )


def _handed_on(catalog: Catalog, names: Iterable[str]) -> Iterator[str]:
    """The names under which other packages offer those of the SDK."""
    for name in names:
        module, _, rest = name.partition(".")
        if module in catalog.sdk.modules:
            yield from (f"{one}.{rest}" for one in catalog.frameworks.re_exports)


def _with_beginnings(names: Iterable[str]) -> set[str]:
    """Dotted names, and what they begin with."""
    found: set[str] = set()
    for one in names:
        name = one
        while name and name not in found:
            found.add(name)
            name = name.rpartition(".")[0]
    return found


def _last(symbol: str) -> str:
    return symbol.removesuffix(".__call__").rpartition(".")[2]
