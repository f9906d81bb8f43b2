"""The readiness checklist, from rules/checklist.toml: what is asked, what each answer is worth, and what in
the code answers it. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec

from migrate.catalog.documents import convert, nearest, read, unique
from migrate.errors import CatalogError
from migrate.settings import Topic

Judge: TypeAlias = Literal[
    "address-configurable",
    "at-gateway",
    "calls-tested",
    "clean",
    "determinism-pinned",
    "latency-known",
    "models-alive",
    "models-central",
    "models-known",
    "output-capped",
    "parameters-visible",
    "price-known",
    "prompts-fit",
    "prompts-simple",
    "retries-set",
    "secrets-outside",
    "signal",
    "timeout-set",
    "usage-read",
    "use-known",
]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the checklist's items: what every migration has to have done."""

    id: str
    title: str
    why: str


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of an item. ``weight`` is in points of the score before they are brought to 100;
    ``judge`` names how it is carried out, ``signal`` what it looks for, ``rules`` and ``stages`` the findings
    that a clean call does not have, ``parameters`` what the judge looks for in a request or client.
    ``made``: the stages whose edits ``command`` makes."""

    id: str
    item: str
    weight: Annotated[float, msgspec.Meta(gt=0)]
    judge: Judge
    question: str
    passes: str
    remedy: str
    partial: str = ""
    fails: str = ""
    command: str = ""
    made: tuple[Topic, ...] = ()
    signal: str = ""
    rules: tuple[str, ...] = ()
    stages: tuple[Topic, ...] = ()
    parameters: tuple[str, ...] = ()


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What in a repository answers a question about the whole of it: a file that imports, reads, passes or
    binds such a name, or is called so. Names in lower case; ``paths`` are gitignore-style."""

    id: str
    imports: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Text of which a file that holds the signal has at least one."""
        return (*self.imports, *self.attributes, *self.keywords, *self.names, *self.keys, *self.hosts)


class Checklist(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All items, checks and signals, in the order of the file."""

    source: str
    checked: date
    items: tuple[Item, ...] = msgspec.field(name="item")
    checks: tuple[Check, ...] = msgspec.field(name="check")
    signals: tuple[Signal, ...] = msgspec.field(name="signal")

    def signal(self, name: str) -> Signal:
        """The signal called ``name``, which a check names."""
        return next(one for one in self.signals if one.id == name)


def read_checklist(path: Path, rules: Mapping[str, object]) -> Checklist:
    """The checklist. Raises CatalogError, also for a check that names what is not there."""
    found = convert(read(path), Checklist, path)
    items = unique(((one.id, one, path) for one in found.items), "item")
    signals = unique(((one.id, one, path) for one in found.signals), "signal")
    unique(((one.id, one, path) for one in found.checks), "check")
    for check in found.checks:
        where = f"{path}: check {check.id}"
        _known(where, "item", (check.item,), items)
        _known(where, "signal", (check.signal,) if check.signal else (), signals)
        _known(where, "rule", check.rules, rules)
        if (check.judge in ("signal", "usage-read")) != bool(check.signal):
            raise CatalogError(f"{where}: signal belongs to the judges signal and usage-read alone")
        if (check.judge == "clean") != bool(check.rules or check.stages):
            raise CatalogError(f"{where}: rules or stages belong to the judge clean alone")
    return found


def _known(where: str, what: str, given: Iterable[str], known: Mapping[str, object]) -> None:
    for name in given:
        if name not in known:
            near = nearest(name, known)
            cure = f"did you mean {near}?" if near else f"known are {', '.join(sorted(known))}"
            raise CatalogError(f"{where}: there is no {what} {name}; {cure}")
