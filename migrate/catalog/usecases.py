"""Use cases and what they are told by, and signs of latency, from rules/. Weighs nothing: the plan does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from migrate.catalog.documents import convert, read, unique

if TYPE_CHECKING:
    from pathlib import Path

Field: TypeAlias = Literal[
    "persona",
    "task",
    "prompt",
    "placeholder",
    "parameter",
    "named",
    "about",
    "code",
    "after",
    "import",
]
Side: TypeAlias = Literal["interactive", "background"]


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that speak for a use case where they stand in ``where``: in the prompt, in names, and so on.
    They are written in lower case; what is not ASCII is looked for inside of words too."""

    where: Field
    words: frozenset[str]
    weight: float


class UseCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of use. ``kinds`` are kinds of calls that can be nothing else. A ``guarded`` one is claimed on
    strong evidence only, and doubted everywhere else where some of it is seen. ``yields`` names the use
    cases that win where both are seen."""

    id: str
    title: str
    advice: str
    source: str
    features: tuple[Feature, ...] = ()
    kinds: frozenset[str] = frozenset()
    guarded: bool = False
    yields: tuple[str, ...] = ()


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How features are weighed.

    From a score of ``clear`` on a use case is clear, if the next one has so much less: ``margin``, and
    ``lead`` as a share of it; from ``told`` on where the call's own prompts are seen, from ``alone`` on where
    none is and only a name says it.
    ``guarded`` is the same for guarded ones, ``doubt`` the score of one that makes any other unclear,
    as ``in_file`` do, so many different words and so many in all of that weight in the file of the call.
    ``spread``: where one in so many prompts says something, that counts whole.
    ``named`` is what a weight is worth by whose name says it, ``most_named`` what all names together are,
    ``most_around`` where the function's own is not among them.
    """

    named: Mapping[str, float]
    most_named: float
    most_around: float
    clear: float
    told: float
    margin: float
    lead: float
    alone: float
    guarded: float
    doubt: float
    in_file: tuple[int, int]
    spread: float


class UseCases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table. ``aliases`` are other words that a comment may use for an id, ``polite`` words that
    say nothing at the beginning of a sentence, ``personas`` what a role is introduced by, ``noise`` what
    names have because of the API, ``noise_names`` names that say nothing by themselves, ``returned`` what
    code says that sends the answers of tools back."""

    scale: Scale
    polite: tuple[str, ...]
    personas: tuple[str, ...]
    noise: tuple[str, ...]
    noise_names: frozenset[str]
    returned: frozenset[str]
    use_case: tuple[UseCase, ...]
    source: str
    checked: date
    aliases: Mapping[str, str] = {}

    def get(self, word: str) -> UseCase | None:
        """The use case that ``word`` means, whatever its case."""
        name = word.strip().lower().replace("_", "-")
        name = self.aliases.get(name, name)
        return next((one for one in self.use_case if one.id == name), None)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.use_case)


class LatencySign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``names`` of a kind of thing that say how long an answer may take; ``says`` puts it in words.

    ``package``, ``symbol`` and ``written`` look at decorators, base classes, types of parameters and what a
    function is handed to (``on`` narrows that): by its top package, its whole name, or its last word where
    nothing more is known; ``last`` narrows a package to names that end so. ``loop``: only where the call
    stands in a loop.
    """

    what: Literal["package", "symbol", "written", "import", "call", "path", "function"]
    names: frozenset[str]
    side: Side
    weight: float
    says: str
    on: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    loop: bool = False


class LatencySigns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All signs, and the weight from which a side is believed. Of it are left at each level of callers
    ``fading``, and ``blurring`` where names and calls in a function say it."""

    believed: float
    fading: float
    blurring: float
    sign: tuple[LatencySign, ...]
    source: str
    checked: date


def read_use_cases(path: Path) -> UseCases:
    """The use cases. Raises CatalogError."""
    found = convert(read(path), UseCases, path)
    unique(((one.id, one, path) for one in found.use_case), "use case")
    return found


def read_latency(path: Path) -> LatencySigns:
    """The signs of latency. Raises CatalogError."""
    return convert(read(path), LatencySigns, path)
