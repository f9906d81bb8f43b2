"""The model ids of the program's files, with the role of each and the calls it reaches. One look a file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Protocol

from migrate.catalog import Catalog
from migrate.program.calls.callsite import CallSite
from migrate.program.linking.program import Program
from migrate.program.literals import displays
from migrate.program.literals.entries import Entries
from migrate.program.literals.in_tests import given, may_mean
from migrate.program.literals.records import LiteralRole, ModelLiteral
from migrate.program.literals.roles import Roles
from migrate.program.literals.spotting import Spotter
from migrate.program.literals.surrounding import MOST_CHOICES, Mentioned, mentioned_in
from migrate.program.literals.texts import written_in_text
from migrate.program.literals.written import WrittenIds
from migrate.program.solving.values import Origin, Role
from migrate.sources.kinds import KINDS, SETTING, Kind, kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Place
from migrate.sources.testfiles import is_test


class TextLoader(Protocol):
    """Where texts come from."""

    def text(self, path: str) -> str | None:
        """The text of a Python file; None where it cannot be read."""

    def tests_importing(self, path: str, needle: bytes) -> tuple[str, ...]:
        """The tests that import the file ``path`` and hold ``needle``."""

    def text_with(self, path: str, needles: tuple[bytes, ...]) -> str | None:
        """The text of a file that is not Python and holds one of ``needles``; None for any other."""


class Literals:
    """Finds model ids in the loaded files of one program."""

    def __init__(self, program: Program, catalog: Catalog, loader: TextLoader) -> None:
        self._program = program
        self._catalog = catalog
        self._loader = loader

    @cached_property
    def _spotter(self) -> Spotter:
        return Spotter(self._catalog.models)

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self._catalog.literal_words, self._spotter.is_id)

    def of(self, sites: Sequence[CallSite], paths: Iterable[str] | None = None) -> tuple[ModelLiteral, ...]:
        """All of ``paths``, or of every loaded file, as ``sites`` use them, sorted by place. Of files that
        are not Python those among ``paths`` count."""
        whole = self.whole(sites, paths)
        inside = (one for path in self._wanted(paths) for one in self._inside(path))
        written = self.written(sites, paths or ())
        return tuple(sorted([*whole, *inside, *written], key=lambda one: one.place))

    def written(
        self, sites: Sequence[CallSite], paths: Iterable[str], kinds: Container[Kind | None] = KINDS
    ) -> tuple[ModelLiteral, ...]:
        """The ids in those of ``paths`` that are of one of ``kinds`` and not Python."""
        wanted = [path for path in paths if (kind := kind_of(path)) in kinds and kind in _TEXTS]
        if not wanted:
            return ()
        reached = Reached(sites)
        entries = Entries(self._catalog.literal_words, self._spotter.is_id)
        ids = WrittenIds(self._spotter, entries, self._catalog.configuration)
        found: list[ModelLiteral] = []
        for path in sorted(wanted):
            text = self._loader.text_with(path, self._spotter.stems)
            if text is not None:
                found += ids.of(path, text, reached)
        return tuple(found)

    def whole(
        self, sites: Sequence[CallSite], paths: Iterable[str] | None = None
    ) -> tuple[ModelLiteral, ...]:
        """Only the strings that are a model id and nothing else: those that a value can come from."""
        reached = Reached(sites)
        return tuple(one for path in self._wanted(paths) for one in self._in_file(path, reached))

    def in_tests(self, path: str, value: str) -> tuple[ModelLiteral, ...]:
        """The ids ``value`` in the tests that import the file ``path``, by the syntax around them, less those
        that a test compares with what it passes itself."""
        tests = self._loader.tests_importing(path, value.encode("utf-8", "surrogatepass"))
        return tuple(one for test in tests for one in self._in_test(test, path, value))

    def _in_test(self, test: str, path: str, value: str) -> Iterator[ModelLiteral]:
        facts = self._program.load(test)
        if facts is None or not may_mean(self._program.modules, facts, test, path):
            return
        found = [one for one in self._in_file(test, Reached(())) if one.value == value]
        expected = {one.place.span for one in found if one.role == "comparison"}
        own = given(facts, value, expected)
        scopes = {one.span: one.scope for one in facts.mentions}
        yield from (one for one in found if scopes[one.place.span] not in own or one.role != "comparison")

    def _wanted(self, paths: Iterable[str] | None) -> list[str]:
        loaded = self._program.loaded()
        return sorted(loaded if paths is None else set(loaded).intersection(paths))

    def _in_file(self, path: str, reached: Reached) -> Iterator[ModelLiteral]:
        for one in mentioned_in(self._program.facts(path), self._spotter.is_id):
            place = Place(path, one.mention.span)
            home = displays.home(one)
            at = None if home is None else Place(path, home.span)
            role = self._judged(one, reached, place)
            yield ModelLiteral(place, one.mention.value, role, reached.calls(place), at)

    def _judged(self, one: Mentioned, reached: Reached, place: Place) -> LiteralRole:
        """The syntax says what an id is there for, unless a call shows that it takes it from there."""
        role, used = self._roles.of(one), reached.role(place)
        if used is None:
            return "test-data" if is_test(place.path) and role not in _NEVER_CHOSEN else role
        if role in _NEVER_CHOSEN or role in _TOLD_BY_SYNTAX:
            return role
        if role == displays.LIST and not (self._roles.loose(one) and reached.chosen(place)):
            return role
        return used

    def _inside(self, path: str) -> Iterator[ModelLiteral]:
        text = self._loader.text(path)
        if text is None or next(self._spotter.within(text), None) is None:
            return
        facts = self._program.facts(path)
        for span, value, role in written_in_text(
            facts, Lines(text), self._spotter, self._roles, self._catalog.literal_words
        ):
            yield ModelLiteral(Place(path, span), value, role)


_TEXTS = (*SETTING, "prose", "javascript")
_NEVER_CHOSEN = frozenset((displays.TABLE, "comparison", "log-text"))
# A call sees a default or an assignment; what declares it is seen only where it stands.
_TOLD_BY_SYNTAX = frozenset(("settings-field", "enum-member", "env-default", "cli-default"))


class Reached:
    """Which calls the literals at a place reach, and how."""

    def __init__(self, sites: Sequence[CallSite]) -> None:
        self._origins: dict[Place, list[tuple[CallSite, Origin]]] = {}
        for site in sites:
            for origin in site.model.origins if site.asks else ():
                self._origins.setdefault(origin.place, []).append((site, origin))

    def calls(self, place: Place) -> tuple[str, ...]:
        return tuple(dict.fromkeys(site.id for site, _ in self._origins.get(place, ())))

    def role(self, place: Place) -> Role | None:
        """The role in which a call sees the literal; None where no call does."""
        return next((origin.role for _, origin in self._origins.get(place, ()) if origin.role), None)

    def chosen(self, place: Place) -> bool:
        """Whether a call that the literal reaches has few enough to choose from."""
        return any(len(site.model.values) <= MOST_CHOICES for site, _ in self._origins.get(place, ()))
