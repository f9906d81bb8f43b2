"""Whose model an id names where a framework knows many vendors: by the word before it, or how it begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

from migrate.program.solving.values import LiteralOption, Value

if TYPE_CHECKING:
    from migrate.catalog import Catalog

Vendor: TypeAlias = Literal["openai", "azure", "other"]


class Vendors:
    """Answers from the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._frameworks = catalog.frameworks
        self._catalog = catalog

    def of_word(self, word: str) -> Vendor:
        """The vendor that ``openai``, ``azure_openai`` or ``anthropic`` stands for."""
        return self._frameworks.vendor_target(word)

    def of_model(self, name: str) -> Vendor:
        """The vendor of a model id: ``openai/gpt-4o``, ``azure:my-deployment``, ``gpt-4o``, ``claude-3``."""
        if name.startswith(self._frameworks.openai_beginnings):
            return "openai"
        for separator in ("/", ":"):
            word, found, _ = name.partition(separator)
            if found and self.of_word(word) != "other":
                return self.of_word(word)
        return "openai" if name in self._catalog.models and "/" not in name else "other"


def words(values: Iterable[Value]) -> list[str]:
    """The texts among ``values``."""
    return [
        option.value
        for value in values
        for option in value.options
        if isinstance(option, LiteralOption) and isinstance(option.value, str) and option.value
    ]
