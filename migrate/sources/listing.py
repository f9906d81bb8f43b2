"""Names of the files of a git work tree, from one call of git. Nothing is executed from the repository."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import msgspec

from migrate.sources.git import ask_git
from migrate.sources.rooting import relative_to

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIST = ("ls-files", "-z", "-t", "--stage", "--cached", "--deleted", "--others", "--exclude-standard")
_UNREADABLE = re.compile(r"could not open directory '(.*?)/?'")
_LINK, _SUBMODULE = "120000", "160000"


class Listing(msgspec.Struct, frozen=True):
    """What lies under one folder; paths are relative to it, with ``/``, each once.

    ``links`` are symlinks, to files or folders. ``unsure`` are files that may be symlinks or missing:
    git has not looked at them. ``repositories`` are nested work trees, not entered; ``unreadable`` are
    folders that could not be listed.
    """

    files: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def git_listing(folder: str, work_tree: str) -> Listing | None:
    """What git tracks or would track under ``folder`` of ``work_tree``; None where git is missing or refuses.

    Deleted files are left out, ignored ones too; submodules and nested work trees are not entered.
    """
    done = ask_git(folder, *_LIST)
    if done is None or done.returncode != 0:
        return None
    # Warnings name folders relative to the work tree, the list relative to the folder it runs in.
    above = "" if folder == work_tree else relative_to(work_tree, folder) + "/"
    unreadable = _UNREADABLE.findall(os.fsdecode(done.stderr))
    return _listing(os.fsdecode(done.stdout), [path.removeprefix(above) for path in unreadable])


def _listing(output: str, unreadable: list[str]) -> Listing:
    # As keys, because a file in conflict is listed once a side.
    files: dict[str, None] = {}
    links: dict[str, None] = {}
    unsure: dict[str, None] = {}
    repositories: dict[str, None] = {}
    deleted = set()
    for tag, mode, path in _entries(output):
        if tag == "R":
            deleted.add(path)
        elif path.endswith("/") or mode == _SUBMODULE:
            repositories[path.rstrip("/")] = None
        elif mode == _LINK:
            links[path] = None
        elif tag in "?S":
            unsure[path] = None
        else:
            files[path] = None

    def kept(paths: dict[str, None]) -> tuple[str, ...]:
        return tuple(path for path in paths if path not in deleted)

    return Listing(kept(files), kept(links), kept(unsure), kept(repositories), tuple(unreadable))


def _entries(output: str) -> Iterator[tuple[str, str, str]]:
    """(tag, mode, path) of each entry: ``H 100644 <id> 0<TAB>path``, and for untracked files ``? path``."""
    for entry in output.split("\0"):
        if entry.startswith("? "):
            yield "?", "", entry[2:]
        elif entry:
            head, _, path = entry.partition("\t")
            yield head[0].upper(), head[2:8], path
