"""The openai package as data: clients, methods, module globals, 0.x names. It imports no SDK."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from migrate.catalog.sdk_legacy import LegacyFacts, LegacyMethod

MethodKind: TypeAlias = Literal[
    "chat",
    "responses",
    "completions",
    "embeddings",
    "images",
    "audio",
    "moderations",
    "files",
    "assistants",
    "conversations",
    "realtime",
    "batch",
]
ClientTarget: TypeAlias = Literal["openai", "azure", "other"]
Generation: TypeAlias = Literal["0.x", "1.x", "both"]


class SdkClient(msgspec.Struct, frozen=True):
    """A client class under one of its names; ``canonical`` is the name to write.

    ``arguments`` maps a role (base_url, api_key, azure_endpoint ...) to the keyword that carries it.
    ``positional`` is empty: every constructor of the package takes keywords only.
    """

    symbol: str
    canonical: str
    asynchronous: bool
    target: ClientTarget
    arguments: Mapping[str, str]
    base_url_env: str
    key_env: str
    positional: tuple[str, ...] = ()


class SdkMethod(msgspec.Struct, frozen=True):
    """One method below a client, such as ``chat.completions.create``.

    ``endpoint`` is a word of ``Model.endpoints``, or ``""`` where no gateway is asked about it. ``model`` is
    the argument that names the model. ``prompts`` maps an argument to what its text is: messages, input,
    system, prompt, image, speech, reference. ``parameters`` maps a keyword to the first version that takes
    it, where that is younger than ``since``. ``until`` is the last version that has the method, ``shutdown``
    the day its API ends, ``replacement`` the resource to use instead. ``implicit`` is the model of a call
    that names none.
    """

    path: str
    kind: MethodKind
    endpoint: str = ""
    model: str | None = None
    prompts: Mapping[str, str] = {}
    positional: tuple[str, ...] = ()
    since: str = "1.0.0"
    until: str | None = None
    parameters: Mapping[str, str] = {}
    shutdown: date | None = None
    replacement: str = ""
    implicit: str = ""

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path.rpartition(".")[2]

    @property
    def stream(self) -> bool:
        """Whether it returns a context manager of events rather than a response."""
        return self.name == "stream" or self.name.endswith("_stream")

    def takes(self, parameter: str) -> str:
        """The first version of the package in which this method takes that keyword."""
        return self.parameters.get(parameter, self.since)


class SdkGlobal(msgspec.Struct, frozen=True):
    """A module attribute that configures the package (``openai.api_base``); ``role`` is a client's role."""

    name: str
    role: str
    generation: Generation


class Sdk(msgspec.Struct, frozen=True):
    """Everything known of the package. Paths are relative to a client, or to the module itself."""

    newest: str
    modules: frozenset[str]
    wrappers: frozenset[str]
    copies: frozenset[str]
    nouns: frozenset[str]
    wrapper_arguments: frozenset[str]
    needles: tuple[bytes, ...]
    clients: Mapping[str, SdkClient]
    methods: Mapping[str, SdkMethod]
    legacy: Mapping[str, LegacyMethod]
    globals: Mapping[str, SdkGlobal]
    module_client_paths: frozenset[str]
    old: LegacyFacts = LegacyFacts()

    def method(self, path: str) -> SdkMethod | None:
        """The method at ``path`` below a client; wrappers such as ``with_raw_response`` are seen through."""
        found = self.methods.get(path)
        if found or "." not in path:
            return found
        return self.methods.get(".".join(step for step in path.split(".") if step not in self.wrappers))
