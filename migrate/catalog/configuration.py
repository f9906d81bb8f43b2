"""Where programs take their configuration from, as records. It decides nothing."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.catalog.documents import Origin

Filling: TypeAlias = Literal["parameter", "default", "result", "argument", "widget"]
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


class CommandContext(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[context]]``; ``classes`` begins with the one that decorators pass."""

    classes: tuple[str, ...]
    attribute: str
    passing: tuple[str, ...] = ()
    passing_object: tuple[str, ...] = ()
    making: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    ensuring: str = ""


class Parser(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[parser]]``; ``usual`` is the file it reads when none is named."""

    format: FileFormat
    functions: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    from_: Literal["file", "path"] = msgspec.field(name="from", default="file")
    usual: str = ""


class Composition(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[composition]]``."""

    functions: tuple[str, ...]
    folder: ArgumentAt
    name: ArgumentAt
    storing: tuple[str, ...] = ()
    stored_name: ArgumentAt = ArgumentAt()
    stored: ArgumentAt = ArgumentAt()


class FileLoader(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[loader]]``."""

    classes: tuple[str, ...]
    reading: tuple[str, ...]
    getting: tuple[str, ...]
    fallback: str
    format: FileFormat


class SettingsClass(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[settings_class]]``."""

    classes: tuple[str, ...]
    aliases: tuple[str, ...]
    config: tuple[str, ...]
    prefix: str = "env_prefix"
    delimiter: str = ""
    fields: str = ""
    by_name: tuple[str, ...] = ()


class ClientVariables(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[variables]]``: what the clients of ``sdk`` read their URL from."""

    sdk: str
    url: tuple[str, ...]


class JavaScriptPackage(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[javascript]]``: ``functions`` give the endpoint that each asks, ``makers`` make a provider of
    ``target``, ``wrappers`` give back the model that they are given under ``model``."""

    package: str
    classes: tuple[str, ...] = ()
    azure: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    wrappers: tuple[str, ...] = ()
    target: Literal["openai", "azure"] = "openai"
    functions: dict[str, str] = msgspec.field(default_factory=dict)


class Configuration(msgspec.Struct, frozen=True):
    """Every function by its dotted name. ``reads`` also holds methods, as ``environs.Env.str``, and
    ``parsers`` as ``ruamel.yaml.YAML.load``; ``flags`` holds the declarations of each holder,
    ``contexts`` what is known of classes and functions."""

    reads: dict[str, EnvironmentRead]
    declarations: dict[str, Declaration]
    parsers: dict[str, Parser]
    loaders: dict[str, FileLoader]
    compositions: dict[str, Composition]
    settings_classes: dict[str, SettingsClass]
    variables: dict[str, tuple[str, ...]]
    javascript: dict[str, JavaScriptPackage]
    contexts: dict[str, CommandContext]
    shared: frozenset[str]
    holders: dict[str, tuple[str, ...]]
    choice_classes: frozenset[str]
    runners: frozenset[str]
    exposing: frozenset[str]
    commanding: frozenset[str]
    argument_parsers: frozenset[str]
    usages: frozenset[str]
    same: frozenset[str]
    joining: frozenset[str]
    parent: frozenset[str]
    here: frozenset[str]
    same_methods: frozenset[str]
    joining_methods: frozenset[str]
    mappings: frozenset[str]
    merging: frozenset[str]
    selecting: frozenset[str]
    typed: frozenset[str]
    deployment_folders: frozenset[str]
    sample_folders: frozenset[str]
    prose_names: frozenset[str]
    recording_folders: frozenset[str]
    command_files: frozenset[str]

    def declaration(self, symbol: str) -> Declaration | None:
        """What is known of a function, also on a part of its package: ``streamlit.sidebar.radio``."""
        known = self.declarations.get(symbol)
        if known is None and symbol.count(".") > 1:
            package, _, rest = symbol.partition(".")
            known = self.declarations.get(f"{package}.{rest.rpartition('.')[2]}")
            return known if known is not None and known.anywhere else None
        return known
