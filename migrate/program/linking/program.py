"""The linked files, by path, module and name. Files are loaded when a question leads to them, only then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from migrate.facts.records import FileFacts, Scope
from migrate.program.linking.indexes import Indexes, Numbered, displays
from migrate.program.linking.modules import ModuleIndex
from migrate.program.linking.pulling import Pulling
from migrate.program.names.flow import Flow
from migrate.program.names.handovers import Handovers
from migrate.program.outside.documents import DocumentLoader, Documents
from migrate.program.solving.values import Definition
from migrate.program.suspects.reaching import Reaching
from migrate.program.suspects.suspects import Suspects
from migrate.sources.place import Span


class Loader(DocumentLoader, Protocol):
    """Where facts come from."""

    def paths(self) -> tuple[str, ...]:
        """Every Python file of the program, loaded or not."""

    def facts(self, path: str) -> FileFacts | None:
        """The facts of one file; None where it cannot be read (its outcome is the loader's business)."""

    def mentioning(self, name: str, definer: str) -> Iterator[str]:
        """Files that hold the identifier ``name`` and may see what ``definer`` defines."""

    def together(self, one: str, other: str) -> bool:
        """Whether some file imports both, directly or not, or one of them imports the other."""

    def wraps(self, path: str) -> bool:
        """Whether the file imports what has its own name, from an installed package."""


class Program:
    """All loaded files and their indexes. Grows as questions are asked; never shrinks."""

    def __init__(
        self, loader: Loader, vendor_names: frozenset[str], reaching: Reaching, matching: int, package: str
    ) -> None:
        """``matching`` is how many files may call a model (pulling.py), ``package`` is in modules.py."""
        self._loader = loader
        self.pulling = Pulling(loader.mentioning, matching)
        self.documents = Documents(loader)
        self.modules = ModuleIndex(loader.paths(), vendor_names, loader.wraps, package)
        self._facts: dict[str, FileFacts | None] = {}
        self._flows: dict[str, Flow] = {}
        self._indexes = Indexes()
        self.packages = self._indexes.packages
        self.handovers = Handovers()
        self.suspects = Suspects(reaching, self._is_inside)
        self._displays: dict[str, dict[Span, set[str]]] = {}
        self._results: dict[str, tuple[Numbered, ...]] = {}

    def _is_inside(self, module: str, importer: str) -> bool:
        return self.modules.absolute(module, importer) is not None

    def load(self, path: str) -> FileFacts | None:
        """The facts of ``path``, indexed on first use."""
        if path not in self._facts:
            facts = self._loader.facts(path)
            self._facts[path] = facts
            if facts is not None:
                self._indexes.add(path, facts)
                self.handovers.add(path, facts)
                self.suspects.add(path, facts)
                self._results.clear()
        return self._facts[path]

    def facts(self, path: str) -> FileFacts:
        """The facts of a file that is known to be loaded."""
        facts = self._facts.get(path) or self.load(path)
        assert facts is not None, path
        return facts

    @property
    def generation(self) -> int:
        """Changes with every file that is loaded: what was collected from all of them is then out of date."""
        return len(self._indexes.order)

    def loaded(self) -> tuple[str, ...]:
        return tuple(path for path, facts in self._facts.items() if facts is not None)

    def flow(self, path: str) -> Flow:
        if path not in self._flows:
            self._flows[path] = Flow(self.facts(path))
        return self._flows[path]

    def scope(self, path: str, index: int) -> Scope:
        return self.facts(path).scopes[index]

    def is_class(self, definition: Definition) -> bool:
        return self.scope(definition.path, definition.scope).kind == "class"

    def home(self, path: str, scope: int) -> int | None:
        """The class in whose method a scope of a loaded file stands, however deep; a configuration file has
        no scopes."""
        homes = self._indexes.homes.get(path)
        return None if homes is None else homes[scope]

    def calls_named(self, name: str, definer: str) -> tuple[Numbered, ...]:
        """(path, call index) of every call whose function ends in ``name``, a name that ``definer``
        defines, in all files that may see it."""
        self._pull(name, definer)
        return self._indexes.calls(name)

    def asked(self) -> frozenset[tuple[str, str]]:
        """What ``calls_named`` was asked so far: those answers cost nothing any more."""
        return self.pulling.asked()

    def calls_inside(self, name: str, definer: str, classes: Collection[Numbered]) -> list[Numbered]:
        """Those of ``calls_named`` that stand in a method of one of ``classes`` (path, scope index)."""
        self._pull(name, definer)
        indexes = self._indexes
        found: list[Numbered] = []
        for one in indexes.names(name):
            for path in sorted({path for path, _ in classes}, key=indexes.order.__getitem__):
                calls = self.facts(path).calls
                for index in indexes.own_calls.get((path, one), ()):
                    if (path, self.home(path, calls[index].scope)) in classes:
                        found.append((path, index))
        return found

    def calls_ending(self, name: str) -> Sequence[Numbered]:
        """The calls in loaded files whose function ends in exactly ``name``, in the order of loading."""
        return self._indexes.calls_ending(name)

    def names_of(self, name: str) -> tuple[str, ...]:
        """``name`` and the other names that loaded files give to it."""
        return self._indexes.names(name)

    def rank(self, call: Numbered) -> tuple[int, int]:
        """What calls are sorted by: the order in which their files were loaded, then their place."""
        return self._indexes.order[call[0]], call[1]

    def calls_loaded(self, name: str) -> tuple[Numbered, ...]:
        """``calls_named`` in the files that are loaded, none pulled in: for names that say little."""
        return self._indexes.calls(name)

    def calls_of_results(self, name: str) -> tuple[Numbered, ...]:
        """(path, call index) of the calls in loaded files of what a call of ``name`` gave."""
        if name not in self._results:
            found: dict[Numbered, None] = {}
            for holder, path in self.handovers.holders(name):
                if path:
                    found.update(((path, index), None) for index in self.calls_named_in(path, holder))
                else:
                    found.update(dict.fromkeys(self._indexes.calls(holder)))
            self._results[name] = tuple(found)
        return self._results[name]

    def calls_named_in(self, path: str, name: str) -> Sequence[int]:
        """The same in one loaded file."""
        return self._indexes.own_calls.get((path, name), ())

    def item_stores(self, path: str) -> Sequence[int]:
        """Store indexes of assignments to ``[key]`` in one loaded file."""
        return self._indexes.item_stores.get(path, ())

    def stores_under(self, key: str) -> Sequence[Numbered]:
        """(path, store index) of assignments to ``["key"]`` in loaded files."""
        return tuple(self._indexes.keyed_stores.get(key, ()))

    def assigned_names(self, path: str, display: Span) -> frozenset[str]:
        """The names and attributes that the list or dict display at a span is assigned to."""
        if self.documents.holds(path):
            return frozenset()
        if path not in self._displays:
            self._displays[path] = displays(self.facts(path))
        return frozenset(self._displays[path].get(display, ()))

    def together(self, one: str, other: str) -> bool:
        """Whether two files can be part of one process: some file imports both, or one of them the other."""
        return self._loader.together(one, other)

    def stores_of(self, attribute: str) -> Sequence[Numbered]:
        """(path, store index) of assignments to ``.attribute`` in loaded files."""
        return tuple(self._indexes.stores.get(attribute, ()))

    def stores_from_outside(self, attribute: str) -> Sequence[Numbered]:
        """Those of ``stores_of`` that do not go through ``self`` or ``cls``."""
        return tuple(self._indexes.outside_stores.get(attribute, ()))

    def stores_in(self, path: str, attribute: str) -> Sequence[int]:
        """Store indexes of assignments to ``.attribute`` in one loaded file."""
        return tuple(self._indexes.own_stores.get((path, attribute), ()))

    def extending(self, name: str) -> tuple[Numbered, ...]:
        """(path, scope index) of every class in a loaded file with a base whose name ends in ``name``,
        or in another name for it."""
        return self._indexes.heirs(name)

    def _pull(self, name: str, definer: str) -> None:
        for path in self.pulling.files(name, definer, self._facts):
            self.load(path)
