"""Module names to files of the program, from paths alone. Never looks at sys.path or what is installed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from posixpath import dirname

_USUAL_ROOTS = ("", "src", "lib", "python")


class ModuleIndex:
    """Finds the file that a dotted name means in a given file."""

    def __init__(
        self,
        paths: Iterable[str],
        vendor_names: frozenset[str] = frozenset(),
        wraps: Callable[[str], bool] = lambda _: False,
        package: str = "",
    ) -> None:
        """``vendor_names`` are top-level packages known to be installed ones: a file of the program
        takes such a name only where it stands beside the importing script or at the top. ``wraps`` says of a
        file whether it imports its own name itself, from an installed package. ``package`` is the dotted name
        of the root where that is a package, which its files go by."""
        self._wraps = wraps
        top = package.partition(".")[0]
        self._own = "" if top in vendor_names or top in sys.stdlib_module_names else package
        self._files = frozenset(paths)
        self._packages = frozenset(dirname(path) for path in self._files if path.endswith("__init__.py"))
        self._vendor = vendor_names
        self._folders = _all_folders(self._files)
        self._by_tail: dict[str, list[str]] = {}
        for path in sorted(self._files):
            for tail in _tails(path):
                self._by_tail.setdefault(tail, []).append(path)

    def absolute(self, name: str, importer: str) -> str | None:
        """The file of module ``name`` as seen from file ``importer``; None for a package outside."""
        parts = name.split(".")
        tail = "/".join(parts)
        matches = []
        for path in self._by_tail.get("/".join(parts[-2:]), ()):
            root = _root_of(path, tail)
            if root is not None and path != importer and self._reachable(root, importer, parts[0]):
                matches.append((-_shared(root, importer), len(root), path))
        if matches:
            return min(matches)[2]
        inner = self._below_root(name)
        return self._beside(name, importer) if inner is None else self.file_of(inner)

    def _below_root(self, name: str) -> str | None:
        """The path of ``name`` where it begins with the name of the root; None for any other."""
        if self._own and f"{name}.".startswith(f"{self._own}."):
            return name[len(self._own) + 1 :].replace(".", "/")
        return None

    def _beside(self, name: str, importer: str) -> str | None:
        """The module beside ``importer`` in a folder with ``__init__`` whose files are run as scripts."""
        folder = dirname(importer)
        path = f"{folder}/{name}.py"
        known = name in self._vendor or name in sys.stdlib_module_names
        found = folder in self._packages and path in self._files and path != importer and not known
        return path if found and not self._wraps(path) else None

    def is_folder(self, name: str, importer: str) -> bool:
        """Whether ``name`` is a package without ``__init__`` (a folder that holds modules)."""
        tail, inner = name.replace(".", "/"), self._below_root(name)
        if inner is not None:
            return inner in self._folders
        if name.partition(".")[0] in self._vendor:
            return False
        roots = {*_USUAL_ROOTS, *_ancestors(importer)} - self._packages
        return any((f"{root}/{tail}" if root else tail) in self._folders for root in roots)

    def relative(self, module: str, level: int, importer: str) -> tuple[str, str | None]:
        """(folder or dotted path, file) that ``from ..module import`` means in ``importer``."""
        folder = dirname(importer)
        for _ in range(level - 1):
            folder = dirname(folder)
        target = "/".join(part for part in (folder, module.replace(".", "/")) if part)
        return target, self.file_of(target)

    def named(self, module: str, level: int, importer: str) -> str | None:
        """The file that ``from ..module import`` (``level`` dots) means in ``importer``; None for one
        outside of the program."""
        return self.relative(module, level, importer)[1] if level else self.absolute(module, importer)

    def file_of(self, target: str) -> str | None:
        """The file of the module or package at path ``target`` (no suffix)."""
        candidates = (f"{target}.py", f"{target}/__init__.py") if target else ("__init__.py",)
        return next((path for path in candidates if path in self._files), None)

    def submodule(self, package: str, name: str) -> str | None:
        """The file of module ``name`` inside the package whose ``__init__`` is the file ``package``."""
        return self.file_of("/".join(part for part in (dirname(package), name) if part))

    def _reachable(self, root: str, importer: str, top: str) -> bool:
        if root and root in self._packages:
            return False  # modules of a package are found through the package
        inside = not self._packages.isdisjoint(_ancestors(root)[:-1])
        if top in self._vendor:
            # llama_index/llms/openai/, in packages without __init__, is not what its files import.
            beside = root == dirname(importer) and not inside
            return beside or (root in _USUAL_ROOTS and root in _ancestors(importer))
        if root in _ancestors(importer):
            return True
        if inside:
            return False
        return root in _USUAL_ROOTS or f"{root}/{top}" in self._packages


def _tails(path: str) -> tuple[str, str]:
    """The last name, and the last two, of the module in a file: ``llm`` and ``app/llm``."""
    folders, _, name = path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")
    return name, f"{folders.rpartition('/')[2]}/{name}"


def _root_of(path: str, tail: str) -> str | None:
    """The folder from which ``tail`` names ``path``: ``src`` for ``src/app/llm.py`` and ``app/llm``."""
    stem = path.removesuffix("/__init__.py").removesuffix(".py")
    if stem == tail:
        return ""
    return stem[: -len(tail) - 1] if stem.endswith("/" + tail) else None


def _ancestors(path: str) -> list[str]:
    """All folders above ``path``, the nearest first, the root ("") last."""
    found = []
    folder = dirname(path)
    while folder:
        found.append(folder)
        folder = dirname(folder)
    return [*found, ""] if path else []


def _all_folders(files: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for lowest in {dirname(path) for path in files}:
        folder = lowest
        while folder and folder not in found:
            found.add(folder)
            folder = dirname(folder)
    return frozenset(found)


def _shared(root: str, importer: str) -> int:
    """How many leading folders two paths have in common."""
    count = 0
    for one, other in zip(root.split("/"), importer.split("/"), strict=False):
        if one != other:
            break
        count += 1
    return count
