"""The files of a repository that set environment variables, found when one is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from migrate.program.linking.importers import Numbering, Words
from migrate.program.outside.terraform import TerraformValues
from migrate.sources.assignments import Assignment, assignments
from migrate.sources.discovery import discover
from migrate.sources.kinds import SETTING


class VariableFiles:
    """Those below ``root`` that git does not ignore; ``text`` reads one."""

    def __init__(
        self, root: Path, numbering: Numbering, words: Words, text: Callable[[str], str | None]
    ) -> None:
        self._root = root
        self._numbering = numbering
        self._words = words
        self._text = text
        self._files: int | None = None
        self._terraform = TerraformValues(self._holding, text)

    def setting(self, name: str) -> Iterable[tuple[str, Assignment]]:
        """(path, assignment) wherever one of them sets ``name``."""
        for path in sorted(self._holding(name.encode("utf-8", "surrogatepass"))):
            for one in assignments(path, self._text(path) or ""):
                if one.name == name:
                    yield path, one
            if path.endswith((".tf", ".hcl")):
                yield from self._terraform.of(path, name)

    def _holding(self, word: bytes) -> Iterable[str]:
        if self._files is None:
            found = discover((self._root,), kinds=SETTING)
            self._files = self._numbering.together(found.files if found.root == self._root else ())
        return self._numbering.paths(self._words.holding(word, self._files))
