"""What the code around a prompt says about it, and how frameworks carry prompts, as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from migrate.catalog.documents import convert, read


class Sending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``methods`` of a framework's model that send what they are given."""

    methods: frozenset[str]


class Together(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of arguments that hold a model, and of those beside them that hold its prompt; last names of
    ``functions`` that take both by position."""

    functions: frozenset[str]
    models: frozenset[str]
    prompts: frozenset[str]


class Same(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Last names of functions that give back what they are given, and of methods that do so; of methods that
    give what a template says."""

    functions: frozenset[str]
    methods: frozenset[str]
    templates: frozenset[str]


class OrphanWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells a prompt that reaches no known call: words of its name, or what makes a docstring one. It is
    at least ``shortest`` characters long."""

    names: frozenset[str]
    shortest: int
    docstring_classes: frozenset[str]
    docstring_decorators: frozenset[str]


class SignatureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Classes whose docstring is a prompt, and those that are made with one and send it to a model whose name
    begins with ``package``."""

    package: str
    classes: frozenset[str]
    predictors: frozenset[str]


class ReadingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Last names of ``functions`` that look for a text in another, or make what does; names of ``arguments``
    that end an answer; methods (``lookups``) that take a key and give what it stands for."""

    functions: frozenset[str]
    arguments: frozenset[str]
    lookups: frozenset[str]


class PromptWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``reasoning_efforts`` are those with which a model reasons unasked; ``graders`` words of names,
    ``reasoning_keys`` keys, tags and labels, ``reading`` what code reads them with. ``messages`` maps a class
    to the role of its message, ``templates`` a class to the arguments that hold its text, ``languages`` a
    language to words that tell it."""

    checked: date
    source: str
    reasoning_efforts: frozenset[str]
    graders: frozenset[str]
    reasoning_keys: frozenset[str]
    reading: ReadingWords
    messages: Mapping[str, str]
    templates: Mapping[str, tuple[str, ...]]
    together: Together
    same: Same
    sending: Sending
    signatures: SignatureWords
    orphans: OrphanWords
    languages: Mapping[str, frozenset[str]]


def read_prompt_words(path: Path) -> PromptWords:
    """The words of ``path``. Raises CatalogError."""
    return convert(read(path), PromptWords, path, "")


@lru_cache(maxsize=4)
def prompt_words(folder: Path) -> PromptWords:
    """The words of a folder of rules, read once."""
    return read_prompt_words(folder / "prompts.toml")
