"""The program's files: which there are, their Sources and facts, read when asked for and then kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from msgspec.structs import replace

from migrate.facts.cache import FactsCache
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import LIMIT as LARGEST
from migrate.facts.documents.reading import Format, document
from migrate.facts.expressions import Expression
from migrate.facts.records import FileFacts
from migrate.program.linking.importers import Importers, Numbering, Words, identifiers, imported_names, tail
from migrate.program.outside.variable_files import VariableFiles
from migrate.sources.assignments import Assignment
from migrate.sources.joining import as_python
from migrate.sources.kinds import kind_of
from migrate.sources.known import KnownFiles, Stamp
from migrate.sources.reading import LIMIT, holds, peek, read, size_words
from migrate.sources.source import Outcome, Source
from migrate.sources.testfiles import is_test


class Repository:
    """Loads Sources and facts; every file that cannot be used ends in ``outcomes``. ``texts`` are the files
    that are not Python and were read on the way, ``notes`` tell what of a file that is used is not."""

    def __init__(
        self,
        root: Path,
        paths: tuple[str, ...],
        named: frozenset[str],
        limit: int = LIMIT,
        known: KnownFiles | None = None,
        cached: bool = False,
    ) -> None:
        """``known`` and ``cached`` say what of earlier runs may be believed."""
        self.root = root
        self.known = known or KnownFiles(root, use=False)
        self.sources: dict[str, Source] = {}
        self.texts: dict[str, Source] = {}
        self.notes: list[Outcome] = []
        self.outcomes: dict[str, Outcome] = {}
        self._paths = paths
        self._named = named
        self._limit = limit
        self._importers: Importers | None = None
        self._numbering = Numbering(paths)
        self._words = Words(self._numbering, self._words_of)
        self._cache = FactsCache(cached)
        self._variables = VariableFiles(root, self._numbering, self._words, self._written_text)

    def paths(self) -> tuple[str, ...]:
        return self._paths

    def source(self, path: str) -> Source | None:
        """The Source of ``path``; None where it cannot be read."""
        if path not in self.sources and path not in self.outcomes:
            self.keep(read(self.root, path, self._limit, named=path in self._named))
        return self.sources.get(path)

    def keep(self, result: Source | Outcome) -> None:
        """Remembers a file that was read elsewhere."""
        if isinstance(result, Source) and kind_of(result.path) in ("notebook", "prose"):
            self.texts[result.path] = result
            python, left = as_python(result)
            self.notes += [left] if left is not None else []
            if python is None:
                return
            result = python
        if isinstance(result, Source):
            self.sources[result.path] = result
        else:
            self.outcomes[result.path] = result

    def text(self, path: str) -> str | None:
        source = self.source(path)
        return source.text if source is not None else None

    def facts(self, path: str) -> FileFacts | None:
        source = self.source(path)
        if source is None:
            return None
        facts = self._cache.facts(source)
        if isinstance(facts, Outcome):
            self.outcomes[path] = facts
            return None
        return facts

    def document(self, path: str, form: Format) -> Expression | str | None:
        """The value of a configuration file; in words why it cannot be read, None where there is none."""
        absolute = self.root / path
        if not absolute.is_file():
            return None
        if not absolute.resolve().is_relative_to(self.root.resolve()):
            return f"{path} is a link out of the repository"
        source = read(self.root, path, LARGEST, named=True)
        if isinstance(source, Outcome):
            large = absolute.stat().st_size > LARGEST
            reason = f"larger than {size_words(LARGEST)}; keep settings in a file of their own"
            reason = reason if large else source.reason
            self.notes.append(replace(source, reason=reason))
            return f"{path} cannot be read: {reason}"
        self.texts[path] = source
        try:
            return document(source.text, form)
        except DocumentError as error:
            return f"{path}:{error.line} cannot be parsed: {error.what}"

    def setting(self, name: str) -> Iterable[tuple[str, Assignment]]:
        """(path, assignment) wherever a file of the repository that git does not ignore sets ``name``."""
        return self._variables.setting(name)

    def _written_text(self, path: str) -> str | None:
        source = self.written(path)
        return source.text if source is not None else None

    def tests_importing(self, path: str, needle: bytes) -> tuple[str, ...]:
        """The tests that import the file ``path`` by its name, and hold ``needle``."""
        name = tail(path)
        tests = (one for one in self._paths if is_test(one) and one != path)
        return tuple(one for one in tests if name in self._imported_by(one) and needle in self._bytes(one))

    def text_with(self, path: str, needles: tuple[bytes, ...]) -> str | None:
        """The text of a file that is not Python and holds one of ``needles``; None for any other."""
        if path not in self.texts:
            stamp = self._stamp(path)
            matches = self.known.matches(path, stamp) if stamp is not None else None
            if matches is None:
                matches = holds(peek(self.root, path, LARGEST), needles)
                if stamp is not None:
                    self.known.note_match(path, stamp, matches)
            if not matches:
                return None
        return self._written_text(path)

    def holding(self, word: bytes, paths: frozenset[str]) -> Set[str]:
        """Those of ``paths`` that hold ``word`` as a word of its own."""
        held = self._words.holding(word, self._numbering.together(paths))
        return frozenset(self._numbering.paths(held))

    def written(self, path: str) -> Source | None:
        """The file at ``path``, which is not Python; None where it cannot be read, or is data by its size."""
        if path not in self.texts:
            result = read(self.root, path, LARGEST, named=True)
            if isinstance(result, Outcome):
                return None
            self.texts[path] = result
        return self.texts[path]

    def text_file(self, path: str) -> Source | None:
        """A file of the repository that is read as it is; None where it cannot be used, or lies outside."""
        absolute = self.root / path
        inside = absolute.is_file() and absolute.resolve().is_relative_to(self.root.resolve())
        return self.written(path) if inside else None

    def mentioning(self, name: str, definer: str) -> Iterator[str]:
        """Files that import ``definer``, directly or not, and hold the identifier ``name``."""
        may_see = self._imports().of(definer)
        holding = self._words.holding(name.encode("utf-8", "surrogatepass"), may_see)
        return (path for path in self._numbering.paths(holding) if path not in self.outcomes)

    def together(self, one: str, other: str) -> bool:
        """Whether some file imports both, directly or not, or one of them imports the other."""
        return bool(self._imports().of(one) & self._imports().of(other))

    def wraps(self, path: str) -> bool:
        return tail(path) in self._imported_by(path)

    def _imports(self) -> Importers:
        if self._importers is None:
            notebooks = self.texts.keys() & self.sources.keys()
            files = (*self._paths, *sorted(notebooks))
            rows = ((path, self._imported_by(path)) for path in files)
            self._importers = Importers(self._numbering, rows)
        return self._importers

    def _imported_by(self, path: str) -> list[bytes]:
        found = self.known.imports(path, self._stamp(path), lambda: imported_names(self._bytes(path)))
        return found.split()

    def _words_of(self, path: str) -> bytes:
        return self.known.words(path, self._stamp(path), lambda: identifiers(self._bytes(path)))

    def _stamp(self, path: str) -> Stamp | None:
        """The file's stamp; None where its bytes are not those, or not to be looked at."""
        stamp = None if path in self.outcomes else self.known.stamp(path)
        source = self.sources.get(path)
        if source is not None and stamp is not None and source.stamp != (stamp[1], stamp[0]):
            return None
        return stamp

    def _bytes(self, path: str) -> bytes:
        known = self.sources.get(path)
        if known is not None:
            return known.raw
        return b"" if path in self.outcomes else peek(self.root, path, self._limit)
