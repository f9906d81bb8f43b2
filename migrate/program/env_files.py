"""Variables that environment files of the repository set: what ``.env.example`` gives a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from migrate.facts.expressions import Constant, Mapping
from migrate.program.callsite import Setting
from migrate.program.documents import DocumentLoader
from migrate.program.setting import unset
from migrate.program.values import Origin
from migrate.sources.place import Place

_PLACEHOLDER = re.compile(r"(?i)your|xxx|<|change|replace|placeholder|\.\.\.|example")


class EnvironmentFiles:
    """The assignments of environment files, read when a variable is first asked for."""

    def __init__(self, loader: DocumentLoader) -> None:
        self._loader = loader
        self._assignments: dict[str, list[tuple[Place, str]]] | None = None

    def fill(self, setting: Setting) -> Setting:
        """``setting`` with the values that environment files give its variables. A file counts for code in
        its folder and below; what it sets is known as well as a default is."""
        found: list[Origin] = []
        known: set[str] = set()
        for name in setting.environment:
            for place, value in self._of(name):
                chain = tuple(read for read in setting.reads if _concerns(place.path, read.path))
                if chain:
                    found.append(Origin(place, value, "env-file", chain[:1]))
                    known.add(unset(name))
        if not found:
            return setting
        values = tuple(dict.fromkeys((*setting.values, *(one.value for one in found))))
        why = tuple(one for one in setting.why if one not in known)
        origins = tuple(dict.fromkeys((*setting.origins, *found)))
        return replace(setting, values=values, complete=not why, origins=origins, why=why)

    def _of(self, name: str) -> Iterable[tuple[Place, str]]:
        if self._assignments is None:
            self._assignments = {}
            for key, place, value in self._read():
                self._assignments.setdefault(key, []).append((place, value))
        return self._assignments.get(name, ())

    def _read(self) -> Iterator[tuple[str, Place, str]]:
        for path in self._loader.environment_files():
            document = self._loader.document(path, "env")
            for key, value in document.entries if isinstance(document, Mapping) else ():
                if not isinstance(key, Constant) or not isinstance(value, Constant):
                    continue  # a secret
                text = value.value
                if isinstance(text, str) and text and not _PLACEHOLDER.search(text):
                    yield str(key.value), Place(path, value.span), text


def _concerns(path: str, reader: str) -> bool:
    """Whether the file at ``path`` stands in a folder above ``reader``, or beside it."""
    folder = path.rpartition("/")[0]
    return not folder or reader.startswith(f"{folder}/")
