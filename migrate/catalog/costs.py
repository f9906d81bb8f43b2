"""The assumptions that costs rest on, from rules/costs.toml. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import convert, read

if TYPE_CHECKING:
    from pathlib import Path


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What counts besides the text itself: tokens around a message."""

    per_message: int
    source: str


class Unseen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tokens of input that the code does not show: for a text filled in, for a prompt that is not visible."""

    field: int
    prompt: int
    source: str


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tokens of a visible answer by use case."""

    default: int
    source: str
    by_use_case: Mapping[str, int]


class Reasoning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tokens of reasoning by effort."""

    source: str
    by_effort: Mapping[str, int]


class Costs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is assumed where nothing was measured; from the factor ``ask_from`` on people are asked."""

    checked: date
    ask_from: float
    text: Text
    unseen: Unseen
    answer: Answer
    reasoning: Reasoning


def read_costs(path: Path) -> Costs:
    """The assumptions. Raises CatalogError."""
    return convert(read(path), Costs, path)
