"""The oldest openai version that a project allows, as its own files declare it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.sources.kinds import kind_of

if TYPE_CHECKING:
    from migrate.program.linking.repository import Repository

_FILES = ("pyproject.toml", "setup.cfg", "setup.py", "Pipfile")
# openai==1.3.0 · "openai>=1.0,<2" · openai = "^1.3" · openai[datalib] ~= 1.2
_REQUIREMENT = re.compile(
    r"""(?m)(?:^|["'\s])openai(?:\[[^\]]*\])?["']?\s*(?P<pin>(?:=\s*["']|\(|)\s*[<>=~!^0-9][^"'\n;#)]*)""",
    re.IGNORECASE,
)
_LOWER = re.compile(r"(?:==|>=|~=|\^|~|^|=)\s*v?(\d+(?:\.\d+)*)")


def read_requirements(repository: Repository, packages: Collection[str], paths: Collection[str]) -> None:
    """Reads those of ``paths`` that declare openai, tiktoken or one of ``packages``, whose versions count."""
    wanted = frozenset(path for path in paths if kind_of(path) in ("dependencies", "deployment"))
    words = {name.partition("-")[0].encode() for name in ("openai", "tiktoken", *packages)} if wanted else ()
    for path in sorted({path for word in words for path in repository.holding(word, wanted)}):
        repository.written(path)


class Declared:
    """Requirements by folder; each folder is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[str, str | None] = {}

    def openai(self, path: str) -> str | None:
        """The lowest openai version that the project of the file ``path`` allows; None if it says none.

        The nearest folder above the file that states a bound decides; where several of its files do,
        the lowest bound counts, because the code has to run with it.
        """
        return self._of_folder(path.rpartition("/")[0])

    def _of_folder(self, folder: str) -> str | None:
        if folder not in self._folders:
            own = [bound for text in _texts(self._root / folder) for bound in _bounds(text)]
            found = min(own, key=_numbers, default=None)
            if found is None and folder:
                found = self._of_folder(folder.rpartition("/")[0])
            self._folders[folder] = found
        return self._folders[folder]


def _texts(folder: Path) -> Iterator[str]:
    for path in (*_declaring(folder), *_declaring(folder / "requirements", everything=True)):
        with suppress(OSError):
            yield path.read_text(encoding="utf-8", errors="replace")


def _declaring(folder: Path, *, everything: bool = False) -> list[Path]:
    """The files of ``folder`` that declare requirements; ``everything``: all its text files do."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
    texts = [
        name for name in names if name.endswith(".txt") and (everything or name.startswith("requirements"))
    ]
    return [folder / name for name in (*texts, *(name for name in names if name in _FILES))]


def _bounds(text: str) -> Iterable[str]:
    for match in _REQUIREMENT.finditer(text):
        pins = [part.strip(" =\"'(") for part in match["pin"].split(",")]
        for pin, written in zip(pins, match["pin"].split(","), strict=True):
            bare = written.strip(" \"'(")
            if bare.startswith(("<", "!", ">")) and not bare.startswith(">="):
                continue
            lower = _LOWER.search(bare)
            if lower and pin:
                yield lower[1]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
