"""Where programs take their configuration from: rules/configuration/*.toml as records. It decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from migrate.catalog.documents import Origin, convert, origin, read, unique

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Filling: TypeAlias = Literal["parameter", "default", "result", "argument"]
FileFormat: TypeAlias = Literal["json", "yaml", "toml", "ini", "env", "by-name"]


class ArgumentAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An argument by keyword and by position (from 0; -1: by keyword only)."""

    keyword: str = ""
    position: int = -1


class EnvironmentRead(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[read]]``."""

    name: ArgumentAt
    default: ArgumentAt = ArgumentAt()
    functions: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    required: bool = False
    prefix: str = ""
    prefixing: str = ""
    scheme: bool = False


class Declaration(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[declaration]]``, or one of ``[[flags]]`` (form ``flag``)."""

    functions: tuple[str, ...]
    form: Filling | Literal["flag"] = "flag"
    role: Literal["cli-default", "parameter-default"] = "cli-default"
    default: ArgumentAt = ArgumentAt()
    choices: ArgumentAt = ArgumentAt()
    index: ArgumentAt = ArgumentAt()
    variable: ArgumentAt = ArgumentAt()
    factory: ArgumentAt = ArgumentAt()
    calls: ArgumentAt = ArgumentAt()
    anywhere: bool = False
    free: str = ""
    holder: str = ""


class Shared(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[shared]]``."""

    holder: str


class Parser(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[parser]]``; ``usual`` is the file it reads when none is named."""

    format: FileFormat
    functions: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    from_: Literal["file", "path"] = msgspec.field(name="from", default="file")
    usual: str = ""


class FileLoader(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[loader]]``."""

    classes: tuple[str, ...]
    reading: tuple[str, ...]
    getting: tuple[str, ...]
    fallback: str
    format: FileFormat


class ConfigurationDocument(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    read: tuple[EnvironmentRead, ...] = ()
    declaration: tuple[Declaration, ...] = ()
    flags: tuple[Declaration, ...] = ()
    shared: tuple[Shared, ...] = ()
    parser: tuple[Parser, ...] = ()
    loader: tuple[FileLoader, ...] = ()
    choice_classes: frozenset[str] = frozenset()
    runners: frozenset[str] = frozenset()
    exposing: frozenset[str] = frozenset()
    commanding: frozenset[str] = frozenset()
    argument_parsers: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    parent: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    same_methods: frozenset[str] = frozenset()
    joining_methods: frozenset[str] = frozenset()
    mappings: frozenset[str] = frozenset()


class Configuration(msgspec.Struct, frozen=True):
    """Every function by its dotted name. ``reads`` also holds methods, as ``environs.Env.str``, and
    ``parsers`` as ``ruamel.yaml.YAML.load``; ``flags`` holds the declarations of each holder."""

    reads: dict[str, EnvironmentRead]
    declarations: dict[str, Declaration]
    parsers: dict[str, Parser]
    loaders: dict[str, FileLoader]
    shared: frozenset[str]
    holders: dict[str, tuple[str, ...]]
    choice_classes: frozenset[str]
    runners: frozenset[str]
    exposing: frozenset[str]
    commanding: frozenset[str]
    argument_parsers: frozenset[str]
    same: frozenset[str]
    joining: frozenset[str]
    parent: frozenset[str]
    here: frozenset[str]
    same_methods: frozenset[str]
    joining_methods: frozenset[str]
    mappings: frozenset[str]

    def declaration(self, symbol: str) -> Declaration | None:
        """What is known of a function, also on a part of its package: ``streamlit.sidebar.radio``."""
        known = self.declarations.get(symbol)
        if known is None and symbol.count(".") > 1:
            package, _, rest = symbol.partition(".")
            known = self.declarations.get(f"{package}.{rest.rpartition('.')[2]}")
            return known if known is not None and known.anywhere else None
        return known


def read_configuration(paths: Sequence[Path]) -> Configuration:
    """The rules/configuration files together. Raises CatalogError."""
    files = [(path, convert(read(path), ConfigurationDocument, path)) for path in paths]
    for path, file in files:
        for entry in (*file.read, *file.declaration, *file.flags, *file.shared, *file.parser, *file.loader):
            origin(entry, file, path, type(entry).__name__)
    every = [file for _, file in files]
    flags = [one for file in every for one in file.flags]
    holders: dict[str, tuple[str, ...]] = {}
    for one in flags:
        holders[one.holder] = (*holders.get(one.holder, ()), *one.functions)
    return Configuration(
        unique(((name, one, path) for path, file in files for name, one in _reads(file)), "read"),
        unique(
            ((name, one, path) for path, file in files for name, one in _declarations(file)), "declaration"
        ),
        unique(
            ((name, one, path) for path, f in files for one in f.parser for name in _names(one)), "parser"
        ),
        unique(
            ((name, one, path) for path, f in files for one in f.loader for name in one.classes), "loader"
        ),
        frozenset(one.holder for file in every for one in file.shared),
        holders,
        *(_all(every, name) for name in _SETS),
    )


_SETS = (
    "choice_classes",
    "runners",
    "exposing",
    "commanding",
    "argument_parsers",
    "same",
    "joining",
    "parent",
    "here",
    "same_methods",
    "joining_methods",
    "mappings",
)


def _all(files: list[ConfigurationDocument], name: str) -> frozenset[str]:
    empty: frozenset[str] = frozenset()
    return empty.union(*(getattr(file, name) for file in files))


def _reads(file: ConfigurationDocument) -> Iterator[tuple[str, EnvironmentRead]]:
    for one in file.read:
        yield from ((name, one) for name in one.functions)
        yield from ((f"{owner}.{method}", one) for owner in one.classes for method in one.methods)


def _declarations(file: ConfigurationDocument) -> Iterator[tuple[str, Declaration]]:
    for one in (*file.declaration, *file.flags):
        yield from ((name, one) for name in one.functions)


def _names(one: Parser) -> tuple[str, ...]:
    return (*one.functions, *one.methods)
