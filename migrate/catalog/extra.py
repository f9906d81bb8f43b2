"""A team's own rules files: one document may add models, gateways, parameters and rules. Tables that other
parts own (techniques, use cases) are handed on unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from migrate.catalog import gateways, pages
from migrate.catalog.documents import Origin, convert, read
from migrate.catalog.modelfile import Located, ModelEntry
from migrate.catalog.parameterrow import ParameterRow
from migrate.catalog.parameters import stamped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from migrate.catalog.gateways import Gateway
    from migrate.catalog.pages import Rule


class _Document(Origin, frozen=True, forbid_unknown_fields=True):
    model: tuple[ModelEntry, ...] = ()
    parameter: tuple[ParameterRow, ...] = ()
    gateway: tuple[dict[str, Any], ...] = ()
    rule: tuple[dict[str, Any], ...] = ()
    technique: tuple[dict[str, Any], ...] = ()
    usecase: tuple[dict[str, Any], ...] = ()


class Extra(msgspec.Struct, frozen=True):
    """What the team's files add, each entry with the file that holds it."""

    documents: tuple[tuple[Path, _Document], ...] = ()

    def models(self) -> Iterable[Located]:
        """Model entries; ``like`` may name a model of the catalog."""
        return [Located(entry, doc, path) for path, doc in self.documents for entry in doc.model]

    def parameters(self) -> Iterable[ParameterRow]:
        """Parameter rows; they are asked before the catalog's. Each states its endpoint."""
        return [stamped(row, None, doc, path) for path, doc in self.documents for row in doc.parameter]

    def gateways(self) -> Iterable[tuple[str, Gateway, Path]]:
        """Gateways by name."""
        return [
            gateways.located(raw, doc, path, "gateway") for path, doc in self.documents for raw in doc.gateway
        ]

    def rules(self) -> Iterable[tuple[str, Rule, Path]]:
        """Rule pages by id."""
        return [pages.located(raw, doc, path, "rule") for path, doc in self.documents for raw in doc.rule]

    def tables(self, name: str) -> tuple[tuple[Path, dict[str, Any]], ...]:
        """The raw ``[[technique]]`` or ``[[usecase]]`` tables, for the part that knows their shape."""
        return tuple((path, raw) for path, doc in self.documents for raw in getattr(doc, name))


def read_extra(paths: Sequence[Path]) -> Extra:
    """The team's files. Raises CatalogError."""
    return Extra(tuple((path, convert(read(path), _Document, path)) for path in paths))
