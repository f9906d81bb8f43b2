"""The search behind ``discover``: collects files, folder by folder, and settles symlinks at the end."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from migrate.sources.kinds import kind_of
from migrate.sources.linking import refusal
from migrate.sources.rooting import git_top, inside, relative_to
from migrate.sources.skipping import ENVIRONMENT_MARK, Skipping
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from migrate.sources.kinds import Kind
    from migrate.sources.listing import Listing


class Search:
    """Files found under ``root``; all paths are relative to it, with ``/``."""

    def __init__(self, root: str, kinds: frozenset[Kind], exclude: Sequence[str]) -> None:
        self.files: set[str] = set()
        self.named: set[str] = set()
        self._root, self._kinds, self._skipping = root, kinds, Skipping(exclude)
        self._links: set[str] = set()
        self._failed: set[Outcome] = set()

    def outcomes(self) -> tuple[Outcome, ...]:
        """What was passed over or could not be listed, sorted."""
        return tuple(sorted(self._skipping.outcomes | self._failed))

    def place(self, place: str) -> None:
        """Take one path that was named: absolute, its folder without symlinks."""
        relative = relative_to(self._root, place)
        try:
            mode = os.lstat(place).st_mode
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            self._fail(relative, "not found; correct the path" if missing else f"{error.strerror}")
            return
        if not inside(self._root, place):
            self._skipping.add(relative, "on another drive than the first path; run repoint there on its own")
        elif stat.S_ISDIR(mode):
            self._folder(relative)
        elif not self._skipping.excluded(relative) and self._is_speakable(relative):
            self.named.add(relative)
            (self._links if stat.S_ISLNK(mode) else self.files).add(relative)

    def follow_links(self) -> None:
        """Decide on the symlinks, once all files are known: a file is seen once, under its own name."""
        seen = {path: path for path in self.files}
        for link in sorted(self._links):
            is_named = link in self.named
            is_wanted = is_named or kind_of(link) in self._kinds
            if is_wanted and not is_named and self._skipping.file(link):
                continue
            reason = refusal(self._root, link, seen, is_wanted=is_wanted, is_named=is_named)
            if reason is None:
                self.files.add(link)
            elif reason:
                self._skipping.add(link, reason)

    def _folder(self, top: str) -> None:
        if top and self._skipping.excluded(top + "/"):
            return
        listing, is_work_tree = self._listed(top)
        prefix = top + "/" if top else ""
        for path in listing.unreadable:
            self._fail(prefix + path, "no permission to list the folder; allow it or exclude it")
        for path in (*listing.files, *listing.unsure):
            if path.endswith(ENVIRONMENT_MARK):
                self._skipping.environment((prefix + path).rpartition("/")[0], top)
        self.files.update(self._wanted(listing.files, prefix, top))
        self._links.update(path for path in map(prefix.__add__, listing.links) if self._is_open(path, top))
        self._look_at(self._wanted(listing.unsure, prefix, top))
        for path in listing.repositories:
            self._repository(prefix + path, top, is_work_tree)

    def _listed(self, top: str) -> tuple[Listing, bool]:
        """The names under a folder, and whether it belongs to a work tree."""
        from migrate.sources.listing import Listing, git_listing
        from migrate.sources.walking import walk

        folder = os.path.join(self._root, top) if top else self._root  # noqa: PTH118
        work_tree = git_top(folder)
        listing = git_listing(folder, work_tree) if work_tree else None
        # A named folder of which git knows nothing at all is ignored as a whole; but it was named.
        is_ignored = listing == Listing() and folder != work_tree
        if listing is None or is_ignored:
            listing = walk(self._root, top, self._kinds, self._skipping, ignoring=not is_ignored)
        return listing, work_tree is not None

    def _repository(self, relative: str, top: str, is_nested: bool) -> None:
        """A work tree below a named folder is its own project, unless the folder only collects such."""
        if not self._is_open(relative, top):
            return
        if is_nested:
            self._skipping.add(relative, "a repository of its own; name it as a path to include it")
        else:
            self._folder(relative)

    def _wanted(self, paths: Iterable[str], prefix: str, top: str) -> list[str]:
        found = [prefix + path for path in paths if kind_of(path) in self._kinds]
        return [
            path
            for path in found
            if self._is_open(path, top) and not self._skipping.file(path) and self._is_speakable(path)
        ]

    def _is_open(self, path: str, top: str) -> bool:
        return not self._skipping.under(path.rpartition("/")[0], top)

    def _is_speakable(self, path: str) -> bool:
        """Whether a name can be written into a report: on POSIX it need not be UTF-8."""
        if path.isascii() or path.encode("utf-8", "replace").decode() == path:
            return True
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        return not self._skipping.add(shown, "its name is not UTF-8; rename it")

    def _look_at(self, paths: Iterable[str]) -> None:
        for path in paths:
            try:
                mode = os.lstat(f"{self._root}{os.sep}{path}").st_mode
            except OSError:
                continue  # outside a sparse checkout, or gone since git listed it
            (self._links if stat.S_ISLNK(mode) else self.files).add(path)

    def _fail(self, path: str, reason: str) -> None:
        self._failed.add(Outcome(path.rstrip("/") or ".", "failed", reason))
