"""Which requirements stand for which code: a project of its own in a folder says nothing of code elsewhere.
It reads paths and requirements, and changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from migrate.rewrite.stages.dependencies.requirements import requirements
from migrate.sources.kinds import kind_of
from migrate.sources.testfiles import is_test

if TYPE_CHECKING:
    from migrate.rewrite.stages.dependencies.needs import Need
    from migrate.sources.source import Source

_PACKAGE = "openai"
_PROJECTS = ("pyproject.toml", "setup.py", "setup.cfg", "Pipfile")


class Scope:
    """The requirements in ``sources``, by path, and the files ``calling`` models, each with a package through
    which it does."""

    def __init__(self, sources: Mapping[str, Source], calling: Collection[tuple[str, str]]) -> None:
        self._sources = sources
        self._calling = calling
        self._declaring: dict[str, list[str]] = {}

    def needed_by(self, path: str, needs: Collection[Need]) -> list[Need]:
        """Those of ``needs`` that the requirements in the file ``path`` have to meet: those of code below it,
        and all where nothing says that they are for other code."""
        return [one for one in needs if self._stands_for(path, one)]

    def _stands_for(self, path: str, need: Need) -> bool:
        folder = _folder(path)
        if not need.path or need.path.startswith(folder) or kind_of(path) == "deployment" or is_test(path):
            return True
        used = {package for one, package in self._calling if one.startswith(folder)}
        if not used:
            return True
        if need.package == _PACKAGE and _PACKAGE not in used:
            return False  # named for a framework of that code, which may not run on another
        project = path.rpartition("/")[2] in _PROJECTS
        return not project and not self._is_declared(need)

    def _is_declared(self, need: Need) -> bool:
        """Whether requirements above the code that needs it name the package."""
        if need.package not in self._declaring:
            self._declaring[need.package] = [
                _folder(path)
                for path, one in self._sources.items()
                if any(requirements(path, one.text, need.package))
            ]
        return any(need.path.startswith(folder) for folder in self._declaring[need.package])


def _folder(path: str) -> str:
    """The folder that a file of requirements is for, with a slash; that above a folder of requirements."""
    parts = path.split("/")[:-1]
    if parts and parts[-1].startswith("requirement"):
        parts.pop()
    return "".join(f"{one}/" for one in parts)
