"""What a file is, by its name alone. Nothing is opened here."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "python",
    "notebook",
    "environment",
    "configuration",
    "dependencies",
    "deployment",
    "shell",
    "prose",
    "javascript",
]

KINDS: tuple[Kind, ...] = get_args(Kind)

SETTING: tuple[Kind, ...] = ("environment", "configuration", "deployment", "shell")
"""Files that set variables, or hold values that code reads."""

_BY_NAME: dict[str, Kind] = {
    ".envrc": "shell",
    "Containerfile": "deployment",
    "Dockerfile": "deployment",
    "Makefile": "deployment",
    "Pipfile": "dependencies",
    "Pipfile.lock": "dependencies",
    "Procfile": "deployment",
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
_ENVIRONMENT_SAMPLES = frozenset(f"env.{end}" for end in ("dist", "example", "sample", "template"))
# Written by programs, the plan file included: nothing in them is read by the code.
_NOBODYS = frozenset(
    ("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "composer.lock", "repoint-plan.toml")
)
_BY_SUFFIX: dict[str, Kind] = {
    "bash": "shell",
    "bat": "shell",
    "bicep": "deployment",
    "bicepparam": "deployment",
    "cfg": "configuration",
    "cjs": "javascript",
    "cmd": "shell",
    "conf": "deployment",
    "dockerfile": "deployment",
    "env": "environment",
    "hcl": "deployment",
    "ini": "configuration",
    "ipynb": "notebook",
    "js": "javascript",
    "json": "configuration",
    "jsonc": "configuration",
    "jsx": "javascript",
    "md": "prose",
    "mdx": "prose",
    "mjs": "javascript",
    "mts": "javascript",
    "properties": "deployment",
    "ps1": "shell",
    "py": "python",
    "pyw": "python",
    "rst": "prose",
    "service": "deployment",
    "sh": "shell",
    "tf": "deployment",
    "tfvars": "deployment",
    "toml": "configuration",
    "ts": "javascript",
    "tsx": "javascript",
    "yaml": "configuration",
    "yml": "configuration",
    "zsh": "shell",
}


@lru_cache(maxsize=100_000)  # asked of every file again and again
def kind_of(path: str) -> Kind | None:
    """The kind of a file by its name; ``path`` has ``/``. None for what repoint has no use for.

    A setup.py is ``python``: its dependencies are found in the code.
    """
    name = path.rpartition("/")[2]
    kind = _BY_NAME.get(name)
    if kind is not None or name in _NOBODYS:
        return kind
    if name.startswith("Dockerfile."):
        return "deployment"
    if name.startswith((".env.", ".env_", ".env-")) or name in _ENVIRONMENT_SAMPLES:
        return "environment"
    stem, _, suffix = name.rpartition(".")
    if suffix in ("txt", "in") and (
        "requirements" in stem or path.rpartition("/")[0].endswith("requirements")
    ):
        return "dependencies"
    return _BY_SUFFIX.get(suffix) if "." in name else None
