"""The words that tell what a model id is there for, from rules/literals.toml. Judges nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import convert, read

if TYPE_CHECKING:
    from pathlib import Path


class LiteralWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ends of dotted function names, and keys of dicts, by what they say of a model id among them."""

    environment: frozenset[str]
    command_line: frozenset[str]
    fields: frozenset[str]
    comparing: frozenset[str]
    looking_up: frozenset[str]
    logging: frozenset[str]
    choosing: frozenset[str]
    registering: frozenset[str]
    test_cases: frozenset[str]
    of_a_request: frozenset[str]
    of_a_description: tuple[str, ...]
    of_an_entry: frozenset[str]
    of_a_model: frozenset[str]
    of_a_table: tuple[str, ...]
    source: str
    checked: date


def read_literal_words(path: Path) -> LiteralWords:
    """The words. Raises CatalogError."""
    return convert(read(path), LiteralWords, path)


def names(words: frozenset[str], dotted: str) -> bool:
    """Whether a dotted name is one of ``words``, or ends in one: ``os.environ.get`` in ``environ.get``."""
    while dotted:
        if dotted in words:
            return True
        dotted = dotted.partition(".")[2]
    return False


def holds(words: tuple[str, ...], name: str) -> bool:
    """Whether ``name``, in whatever case, holds one of ``words``."""
    lower = name.lower()
    return any(word in lower for word in words)
