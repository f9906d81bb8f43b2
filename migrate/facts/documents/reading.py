"""One configuration file to one expression, by the format that its reader expects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from migrate.facts.documents.problem import DocumentError
from migrate.facts.expressions import Expression
from migrate.sources.kinds import kind_of

Format: TypeAlias = Literal["json", "yaml", "toml", "ini", "env"]

# The stricter ones first: a JSON text is YAML too.
FORMATS: tuple[Format, ...] = ("json", "toml", "ini", "yaml")

LIMIT = 1_000_000
"""Bytes. Larger files hold data, not settings."""

_BY_SUFFIX: dict[str, Format] = {
    "json": "json",
    "jsonc": "json",
    "yaml": "yaml",
    "yml": "yaml",
    "toml": "toml",
    "ini": "ini",
    "cfg": "ini",
    "conf": "ini",
    "env": "env",
}


def format_of(path: str) -> Format | None:
    """The format that a file's name promises."""
    if kind_of(path) == "environment":
        return "env"
    return _BY_SUFFIX.get(path.rpartition("/")[2].rpartition(".")[2])


def document(text: str, form: Format) -> Expression:
    """The value of a file. Raises DocumentError where it is not valid in its format."""
    try:
        return _reader(form)(text)
    except RecursionError:
        raise DocumentError(1, "it is nested too deeply") from None


def _reader(form: Format) -> Callable[[str], Expression]:
    """Each format's reader is imported when a file of that format is read."""
    if form == "json":
        from migrate.facts.documents.json_values import read_json

        return read_json
    if form == "yaml":
        from migrate.facts.documents.yaml_values import read_yaml

        return read_yaml
    if form == "toml":
        from migrate.facts.documents.toml_values import read_toml

        return read_toml
    if form == "ini":
        from migrate.facts.documents.ini_values import read_ini

        return read_ini
    from migrate.facts.documents.env_values import read_env

    return read_env
