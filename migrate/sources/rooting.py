"""Where the named paths lie and which folder they are relative to. Starts no program: pre-commit waits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Strings and os.path throughout: this runs once a file on the pre-commit path.
# ruff: noqa: PTH100, PTH110, PTH112, PTH114, PTH118, PTH119, PTH120


def place_of(path: Path) -> str:
    """Where a named path is: absolute and free of symlinks, but for a file that itself is one."""
    absolute = os.path.abspath(path)
    if os.path.isdir(absolute):
        return os.path.realpath(absolute)
    folder, name = os.path.split(absolute)
    return os.path.join(os.path.realpath(folder), name)


def root_of(places: Sequence[str]) -> str:
    """The work tree of the first place, or that folder, or the common folder of files.

    Where a place lies outside of that, the common folder of all; a place that is not there has no say.
    """
    there = [place for place in places if os.path.lexists(place)] or list(places)
    folders = [_folder(place) for place in there]
    root = git_top(folders[0])
    if root is None:
        root = folders[0] if os.path.isdir(there[0]) else _common(folders)
    return root if all(inside(root, place) for place in there) else _common([root, *folders])


def git_top(folder: str) -> str | None:
    """The work tree that ``folder`` (absolute) lies in: the nearest folder upwards with a ``.git``."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def package_at(root: Path) -> str:
    """The dotted name of the folder ``root`` where it is a package itself; empty for anything else."""
    folder = os.path.realpath(root)
    names: list[str] = []
    while os.path.exists(os.path.join(folder, "__init__.py")) and os.path.basename(folder):
        folder, name = os.path.split(folder)
        names.append(name)
    return ".".join(reversed(names))


def inside(root: str, place: str) -> bool:
    """Whether ``place`` is ``root`` or lies under it; both absolute."""
    return place == root or place.startswith(root.rstrip(os.sep) + os.sep)


def relative_to(root: str, place: str) -> str:
    """``place`` as reports name it: relative to ``root``, with ``/``; whole where it lies outside."""
    if inside(root, place):
        place = place[len(root) :].lstrip(os.sep)
    return place.replace(os.sep, "/")


def _folder(place: str) -> str:
    is_folder = os.path.isdir(place) and not os.path.islink(place)
    return place if is_folder else os.path.dirname(place)


def _common(folders: list[str]) -> str:
    try:
        return os.path.commonpath(folders)
    except ValueError:  # two drives
        return folders[0]
