"""What tells the risks of a migration that are no errors, from rules/risks.toml. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import convert, read

if TYPE_CHECKING:
    from pathlib import Path


class RiskWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names and beginnings of names; ``rate_limits`` are patterns. ``encodings`` maps a pattern of model ids
    to the first tiktoken that knows them, ``""`` for none, and ``encoding_floors`` an encoding to the first
    tiktoken that has it."""

    model_names: frozenset[str]
    refusals: frozenset[str]
    retrying: frozenset[str]
    rate_limits: tuple[str, ...]
    end_words: tuple[str, ...]
    own_tools: frozenset[str]
    stateful: tuple[str, ...]
    headers: tuple[str, ...]
    encodings: Mapping[str, str]
    encoding_floors: Mapping[str, str]
    source: str
    checked: date

    def known_to_tiktoken(self, id: str) -> str | None:  # noqa: A002 - the word of the API it describes
        """The first tiktoken whose encoding_for_model knows ``id``: ``""`` for none, None where it is old."""
        found = [version for pattern, version in self.encodings.items() if fnmatchcase(id, pattern)]
        return "" if "" in found else (found[-1] if found else None)


def read_risks(path: Path) -> RiskWords:
    """The words. Raises CatalogError."""
    return convert(read(path), RiskWords, path)
