"""The shape of rules/sdks/*.toml, as a person writes it. What it means is ``sdkfile``'s."""

from __future__ import annotations

from datetime import date

import msgspec

from migrate.catalog.documents import Origin
from migrate.catalog.sdk import ClientTarget, Generation, MethodKind
from migrate.catalog.sdk_legacy import DictReaders, LegacyKind, OldVariable


class ClientEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[client]]``; ``like`` takes what another client of the file states."""

    symbol: str
    also: tuple[str, ...] = ()
    like: str | None = None
    asynchronous: bool = False
    target: ClientTarget = "openai"
    arguments: tuple[str, ...] = ()
    base_url_env: str = ""
    key_env: str = ""


class GlobalEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[global]]``: ``names`` are their own roles, ``roles`` maps a name to another."""

    generation: Generation
    names: tuple[str, ...] = ()
    roles: dict[str, str] = {}


class RequestEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[resource.request]]``: methods that carry a model or prompts."""

    methods: tuple[str, ...]
    model: str | None = None
    prompts: dict[str, str] = {}
    parameters: dict[str, str] = {}
    implicit: str = ""
    shutdown: date | None = None


class ResourceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[resource]]``; ``since`` holds for each of its methods that states no version."""

    path: str
    kind: MethodKind
    endpoint: str = ""
    since: str = "1.0.0"
    until: str | None = None
    shutdown: date | None = None
    replacement: str = ""
    methods: tuple[str, ...] = ()
    request: tuple[RequestEntry, ...] = ()


class LegacyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[legacy]]``: a 0.x class; ``calls`` maps its methods to their paths in 1.x."""

    class_: str = msgspec.field(name="class")
    kind: LegacyKind = "legacy-other"
    endpoint: str = ""
    model: tuple[str, ...] = ()
    prompts: dict[str, str] = {}
    calls: dict[str, str] = {}
    positional: dict[str, tuple[str, ...]] = {}
    twins: bool = True
    shutdown: date | None = None
    answer: dict[str, str] = {}
    pieces: str = ""
    renamed: dict[str, str] = {}
    gone: dict[str, str] = {}
    takes: frozenset[str] = frozenset()
    paired: dict[str, str] = {}


class AnswerEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[answers.X]``: what a call returns, or a part of it."""

    fields: dict[str, str] = {}
    optional: tuple[str, ...] = ()
    aliases: bool = False
    read: str = ""
    type: str = ""


class SdkDocument(Origin, frozen=True, forbid_unknown_fields=True):
    """A whole file."""

    newest: str = ""
    modules: frozenset[str] = frozenset()
    wrappers: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    wrapper_arguments: frozenset[str] = frozenset()
    needles: tuple[str, ...] = ()
    client: tuple[ClientEntry, ...] = ()
    global_: tuple[GlobalEntry, ...] = msgspec.field(name="global", default=())
    resource: tuple[ResourceEntry, ...] = ()
    legacy: tuple[LegacyEntry, ...] = ()
    legacy_arguments: dict[str, str] = msgspec.field(default_factory=dict)
    legacy_errors: dict[str, str] = msgspec.field(default_factory=dict)
    legacy_floor: str = ""
    version_readers: frozenset[str] = frozenset()
    dict_readers: DictReaders | None = None
    answer_cures: dict[str, str] = msgspec.field(default_factory=dict)
    legacy_environment: dict[str, OldVariable] = msgspec.field(default_factory=dict)
    legacy_users: dict[str, str] = msgspec.field(default_factory=dict)
    legacy_settings: dict[str, str] = msgspec.field(default_factory=dict)
    legacy_cures: dict[str, str] = msgspec.field(default_factory=dict)
    legacy_error_attributes: dict[str, str] = msgspec.field(default_factory=dict)
    error_parents: dict[str, str] = msgspec.field(default_factory=dict)
    resource_classes: dict[str, str] = msgspec.field(default_factory=dict)
    answers: dict[str, AnswerEntry] = msgspec.field(default_factory=dict)
