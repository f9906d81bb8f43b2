"""What a file is, by its name alone. Nothing is opened here."""

from __future__ import annotations

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["python", "notebook", "environment", "configuration", "dependencies"]

KINDS: tuple[Kind, ...] = ("python", "notebook", "environment", "configuration", "dependencies")

_BY_NAME: dict[str, Kind] = {
    "Pipfile": "dependencies",
    "Pipfile.lock": "dependencies",
    "conda-lock.yml": "dependencies",
    "constraints.txt": "dependencies",
    "environment.yaml": "dependencies",
    "environment.yml": "dependencies",
    "pdm.lock": "dependencies",
    "poetry.lock": "dependencies",
    "pylock.toml": "dependencies",
    "pyproject.toml": "dependencies",
    "setup.cfg": "dependencies",
    "uv.lock": "dependencies",
}
_BY_SUFFIX: dict[str, Kind] = {
    "cfg": "configuration",
    "env": "environment",
    "ini": "configuration",
    "ipynb": "notebook",
    "json": "configuration",
    "py": "python",
    "pyw": "python",
    "toml": "configuration",
    "yaml": "configuration",
    "yml": "configuration",
}


def kind_of(path: str) -> Kind | None:
    """The kind of a file by its name; ``path`` has ``/``. None for what repoint has no use for.

    A setup.py is ``python``: its dependencies are found in the code.
    """
    name = path.rpartition("/")[2]
    kind = _BY_NAME.get(name)
    if kind is not None:
        return kind
    if name.startswith(".env."):
        return "environment"
    stem, _, suffix = name.rpartition(".")
    if suffix in ("txt", "in") and (
        "requirements" in stem or path.rpartition("/")[0].endswith("requirements")
    ):
        return "dependencies"
    return _BY_SUFFIX.get(suffix) if "." in name else None
