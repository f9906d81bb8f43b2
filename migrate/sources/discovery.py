"""Which files there are to look at under the paths a user named. Reads names, never contents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from migrate.sources.kinds import Kind, kind_of
from migrate.sources.rooting import place_of, root_of
from migrate.sources.searching import Search

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from migrate.sources.source import Outcome

PYTHON: tuple[Kind, ...] = ("python",)
_CODE: tuple[Kind, ...] = ("python", "notebook")


class Discovery(msgspec.Struct, frozen=True):
    """What was found: ``files`` relative to ``root``, with ``/``, sorted and each once.

    ``named`` are those of them that were given as files: they are taken as they are, even ignored,
    vendored or generated. ``outcomes`` tells what was passed over, a skipped folder once.
    """

    root: Path
    files: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    outcomes: tuple[Outcome, ...] = ()

    def of_kind(self, kind: Kind) -> tuple[str, ...]:
        """The files of one kind, sorted."""
        return tuple(path for path in self.files if kind_of(path) == kind)


def parted(everything: Discovery, docs: bool = False) -> tuple[Discovery, frozenset[str]]:
    """``everything`` with its Python files and notebooks alone, and with ``docs`` the documents, whose code
    blocks are Python too; and the files of other kinds. A file that was named and is of no known kind counts
    as Python."""
    kinds = {path: kind_of(path) for path in everything.files}
    python = tuple(
        path for path, kind in kinds.items() if kind in (*_CODE, None) or (docs and kind == "prose")
    )
    beside = frozenset(kinds).difference(python)
    return msgspec.structs.replace(everything, files=python, named=everything.named - beside), beside


def discover(
    paths: Sequence[Path], *, exclude: Sequence[str] = (), kinds: Collection[Kind] = PYTHON
) -> Discovery:
    """The files of ``kinds`` under ``paths`` (the current folder for none), less gitignore-style ``exclude``.

    The root is the work tree of the first path, or that folder, or the common folder of files; where
    a path lies outside, the common folder of all. A path that is a file is taken whatever its kind,
    unless ``exclude`` says otherwise. Never raises for what is on disk: it becomes an Outcome.
    """
    places = [place_of(path) for path in paths or (Path(),)]
    root = root_of(places)
    search = Search(root, frozenset(kinds), exclude)
    for place in places:
        search.place(place)
    search.follow_links()
    return Discovery(
        root=Path(root),
        files=tuple(sorted(search.files)),
        named=frozenset(search.named & search.files),
        outcomes=search.outcomes(),
    )
