"""``[tool.repoint]`` and the flags as one typed record. Does not know which gateways or models exist."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, TypeAlias, get_args

import msgspec

from migrate.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

Style: TypeAlias = Literal["literal", "env", "environment"]
Stage: TypeAlias = Literal["gateway", "model", "params", "sdk", "dependencies", "responses", "prompts"]
Topic: TypeAlias = Stage | Literal["suppression"]
"""What a rule is about: a stage that can be asked for, or the comments that switch rules off."""
OtherClient: TypeAlias = Literal["azure", "other", "configurable"]
Policy: TypeAlias = Literal["conservative", "balanced", "economy"]
"""How boldly calls go by what they are for: not at all, where little can be lost, wherever it saves."""
Word: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]

STAGES: tuple[Stage, ...] = get_args(Stage)
ON_REQUEST: tuple[Stage, ...] = ("responses", "prompts")
"""Stages that only ``--stage`` or ``stages`` begins: one thing is changed at a time."""
USUAL_STAGES: tuple[Stage, ...] = tuple(one for one in STAGES if one not in ON_REQUEST)
TOPICS: tuple[Topic, ...] = (*STAGES, "suppression")


class Settings(msgspec.Struct, frozen=True, rename="kebab"):
    """What a team configures; keys in the file are written with ``-``.

    ``None`` for ``strong``, ``fast`` and ``horizon`` (days) means the catalog's default, for ``base_url``
    and ``key_env`` the gateway's own, for ``plan`` the file at the scanned root, if it is there; ``no_plan``
    follows none. ``only`` and ``skip`` are rule ids, ``exclude`` gitignore-style patterns, ``rules`` absolute
    paths of more rules files; ``baseline``, ``plan`` and ``templates`` (a folder whose files go before
    those of repoint) are absolute too. ``move_clients`` are clients not of
    OpenAI that may be moved. ``max_file_size`` is in bytes. ``per_path_skip`` holds rule ids by pattern,
    ``deployments`` the model that each of Azure's deployments stands for.
    ``cache`` says whether what was read is kept for the next run. ``file`` is where the settings stand, None
    where there is no such file; it is no key.
    """

    gateway: Word = "evolink"
    base_url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s/]")] | None = None
    key_env: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    style: Style = "literal"
    strong: Word | None = None
    fast: Word | None = None
    policy: Policy = "conservative"
    stages: tuple[Stage, ...] = USUAL_STAGES
    include_review: bool = False
    include_docs: bool = False
    only: tuple[Word, ...] = ()
    skip: tuple[Word, ...] = ()
    exclude: tuple[Word, ...] = ()
    rules: tuple[Path, ...] = ()
    today: datetime.date = msgspec.field(default_factory=datetime.date.today)
    horizon: Annotated[int, msgspec.Meta(ge=0)] | None = None
    max_file_size: Annotated[int, msgspec.Meta(gt=0)] = 5_000_000
    move_clients: tuple[OtherClient, ...] = ()
    baseline: Path | None = None
    templates: Path | None = None
    per_path_skip: dict[str, tuple[Word, ...]] = {}
    deployments: dict[str, Word] = {}
    cache: bool = True
    plan: Path | None = None
    no_plan: bool = False
    file: Path | None = None


# What each key takes, in the words of an error message. Also the list of keys there are.
_EXPECTED = {
    "gateway": "the id of a gateway, as a string",
    "base-url": "a URL that starts with https:// or http://",
    "key-env": "the name of an environment variable",
    "style": f"one of {', '.join(get_args(Style))}",
    "strong": "a model id, as a string",
    "fast": "a model id, as a string",
    "policy": f"one of {', '.join(get_args(Policy))}",
    "stages": f"a list out of {', '.join(STAGES)}",
    "include-review": "true or false",
    "include-docs": "true or false",
    "only": "a list of rule ids",
    "skip": "a list of rule ids",
    "exclude": "a list of gitignore-style patterns",
    "rules": "a list of paths of rules files",
    "today": "a date, as YYYY-MM-DD",
    "horizon": "a number of days, 0 or more",
    "max-file-size": 'a size above 0, as 5000000 or "5 MB"',
    "move-clients": f"a list out of {', '.join(get_args(OtherClient))}",
    "baseline": "a path, as a string",
    "templates": "the path of a folder, as a string",
    "per-path-skip": "a table of gitignore-style patterns, each with a list of rule ids",
    "deployments": "a table of deployment names, each with the id of the model that it stands for",
    "cache": "true or false",
    "plan": "a path, as a string",
    "no-plan": "true or false",
}
_OWN_FILES = (".repoint.toml", "repoint.toml")
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) *([kmg]?)b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def load_settings(root: Path, overrides: Mapping[str, object]) -> Settings:
    """The settings for ``root``: the nearest file at or above it that has any, then ``overrides``.

    ``overrides`` are flags; their names may have ``_`` for ``-``, and None or ``()`` means not given.
    Raises SettingsError, which names the file or flag, the key and what it takes.
    """
    file, table = _nearest(root.absolute())
    folder = file.parent if file else root
    where = f"{file}: {'[tool.repoint] ' if file and file.name == 'pyproject.toml' else ''}"
    values: dict[str, Any] = {"file": file}
    for key, value in table.items():
        values[key.replace("-", "_")] = _value(where, key, value, folder)
    for name, value in overrides.items():
        if value is not None and value != ():
            values[name.replace("-", "_")] = _value("--", name.replace("_", "-"), value, Path.cwd())
    return msgspec.structs.replace(Settings(), **values)


def _nearest(root: Path) -> tuple[Path | None, dict[str, object]]:
    """The file that holds for ``root``, and its table; None and an empty one where there is none."""
    for folder in (root, *root.parents):
        for name in _OWN_FILES:
            if (folder / name).is_file():
                return folder / name, _parsed(folder / name, _bytes(folder / name))
        file = folder / "pyproject.toml"
        table = _of_project(file) if file.is_file() else None
        if table is not None:
            return file, table
    return None, {}


def _of_project(file: Path) -> dict[str, object] | None:
    raw = _bytes(file)
    if b"repoint" not in raw:  # spares the parse, and errors in a file that is none of our business
        return None
    tool = _parsed(file, raw).get("tool", {})
    table = tool.get("repoint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError(
            f"{file}: tool.repoint: expected a table; write [tool.repoint] on a line of its own"
        )
    return table


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error


def _parsed(file: Path, raw: bytes) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{file}:{line}: not UTF-8; convert the file to UTF-8") from None
    except tomli.TOMLDecodeError as error:
        raise SettingsError(f"{file}:{error.lineno}: {error.msg}; correct the TOML") from None


def _value(where: str, key: str, value: object, folder: Path) -> object:
    """The value of one key as the record holds it; paths of rules are relative to ``folder``."""
    if key not in _EXPECTED:
        _unknown(where, key)
    try:
        if key == "max-file-size" and isinstance(value, str):
            return msgspec.convert(_size(value), _types()[key])
        found = msgspec.convert(value, _types()[key], dec_hook=lambda kind, path: kind(path))
        if key == "rules":
            return tuple(folder / path for path in found)
        return folder / found if key in ("baseline", "plan", "templates") else found
    except (msgspec.ValidationError, TypeError, ValueError):  # a size may be no number, a path no string
        # Where a key is asked for by name, people write the key itself: it is not repeated.
        got = "" if key in ("base-url", "key-env") else f"; got {_shown(value)}"
        raise SettingsError(f"{where}{key}: expected {_EXPECTED[key]}{got}") from None


@lru_cache(maxsize=1)
def _types() -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(Settings)}


def _size(words: str) -> int:
    match = _SIZE.fullmatch(words.strip())
    if match is None:
        raise ValueError(words)
    return int(float(match[1]) * _UNITS[match[2].lower()])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (datetime.date, datetime.time)) else repr(value)


def _unknown(where: str, key: str) -> NoReturn:
    import difflib

    near = difflib.get_close_matches(key.replace("_", "-"), _EXPECTED, n=1)
    cure = f'did you mean "{near[0]}"?' if near else f"the keys are {', '.join(sorted(_EXPECTED))}"
    raise SettingsError(f"{where}{key}: unknown key; {cure}")
