"""What stands beside a raised requirement and does not go with it. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from migrate.rewrite.stages.dependencies.requirements import ends_below, pinned, requirements
from migrate.rewrite.stages.params.late_parameters import version

if TYPE_CHECKING:
    from migrate.rewrite.stages.dependencies.needs import Need
    from migrate.sources.source import Source

_PACKAGE = "openai"
_MOST = 3


class Beside:
    """The requirements of ``sources``, by path. ``users`` are packages that call openai 0.x themselves, each
    with the release from which on they call ``floor``, the first of 1.x, and newer."""

    def __init__(self, sources: Mapping[str, Source], users: Mapping[str, str], floor: str) -> None:
        self._sources = sources
        self._users = users
        self._floor = floor

    def doubts(self, path: str, need: Need) -> Iterator[str]:
        """Why what ``need`` asks for, raised in the file ``path``, may not install or run."""
        since = self._users.get(need.package)
        if need.package == _PACKAGE and version(need.floor) >= version(self._floor):
            for name, first in self._users.items():
                for found in self._old(path, name, first):
                    yield f"{found} calls openai 0.x itself, and has to become {first} or newer with it"
        elif since is not None and version(need.floor) >= version(since):
            for found in self._old(path, _PACKAGE, self._floor):
                yield f"{need.package} {need.floor} needs openai {self._floor} or newer, and there is {found}"
        yield from self._family(path, need)

    def _family(self, path: str, need: Need) -> Iterator[str]:
        """What the same file holds to one version, of the packages that go with the one that is raised."""
        families = (need.package.partition("-")[0], *([_PACKAGE] if need.package != _PACKAGE else []))
        every = (one for name in families for one in pinned(self._sources[path].text, name))
        found = [one for one in every if one.partition("=")[0].strip().lower() != need.package.lower()]
        if found:
            more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
            yield f"{', '.join(found[:_MOST])}{more} may have to rise with it"

    def _old(self, path: str, package: str, first: str) -> Iterator[str]:
        """The requirement of ``package`` beside ``path``, above or below it, that ends before ``first``."""
        folder = _folder(path)
        for other, source in sorted(self._sources.items(), key=lambda one: (one[0] != path, one[0])):
            if folder.startswith(_folder(other)) or _folder(other).startswith(folder):
                for found in requirements(other, source.text, package):
                    if ends_below(found.spec, first):
                        line = source.text.count("\n", 0, found.start) + 1
                        yield f"{package}{found.spec} in {other}:{line}"
                        return


def _folder(path: str) -> str:
    head = path.rpartition("/")[0]
    return f"{head}/" if head else ""
