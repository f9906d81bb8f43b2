"""The package before 1.0 as data: its calls, what they return, and where each has gone. It imports no SDK."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

LegacyKind: TypeAlias = Literal[
    "legacy-chat",
    "legacy-completions",
    "legacy-embeddings",
    "legacy-images",
    "legacy-audio",
    "legacy-moderations",
    "legacy-models",
    "legacy-other",
]


class LegacyMethod(msgspec.Struct, frozen=True):
    """One 0.x call, such as ``openai.ChatCompletion.create``.

    ``model`` holds the arguments that may name the model; ``replacement`` is the method's path in 1.x,
    or ``""`` where there is none. ``answer`` and ``pieces`` are names of Answers: what it returns, and what
    it yields as a stream. ``renamed`` maps an argument to its name in 1.x ("" where 1.x takes it in another
    form), ``gone`` one that 1.x has no use for to the reason. ``takes`` are all names that the method of 1.x
    knows, empty where that is not written down; ``paired`` maps a name to the argument that it goes before.
    """

    symbol: str
    kind: LegacyKind
    asynchronous: bool
    replacement: str
    endpoint: str = ""
    model: tuple[str, ...] = ()
    prompts: Mapping[str, str] = {}
    positional: tuple[str, ...] = ()
    shutdown: date | None = None
    answer: str = ""
    pieces: str = ""
    renamed: Mapping[str, str] = {}
    gone: Mapping[str, str] = {}
    takes: frozenset[str] = frozenset()
    paired: Mapping[str, str] = {}


class Answer(msgspec.Struct, frozen=True):
    """What a call returns, or a part of that. ``fields`` maps a key of 0.x to what it holds: "" for plain
    data, the name of another Answer, or that in brackets for a list.

    ``optional`` keys were missing in 0.x where the attribute is None in 1.x. ``aliases``: attributes of it,
    or of a part, have ``_`` where keys have other characters. ``read`` gets plain data out of what 1.x
    returns, ``type`` is its class in 1.x.
    """

    fields: Mapping[str, str] = {}
    optional: frozenset[str] = frozenset()
    aliases: bool = False
    read: str = ""
    type: str = ""


class DictReaders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes what a function returns for a dict: ``annotations`` say so, and web frameworks whose
    ``decorators`` give a function its path send it as JSON."""

    annotations: frozenset[str] = frozenset()
    decorators: frozenset[str] = frozenset()


class OldVariable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A variable that only 0.x reads: the client's ``argument`` for it, and the one ``instead``, if any."""

    argument: str
    instead: str = ""


class LegacyFacts(msgspec.Struct, frozen=True):
    """All else that is known of 0.x: ``arguments`` that every call may have, module ``settings``, ``errors``
    and their ``error_attributes``, the ``parents`` of error classes in 1.x, ``cures`` for what is gone;
    ``floor`` is the first version after 0.x; ``resource_classes`` are the classes of 1.x with the methods of
    a path, whose asynchronous twins begin with Async; ``version_readers`` are the functions and attributes
    that say which version is installed; ``answer_cures`` say what to read in place of attributes that every
    answer had; ``environment`` are variables that 1.x does not read; ``users`` are packages that call 0.x
    themselves, each with its first release that calls 1.x."""

    arguments: Mapping[str, str] = {}
    settings: Mapping[str, str] = {}
    errors: Mapping[str, str] = {}
    error_attributes: Mapping[str, str] = {}
    parents: Mapping[str, str] = {}
    cures: Mapping[str, str] = {}
    answers: Mapping[str, Answer] = {}
    floor: str = ""
    resource_classes: Mapping[str, str] = {}
    version_readers: frozenset[str] = frozenset()
    dict_readers: DictReaders = DictReaders()
    answer_cures: Mapping[str, str] = {}
    environment: Mapping[str, OldVariable] = {}
    users: Mapping[str, str] = {}

    def holder(self, method: LegacyMethod) -> str:
        """The dotted name of the method of 1.x that takes the place of ``method``; empty for none."""
        path, _, name = method.replacement.rpartition(".")
        module, _, owner = self.resource_classes.get(path, "").rpartition(".")
        return f"{module}.{'Async' if method.asynchronous else ''}{owner}.{name}" if owner else ""

    def is_kind_of(self, child: str, parent: str) -> bool:
        """Whether the error class ``child`` of 1.x is a strict subclass of ``parent``."""
        above = self.parents.get(child, "")
        return bool(above) and (above == parent or self.is_kind_of(above, parent))
