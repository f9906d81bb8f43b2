"""What .gitignore files say, for folders that git does not list. An ignored folder is not entered."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignore:
    """The patterns of one .gitignore, and the ``outer`` ones of the folders above it."""

    __slots__ = ("_cut", "_outer", "_spec")

    def __init__(self, spec: GitIgnoreSpec, folder: str, outer: Ignore | None) -> None:
        self._spec = spec
        self._cut = len(folder) + 1 if folder else 0
        self._outer = outer

    def ignored(self, relative: str) -> bool:
        """Whether a path (relative to the root; a folder ends with ``/``) is ignored: inner files win."""
        level: Ignore | None = self
        while level is not None:
            include = level._spec.check_file(relative[level._cut :]).include
            if include is not None:
                return include
            level = level._outer
        return False


def ignore_of(file: str, folder: str, outer: Ignore | None) -> Ignore | None:
    """``outer`` with the patterns of a .gitignore in ``folder`` put before it; unreadable is empty."""
    try:
        lines = Path(file).read_text("utf-8", "replace").split("\n")
    except OSError:
        return outer
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    return Ignore(_spec(lines), folder, outer) if lines else outer


def ignore_above(root: str, top: str) -> Ignore | None:
    """The patterns that hold where a walk starts: those of ``root`` and of the folders down to ``top``,
    the last excepted, because the walk reads that one itself."""
    ignore = ignore_of(os.path.join(root, ".git", "info", "exclude"), "", None)  # noqa: PTH118
    folder, *rest = ("", *top.split("/")) if top else ("",)
    for name in rest:
        ignore = ignore_of(os.path.join(root, folder, ".gitignore"), folder, ignore)  # noqa: PTH118
        folder = f"{folder}/{name}" if folder else name
    return ignore


def _spec(lines: list[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:  # one bad line must not undo the others; git passes over it too
        return GitIgnoreSpec.from_lines([line for line in lines if _is_valid(line)])


def _is_valid(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
