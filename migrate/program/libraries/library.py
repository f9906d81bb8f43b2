"""What must be known of packages outside the program: which names are SDK classes, wrappers and copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.catalog.configuration import Configuration
    from migrate.catalog.passing import Runner


class Library(Protocol):
    """The evaluator's questions about external packages."""

    def canonical(self, symbol: str) -> str:
        """The one name of a symbol that has several."""

    def is_class(self, symbol: str) -> bool:
        """Whether calling the symbol makes a client."""

    def is_of_sdk(self, symbol: str) -> bool:
        """Whether the symbol belongs to the SDK itself."""

    def is_generic(self, symbol: str) -> bool:
        """Whether the symbol is a class that asks a model, so that ``symbol[T]`` is that class."""

    def is_kind_of(self, symbol: str, kind: str) -> bool | None:
        """Whether an instance of class ``symbol`` is one of ``kind``; None where that cannot be told."""

    def copies(self, symbol: str, path: str) -> bool:
        """Whether calling ``path`` on an instance of class ``symbol`` returns the same kind of instance."""

    def passes(self, symbol: str) -> bool:
        """Whether calling the symbol returns its first argument, a client, in another wrapping."""

    def runner(self, symbol: str) -> Runner | None:
        """How a function calls another that it is given; None where nothing says that it does."""

    def runner_method(self, name: str) -> Runner | None:
        """The same of a method whose bare name says enough."""

    def wraps(self, symbol: str) -> bool:
        """Whether a function gives back what it is given, with the same arguments."""

    def transparent(self, name: str) -> bool:
        """Whether an attribute gives the same thing in another wrapping (``with_raw_response``)."""

    @property
    def configuration(self) -> Configuration:
        """The functions and classes that read a program's configuration."""


# Where a class can be one that any object is taken for an instance of.
_ABSTRACT = frozenset({"abc", "collections", "typing", "typing_extensions"})
# A text that went through json.dumps is still that JSON when it is encoded.
_ENCODED = ("encode",)


class SdkLibrary:
    """A Library that answers from the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._sdk = catalog.sdk
        self._frameworks = catalog.frameworks
        self._handed_on = {module.partition(".")[0] for module in catalog.frameworks.re_exports}
        self._passing = catalog.passing

    def canonical(self, symbol: str) -> str:
        if symbol.partition(".")[0] in self._handed_on:
            symbol = self._original(symbol)
        client = self._sdk.clients.get(symbol)
        if client is not None:
            return client.canonical
        call = self._frameworks.calls.get(symbol)
        return call.canonical if call is not None else self._frameworks.http_aliases.get(symbol, symbol)

    def _original(self, symbol: str) -> str:
        """``openai.OpenAI`` of ``langfuse.openai.OpenAI``."""
        modules = self._frameworks.re_exports
        for module in sorted(modules, key=len, reverse=True):
            if symbol == module or symbol.startswith(f"{module}."):
                return modules[module] + symbol[len(module) :]
        return symbol

    def is_class(self, symbol: str) -> bool:
        return symbol in self._sdk.clients or symbol in self._frameworks.encoders

    def is_of_sdk(self, symbol: str) -> bool:
        return symbol.partition(".")[0] in self._sdk.modules

    def is_generic(self, symbol: str) -> bool:
        return symbol in self._frameworks.calls

    def is_kind_of(self, symbol: str, kind: str) -> bool | None:
        one, other = self._sdk.clients.get(symbol), self._sdk.clients.get(kind)
        if symbol == kind:
            return True
        if one is not None and other is not None:
            # Every other client extends the one for OpenAI.
            return one.asynchronous == other.asynchronous and other.target in ("openai", one.target)
        packages = {name.partition(".")[0] for name in (symbol, kind)}
        if "builtins" in packages:
            return False
        may_wrap = packages & (_ABSTRACT | {name.partition(".")[0] for name in self._frameworks.passes})
        return None if (one or other) is None or len(packages) == 1 or may_wrap else False

    def copies(self, symbol: str, path: str) -> bool:
        return path in (_ENCODED if symbol in self._frameworks.encoders else self._sdk.copies)

    def passes(self, symbol: str) -> bool:
        return symbol in self._frameworks.passes

    def runner(self, symbol: str) -> Runner | None:
        return self._passing.runner(symbol)

    def runner_method(self, name: str) -> Runner | None:
        return self._passing.methods.get(name)

    def wraps(self, symbol: str) -> bool:
        return symbol in self._passing.wrappers

    def transparent(self, name: str) -> bool:
        return name in self._sdk.wrappers

    @property
    def configuration(self) -> Configuration:
        return self._catalog.configuration
