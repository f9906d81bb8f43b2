"""What must be known of packages outside the program: which names are SDK classes, wrappers and copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.catalog.configuration import Configuration


class Library(Protocol):
    """The evaluator's questions about external packages."""

    def canonical(self, symbol: str) -> str:
        """The one name of a symbol that has several."""

    def is_class(self, symbol: str) -> bool:
        """Whether calling the symbol makes a client."""

    def copies(self, path: str) -> bool:
        """Whether calling ``path`` on an instance returns the same kind of instance."""

    def transparent(self, name: str) -> bool:
        """Whether an attribute gives the same thing in another wrapping (``with_raw_response``)."""

    @property
    def configuration(self) -> Configuration:
        """The functions and classes that read a program's configuration."""


class SdkLibrary:
    """A Library that answers from the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._sdk = catalog.sdk

    def canonical(self, symbol: str) -> str:
        client = self._sdk.clients.get(symbol)
        return client.canonical if client is not None else symbol

    def is_class(self, symbol: str) -> bool:
        return symbol in self._sdk.clients

    def copies(self, path: str) -> bool:
        return path in self._sdk.copies

    def transparent(self, name: str) -> bool:
        return name in self._sdk.wrappers

    @property
    def configuration(self) -> Configuration:
        return self._catalog.configuration
