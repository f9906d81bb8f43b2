"""A Finding: one rule's report about one place, with the edits that cure it or the reason there are none."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.findings.edits import Edit
from migrate.settings import Topic
from migrate.sources.place import Place

Safety: TypeAlias = Literal["safe", "review", "manual"]

SAFETIES: tuple[Safety, ...] = ("safe", "review", "manual")


def worst(safeties: tuple[Safety, ...] | list[Safety]) -> Safety:
    """The least trusting of ``safeties``; ``safe`` for none."""
    return max(safeties, key=SAFETIES.index, default="safe")


class FileEdit(msgspec.Struct, frozen=True, gc=False, order=True):
    """One edit in one file; in a notebook it is made in the cell of that number, where its lines count."""

    path: str
    edit: Edit
    cell: int | None = None
    # Here its lines count in the Python of the whole notebook, where the cell begins at this line.
    first: int = 1


class Finding(msgspec.Struct, frozen=True):
    """``rule`` at ``place``: ``message`` says what is wrong, ``cure`` what to do about it.

    ``edits`` is empty exactly where ``safety`` is ``manual``. ``calls`` are the ids of the call
    sites concerned. Findings with the same ``change`` belong together: applied all or none. A ``note``
    is worth knowing but nobody's fault: it does not fail a check.
    """

    rule: str
    stage: Topic
    place: Place
    message: str
    cure: str
    safety: Safety
    edits: tuple[FileEdit, ...] = ()
    calls: tuple[str, ...] = ()
    change: str = ""
    note: bool = False

    def touches(self, path: str) -> bool:
        """Whether it edits the file ``path``."""
        return any(edit.path == path for edit in self.edits)
