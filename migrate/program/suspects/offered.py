"""What of one file's imports the packages offer that reach a model; see suspects.py."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from migrate.facts.expressions import Attribute, Imported, dotted
from migrate.facts.records import FileFacts
from migrate.program.suspects.keys import Keys
from migrate.program.suspects.reaching import Reaching
from migrate.program.suspects.spreading import ALWAYS, CALLABLE, exported


class Offered(Keys):
    """One file; ``inside`` says of a module and the file that imports it whether the program has it."""

    def __init__(
        self, path: str, facts: FileFacts, reaching: Reaching, inside: Callable[[str, str], bool]
    ) -> None:
        super().__init__(path, facts)
        self.reaching = reaching
        self.calls = reaching.calls
        self._inside = inside

    def renamed(self, functions: frozenset[str]) -> Iterator[str]:
        """Other names that the file gives to ``functions`` when it imports them."""
        for scope in self.facts.scopes:
            for name, bindings in scope.bindings.items():
                for one in bindings:
                    if isinstance(one.value, Imported) and one.value.name in functions:
                        yield name

    def whole(self, one: Attribute) -> str | None:
        """The dotted name of what a package offers, empty for a part of the program; None where the first
        name is none that the file imports."""
        first, _, rest = dotted(one).partition(".")
        for row in self.facts.scopes[0].bindings.get(first, ()):
            if isinstance(row.value, Imported):
                return ".".join(filter(None, (_dotted(row.value), rest))) if self._offers(row.value) else ""
        return None

    def imported(self, one: Imported) -> list[Hashable]:
        """What an import owes being suspect to."""
        if self._offers(one):
            whole = _dotted(one)
            if whole not in self.reaching.symbols:
                return []
            return [CALLABLE if whole in self.calls.symbols else ALWAYS]
        return [exported(one.name)] if one.name else []

    def _offers(self, one: Imported) -> bool:
        """Whether an import is of one of the packages, and no part of the program."""
        if one.level or not self.reaches(one.module):
            return False
        return not one.name or not self._inside(_dotted(one), self.path)

    def reaches(self, module: str) -> bool:
        """Whether a module is one of those packages, or a part of one."""
        package = module.partition(".")[0]
        return package in self.reaching.packages and not self._inside(module, self.path)


def _dotted(one: Imported) -> str:
    return f"{one.module}.{one.name}" if one.name else one.module
