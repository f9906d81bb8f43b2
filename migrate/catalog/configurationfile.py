"""Turns rules/configuration/*.toml into the records of ``configuration``. It holds no fact itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from migrate.catalog.configuration import (
    ClientVariables,
    CommandContext,
    Composition,
    Configuration,
    Declaration,
    EnvironmentRead,
    FileLoader,
    JavaScriptPackage,
    Parser,
    SettingsClass,
    Shared,
)
from migrate.catalog.documents import Origin, convert, origin, read, unique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

T = TypeVar("T")


class ConfigurationDocument(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    read: tuple[EnvironmentRead, ...] = ()
    declaration: tuple[Declaration, ...] = ()
    flags: tuple[Declaration, ...] = ()
    shared: tuple[Shared, ...] = ()
    parser: tuple[Parser, ...] = ()
    loader: tuple[FileLoader, ...] = ()
    composition: tuple[Composition, ...] = ()
    settings_class: tuple[SettingsClass, ...] = ()
    variables: tuple[ClientVariables, ...] = ()
    javascript: tuple[JavaScriptPackage, ...] = ()
    context: tuple[CommandContext, ...] = ()
    choice_classes: frozenset[str] = frozenset()
    runners: frozenset[str] = frozenset()
    exposing: frozenset[str] = frozenset()
    commanding: frozenset[str] = frozenset()
    argument_parsers: frozenset[str] = frozenset()
    usages: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    parent: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    same_methods: frozenset[str] = frozenset()
    joining_methods: frozenset[str] = frozenset()
    mappings: frozenset[str] = frozenset()
    merging: frozenset[str] = frozenset()
    selecting: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()
    deployment_folders: frozenset[str] = frozenset()
    sample_folders: frozenset[str] = frozenset()
    prose_names: frozenset[str] = frozenset()
    recording_folders: frozenset[str] = frozenset()
    command_files: frozenset[str] = frozenset()


def read_configuration(paths: Sequence[Path]) -> Configuration:
    """The rules/configuration files together. Raises CatalogError."""
    files = [(path, convert(read(path), ConfigurationDocument, path)) for path in paths]
    for path, file in files:
        for name in _TABLES:
            for entry in getattr(file, name):
                origin(entry, file, path, name)
    every = [file for _, file in files]
    flags = [one for file in every for one in file.flags]
    holders: dict[str, tuple[str, ...]] = {}
    for one in flags:
        holders[one.holder] = (*holders.get(one.holder, ()), *one.functions)
    return Configuration(
        _by_name(files, _reads, "read"),
        _by_name(files, _declarations, "declaration"),
        _by_name(files, _parsers, "parser"),
        _by_name(files, lambda file: ((name, one) for one in file.loader for name in one.classes), "loader"),
        _by_name(
            files,
            lambda file: ((name, one) for one in file.composition for name in one.functions),
            "composition",
        ),
        _by_name(
            files, lambda file: ((name, one) for one in file.settings_class for name in one.classes), "class"
        ),
        _by_name(files, lambda file: ((one.sdk, one.url) for one in file.variables), "variables"),
        _by_name(files, lambda file: ((one.package, one) for one in file.javascript), "javascript"),
        _by_name(files, _contexts, "context"),
        frozenset(one.holder for file in every for one in file.shared),
        holders,
        *(_all(every, name) for name in _SETS),
    )


_TABLES = (
    "read",
    "declaration",
    "flags",
    "shared",
    "parser",
    "loader",
    "composition",
    "settings_class",
    "variables",
    "javascript",
    "context",
)
_SETS = (
    "choice_classes",
    "runners",
    "exposing",
    "commanding",
    "argument_parsers",
    "usages",
    "same",
    "joining",
    "parent",
    "here",
    "same_methods",
    "joining_methods",
    "mappings",
    "merging",
    "selecting",
    "typed",
    "deployment_folders",
    "sample_folders",
    "prose_names",
    "recording_folders",
    "command_files",
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


def _parsers(file: ConfigurationDocument) -> Iterator[tuple[str, Parser]]:
    for one in file.parser:
        yield from ((name, one) for name in (*one.functions, *one.methods))


def _contexts(file: ConfigurationDocument) -> Iterator[tuple[str, CommandContext]]:
    for one in file.context:
        names = (*one.classes, *one.passing, *one.passing_object, *one.making, *one.current)
        yield from ((name, one) for name in names)


def _by_name(
    files: list[tuple[Path, ConfigurationDocument]],
    rows: Callable[[ConfigurationDocument], Iterator[tuple[str, T]]],
    what: str,
) -> dict[str, T]:
    return unique(((name, one, path) for path, file in files for name, one in rows(file)), what)
