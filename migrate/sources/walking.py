"""Lists a folder without git: .gitignore files are respected, links and other work trees not entered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from migrate.sources.ignoring import Ignore, ignore_above, ignore_of
from migrate.sources.kinds import kind_of
from migrate.sources.listing import Listing
from migrate.sources.skipping import ENVIRONMENT_MARK, is_build_output

if TYPE_CHECKING:
    from collections.abc import Collection

    from migrate.sources.kinds import Kind
    from migrate.sources.skipping import Skipping


class _Visit(msgspec.Struct, frozen=True):
    """A folder still to be listed; ``relative`` to the root, ``""`` for the root itself."""

    relative: str
    ignore: Ignore | None


def walk(root: str, top: str, kinds: Collection[Kind], skipping: Skipping, *, ignoring: bool) -> Listing:
    """The files of ``kinds`` under ``top`` (relative to ``root``); unlike git's listing, what ``skipping``
    passes over is pruned already. With ``ignoring``, .gitignore files count from ``root`` down."""
    ignore = ignore_above(root, top) if ignoring else None
    if ignore and top and ignore.ignored(top + "/"):  # but it was named
        ignoring, ignore = False, None
    walker = _Walker(root, top, kinds, skipping, ignoring)
    pending = [_Visit(top, ignore)]
    while pending:
        pending.extend(walker.visit(pending.pop()))
    return walker.listing()


class _Walker:
    def __init__(
        self, root: str, top: str, kinds: Collection[Kind], skipping: Skipping, ignoring: bool
    ) -> None:
        self._root, self._top, self._kinds = root, top, kinds
        self._skipping, self._ignoring = skipping, ignoring
        self._files: list[str] = []
        self._links: list[str] = []
        self._repositories: list[str] = []
        self._unreadable: list[str] = []

    def listing(self) -> Listing:
        """What was found, relative to the top."""
        cut = len(self._top) + 1 if self._top else 0

        def relative(paths: list[str]) -> tuple[str, ...]:
            return tuple(path[cut:] for path in paths)

        return Listing(
            files=relative(self._files),
            links=relative(self._links),
            repositories=relative(self._repositories),
            unreadable=relative(self._unreadable),
        )

    def visit(self, folder: _Visit) -> list[_Visit]:
        """List one folder; returns those in it that are to be listed too."""
        path = os.path.join(self._root, folder.relative)  # noqa: PTH118 - strings, for speed
        try:
            with os.scandir(path) as entries:
                found = {entry.name: entry for entry in entries}
        except OSError:
            self._unreadable.append(folder.relative)
            return []
        if folder.relative != self._top and self._is_closed(folder.relative, found):
            return []
        ignore = folder.ignore
        if self._ignoring and ".gitignore" in found:
            ignore = ignore_of(found[".gitignore"].path, folder.relative, ignore)
        prefix = folder.relative + "/" if folder.relative else ""
        return [
            _Visit(prefix + name, ignore)
            for name, entry in found.items()
            if self._is_open(entry, prefix + name, ignore, found)
        ]

    def _is_closed(self, relative: str, found: Collection[str]) -> bool:
        """Whether what lies in a folder says that it is not to be entered."""
        if ".git" in found:
            self._repositories.append(relative)
            return True
        if ENVIRONMENT_MARK in found:
            self._skipping.environment(relative, self._top)
            return True
        return False

    def _is_open(
        self, entry: os.DirEntry[str], relative: str, ignore: Ignore | None, beside: Collection[str]
    ) -> bool:
        """Whether an entry is a folder to list; notes files and links on the way."""
        if entry.is_symlink():
            if not (ignore and ignore.ignored(relative)):
                self._links.append(relative)
        elif entry.is_dir():
            if ignore and ignore.ignored(relative + "/"):
                return False
            reason = "build output" if is_build_output(entry.name, beside) else ""
            return not self._skipping.folder(relative, reason)
        elif kind_of(relative) in self._kinds and not (ignore and ignore.ignored(relative)):
            self._note(entry, relative)
        return False

    def _note(self, entry: os.DirEntry[str], relative: str) -> None:
        if entry.is_file():
            self._files.append(relative)
        else:
            self._skipping.add(relative, "not a file but a FIFO, socket or device")
