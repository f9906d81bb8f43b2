"""How files stand with git: committed, staged, changed or new. Reads only, and runs nothing that the
repository's configuration names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from migrate.sources.git import ask_git, git_folder
from migrate.sources.rooting import git_top, inside, relative_to

# ``outside``: not under git's care (no repository, or ignored); ``unknown``: git would not say.
Standing: TypeAlias = Literal["clean", "staged", "modified", "untracked", "outside", "unknown"]

_STATUS = ("status", "--porcelain=v2", "-z", "--untracked-files=all", "--ignored", "--no-renames")
_BATCH = 20_000  # characters of names a call; Windows takes no more than 32,000
_FIELDS = {"1": 8, "u": 10}  # fields before the path of an entry


def standings(root: Path, paths: Iterable[str]) -> dict[str, Standing]:
    """How each of ``paths``, relative to ``root``, stands with the repository that it lies in.

    A symlink stands as the file that it leads to.
    """
    found: dict[str, Standing] = {}
    tops: dict[str, dict[str, list[str]]] = {}
    for path in paths:
        place = os.path.realpath(root / path)
        top = git_top(os.path.dirname(place))  # noqa: PTH120 - rooting's own kind of names
        if top is None:
            found[path] = "outside"
        else:
            tops.setdefault(top, {}).setdefault(relative_to(top, place), []).append(path)
    for top, names in tops.items():
        known = _standings(top, list(names))
        for name, asked in names.items():
            found.update(dict.fromkeys(asked, known.get(name, "clean") if known is not None else "unknown"))
    return found


def _standings(top: str, names: Sequence[str]) -> dict[str, Standing] | None:
    """How those of ``names`` stand that are not clean; None where git will not say."""
    filters = _without_filters(top)
    if filters is None:
        return None
    found: dict[str, Standing] = {}
    for batch in _batches(names):
        options = ("-c", f"core.hooksPath={os.devnull}", *filters, "--literal-pathspecs")
        rest = ("--ignore-submodules=all", "--", *batch)
        done = ask_git(top, *options, *_STATUS, *rest, variables=_index_of_the_hook(top))
        if done is None or done.returncode != 0:
            return None
        found.update(_entries(os.fsdecode(done.stdout)))
    return found


def _entries(output: str) -> Iterator[tuple[str, Standing]]:
    """(path, standing) of each entry: ``1 XY ... path`` with the index in X and the file in Y."""
    for entry in output.split("\0"):
        kind = entry[:1]
        if kind in _FIELDS:
            fields = entry.split(" ", _FIELDS[kind])
            staged_only = kind == "1" and fields[1][1] == "."
            yield fields[-1], "staged" if staged_only else "modified"
        elif kind in "?!" and kind:
            yield entry[2:], "untracked" if kind == "?" else "outside"


def _without_filters(top: str) -> list[str] | None:
    """Options that switch off every filter: to compare a file, git would run the program that one names."""
    done = ask_git(top, "config", "--null", "--name-only", "--get-regexp", r"^filter\.")
    if done is None or done.returncode not in (0, 1):
        return None
    options: list[str] = []
    for key in os.fsdecode(done.stdout).split("\0"):
        if "=" in key:  # -c could not name it
            return None
        if key:
            value = "false" if key.endswith(".required") else ""
            options += ["-c", f"{key}={value}"]
    return options


def _index_of_the_hook(top: str) -> dict[str, str]:
    """``git commit -a`` gives its hooks an index of their own; it counts where it is this repository's."""
    given, folder = os.environ.get("GIT_INDEX_FILE"), git_folder(Path(top))
    if not given or folder is None:
        return {}
    place = os.path.realpath(Path(top) / given)
    return {"GIT_INDEX_FILE": place} if inside(str(folder), place) else {}


def _batches(names: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for name in names:
        if batch and size + len(name) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += len(name) + 1
    if batch:
        yield batch
