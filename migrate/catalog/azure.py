"""How Azure clients become OpenAI's, from rules/azure.toml. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import convert, read

if TYPE_CHECKING:
    from pathlib import Path


class AzureWay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``arguments`` go; ``deployment`` is the one of them that names a model. ``classes`` maps each class to
    the one that takes its place."""

    arguments: frozenset[str]
    deployment: str
    classes: Mapping[str, str]
    source: str
    checked: date


def read_azure(path: Path) -> AzureWay:
    """The way. Raises CatalogError."""
    return convert(read(path), AzureWay, path)
