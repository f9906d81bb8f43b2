"""Variables that files of the repository set: what ``.env.example`` or a deployment gives a model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from migrate.catalog.configuration import Configuration
from migrate.program.calls.callsite import Setting
from migrate.program.calls.setting import unset
from migrate.program.outside.documents import DocumentLoader
from migrate.program.solving.values import Origin
from migrate.sources.place import Place

_PLACEHOLDER = re.compile(
    r"(?i)your|xxx|<|change|replace|placeholder|\.\.\.|example|\{\{"
    r"|\A\[[a-z]+\(.*\]\Z"  # what Azure Resource Manager fills in: "[parameters('model')]"
)


class EnvironmentFiles:
    """The assignments of files, read when a variable is first asked for."""

    def __init__(self, loader: DocumentLoader, known: Configuration) -> None:
        """``known`` names the folders that hold what runs the code of the folder around them, and those whose
        files speak for themselves alone."""
        self._loader = loader
        self._deployment, self._samples = known.deployment_folders, known.sample_folders
        self._assignments: dict[str, list[tuple[Place, str]]] = {}

    def fill(self, setting: Setting) -> Setting:
        """``setting`` with the values that files give its variables; what they set is known as well as a
        default is. A file counts for code in its folder and below, and where its folder holds what deploys
        code, for that around it."""
        found: list[Origin] = []
        known: set[str] = set()
        for name in setting.environment:
            for place, value in self._of(name):
                chain = tuple(read for read in setting.reads if self._concerns(place.path, read.path))
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
        if name not in self._assignments:
            self._assignments[name] = [
                (Place(path, one.span), one.value)
                for path, one in self._loader.setting(name)
                if not _PLACEHOLDER.search(one.value)
            ]
        return self._assignments[name]

    def _concerns(self, path: str, reader: str) -> bool:
        """Whether what the file at ``path`` sets is there for the code in ``reader``."""
        folders = path.split("/")[:-1]
        first = next((index for index, one in enumerate(folders) if one in self._deployment), None)
        folders = folders[:first]
        samples = {one for one in folders if one in self._samples}
        return reader.split("/")[: len(folders)] == folders and samples <= set(reader.split("/"))
