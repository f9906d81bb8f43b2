"""Functions outside the program that call what they are given, from rules/passing/*.toml."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from migrate.catalog.configuration import ArgumentAt
from migrate.catalog.documents import Origin, convert, origin, read, unique

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Runner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[runner]]``: where the function stands among the arguments, and what it is called with.
    ``inputs`` lists the widgets whose values it gets, ``before`` counts what it gets besides before them."""

    symbols: tuple[str, ...]
    passes: Literal["rest", "positional", "items", "packed", "widgets"]
    methods: tuple[str, ...] = ()
    function: int = 0
    keyword: str = ""
    inputs: ArgumentAt = ArgumentAt()
    before: int = 0
    anywhere: bool = False


class _Wrapper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    symbols: tuple[str, ...]


class _Document(Origin, frozen=True, forbid_unknown_fields=True):
    runner: tuple[Runner, ...] = ()
    wrapper: tuple[_Wrapper, ...] = ()


class Passing(msgspec.Struct, frozen=True):
    """Runners by symbol and by the bare name of a method; the symbols of wrappers."""

    runners: dict[str, Runner]
    methods: dict[str, Runner]
    wrappers: frozenset[str]
    sources: tuple[str, ...]
    checked: date

    def runner(self, symbol: str) -> Runner | None:
        """What is known of a function, also on a part of its package: ``gradio.Button.click``."""
        known = self.runners.get(symbol)
        if known is None and symbol.count(".") > 1:
            anywhere = self.runners.get(f"{symbol.partition('.')[0]}.{symbol.rpartition('.')[2]}")
            return anywhere if anywhere is not None and anywhere.anywhere else None
        return known


def read_passing(paths: Sequence[Path]) -> Passing:
    """What the files say together. Raises CatalogError."""
    files = [(path, convert(read(path), _Document, path)) for path in paths]
    stated = [origin(file, file, path, "the file") for path, file in files]
    rows = [(one, path) for path, file in files for one in file.runner]
    return Passing(
        unique(((symbol, one, path) for one, path in rows for symbol in one.symbols), "runner"),
        unique(((name, one, path) for one, path in rows for name in one.methods), "method of a runner"),
        frozenset(symbol for _, file in files for one in file.wrapper for symbol in one.symbols),
        tuple(source for source, _ in stated),
        min(day for _, day in stated),
    )
