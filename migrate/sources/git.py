"""Asks git about a work tree that nobody vouches for: no program, hook or server that its configuration
names is started. Also finds the git folder, by reading files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from subprocess import CompletedProcess

# A repository's own configuration can name a program to watch its files; and nothing may be fetched.
PROGRAM = "git"
SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
# Set inside hooks; they would make git look at another folder than the one it runs in.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_POINTER = "gitdir:"


def ask_git(
    folder: str, *arguments: str, variables: Mapping[str, str] | None = None
) -> CompletedProcess[bytes] | None:
    """What ``git ARGUMENTS`` says in ``folder``; None where git cannot be started. ``arguments`` may begin
    with more of git's own options, and must only read."""
    return run_git(folder, *SAFE, *arguments, variables={**_QUIET, **(variables or {})})


def run_git(
    folder: str, *arguments: str, variables: Mapping[str, str] | None = None, given: bytes | None = None
) -> CompletedProcess[bytes] | None:
    """Runs git as the user would, hooks and configuration included; ``given`` is its input. None where git
    cannot be started."""
    import subprocess

    kept = {key: value for key, value in os.environ.items() if key not in _MISLEADING}
    try:
        return subprocess.run(
            (PROGRAM, *arguments),
            cwd=folder,
            env={**kept, **(variables or {})},
            input=given or b"",
            capture_output=True,
            check=False,
        )
    except OSError:
        return None


def git_folder(work_tree: Path) -> Path | None:
    """The folder in which git keeps what belongs to ``work_tree``; None where there is none.

    For a linked work tree or a submodule, ``.git`` is a file that names it.
    """
    place = work_tree / ".git"
    try:
        if place.is_file():
            text = place.read_text(encoding="utf-8", errors="surrogateescape")
            if not text.startswith(_POINTER):
                return None
            place = work_tree / text[len(_POINTER) :].strip()
        # A file may point anywhere; only what looks like git's own is taken for it.
        return place.resolve() if (place / "HEAD").is_file() else None
    except OSError:
        return None
