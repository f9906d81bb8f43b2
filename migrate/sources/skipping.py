"""Which folders and files are passed over although they lie under a named path, and in which words.

Decides by name alone; what a file says of itself (``@generated``) is seen when it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.sources.patterns import matcher
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


# Made by tools and never a place of sources: these are left out without a word.
# fmt: off
_QUIET = frozenset((
    ".git", ".hg", ".svn", "__pycache__", ".eggs", ".hypothesis", ".ipynb_checkpoints",
    ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".tox",
))
# fmt: on
_ENVIRONMENT = "virtual environment"
_INSTALLED = "installed packages"
_VENDORED = "vendored code"
_FOLDERS = {
    ".venv": _ENVIRONMENT,
    "venv": _ENVIRONMENT,
    "node_modules": _INSTALLED,
    "site-packages": _INSTALLED,
    "__pypackages__": _INSTALLED,
    "vendor": _VENDORED,
    "vendored": _VENDORED,
    "_vendor": _VENDORED,
    "_vendored": _VENDORED,
    "third_party": _VENDORED,
}
_GENERATED = ("_pb2.py", "_pb2_grpc.py")
ENVIRONMENT_MARK = "pyvenv.cfg"
_PROJECT_MARKS = frozenset(("pyproject.toml", "setup.py", "setup.cfg"))
_BUILD_OUTPUT = frozenset(("build", "dist"))


def is_build_output(name: str, beside: Collection[str]) -> bool:
    """Whether a folder called ``name`` holds what a build of the project ``beside`` it left."""
    return name in _BUILD_OUTPUT and not _PROJECT_MARKS.isdisjoint(beside)


class Skipping:
    """Answers for one root, and collects what was passed over: a skipped folder once."""

    def __init__(self, exclude: Sequence[str]) -> None:
        self.outcomes: set[Outcome] = set()
        self._excluded = matcher(exclude) if exclude else None
        self._known: dict[tuple[str, str], bool] = {}

    def folder(self, relative: str, reason: str = "") -> bool:
        """Whether the folder is passed over: for ``reason`` where one is given, else by its name."""
        name = relative.rpartition("/")[2]
        if name in _QUIET:
            return True
        reason = reason or _FOLDERS.get(name, "")
        if reason:
            return self.add(relative, f"{reason}; name it as a path to include it")
        return self.excluded(relative + "/")

    def environment(self, relative: str, top: str) -> None:
        """Note that a folder below ``top`` is a virtual environment, by the file it holds."""
        if relative != top:
            self._known[top, relative] = self.folder(relative, _ENVIRONMENT)

    def under(self, relative: str, top: str) -> bool:
        """Whether a folder, or one above it and below ``top``, is passed over. Remembers its answers."""
        if relative == top:
            return False
        known = self._known.get((top, relative))
        if known is None:
            known = self.under(relative.rpartition("/")[0], top) or self.folder(relative)
            self._known[top, relative] = known
        return known

    def file(self, relative: str) -> bool:
        """Whether the file is passed over by its name."""
        if relative.endswith(_GENERATED):
            return self.add(relative, "generated code; name it as a path to include it")
        return self._excluded is not None and self.excluded(relative)

    def excluded(self, relative: str) -> bool:
        """Whether a pattern of the settings excludes this; a folder ends with ``/``."""
        if self._excluded is None or not self._excluded(relative):
            return False
        return self.add(relative.rstrip("/"), "excluded by the settings; change exclude to include it")

    def add(self, relative: str, reason: str) -> bool:
        """Note that ``relative`` is skipped; true, so that a caller can return it."""
        self.outcomes.add(Outcome(relative or ".", "skipped", reason))
        return True
