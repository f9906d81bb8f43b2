"""Reads rules files: TOML to checked records, or a CatalogError that names file, key and cure.

It knows nothing of what the records mean, and never looks at a scanned repository.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec

from migrate.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

T = TypeVar("T")

# Parts of msgspec's messages. Compiled on the way to an error only: start-up pays for every pattern.
_UNKNOWN_FIELD = r"unknown field `(?P<key>[^`]+)`"
_MISSING_FIELD = r"missing required field `(?P<key>[^`]+)`"
_WRONG_CHOICE = r"invalid enum value (?P<value>.+)$"
_AT = r" - at `(?P<path>[^`]+)`$"
_STEP = r"\.(?P<key>[A-Za-z_][A-Za-z0-9_-]*)|\[(?P<index>\d+)\]"


class Origin(msgspec.Struct, frozen=True):
    """Defaults that a whole file states once: which document its facts come from, and when it was read."""

    source: str | None = None
    checked: date | None = None


class Entry(Protocol):
    """What every entry of a rules file may carry itself instead of leaving it to the file."""

    @property
    def source(self) -> str | None: ...
    @property
    def checked(self) -> date | None: ...


def read(path: Path) -> dict[str, Any]:
    """The TOML document at ``path``. Raises CatalogError where it is missing or no TOML."""
    import tomli

    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: not valid TOML: {error}") from error


def convert(raw: object, kind: type[T], path: Path, at: str = "") -> T:
    """``raw`` as a ``kind``; unknown keys are errors. ``at`` is the key path of ``raw`` in its file."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise CatalogError(f"{path}: {_explain(str(error), raw, kind, at)}") from error


def origin(entry: Entry, defaults: Origin, path: Path, name: str) -> tuple[str, date]:
    """Source and day of ``entry``, its own or the file's. Raises CatalogError where neither states one."""
    source = entry.source or defaults.source
    checked = entry.checked or defaults.checked
    if not source:
        raise CatalogError(
            f'{path}: {name}: no source; add source = "..." naming the document it was read in'
        )
    if not checked:
        raise CatalogError(f"{path}: {name}: no date; add checked = YYYY-MM-DD, the day the source was read")
    return source, checked


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like ``word``, or ``""``."""
    import difflib

    return next(iter(difflib.get_close_matches(word, list(known), 1, 0.5)), "")


def unique(items: Iterable[tuple[str, T, Path]], what: str) -> dict[str, T]:
    """Id to item. Raises CatalogError where two files, or two places in one, define the same id."""
    found: dict[str, T] = {}
    places: dict[str, Path] = {}
    for name, item, path in items:
        if name in found:
            raise CatalogError(
                f"{path}: {what} {name} is defined already in {places[name]}; keep one, or give it another id"
            )
        found[name], places[name] = item, path
    return found


def _explain(message: str, raw: object, kind: type, at: str) -> str:
    step = re.search(_AT, message)
    where = _readable(step["path"] if step else "$", raw, at)
    text = re.sub(_AT, "", message)
    if unknown := re.search(_UNKNOWN_FIELD, text):
        guess = nearest(unknown["key"], _keys(kind))
        cure = f"did you mean {guess}?" if guess else f"known keys: {', '.join(sorted(_keys(kind)))}"
        return f"{where}: unknown key {unknown['key']}; {cure}"
    if missing := re.search(_MISSING_FIELD, text):
        return f"{where}: key {missing['key']} is missing; add it"
    if wrong := re.search(_WRONG_CHOICE, text, re.IGNORECASE):
        choices = sorted(one for one in _choices(kind, where.rpartition(": ")[2].partition("[")[0]) if one)
        guess = nearest(wrong["value"].strip("'"), choices)
        cure = f"did you mean {guess}?" if guess else f"it is one of: {', '.join(choices)}"
        return f"{where}: {wrong['value']} is no choice; {cure}"
    if "RFC3339 encoded date" in text:
        return f"{where}: no date; write it as YYYY-MM-DD, without quotes"
    return f"{where}: {text[0].lower()}{text[1:]}"


def _readable(path: str, raw: object, at: str) -> str:
    """``$.model[3].shutdown`` as ``model[4] (gpt-4): shutdown``: entries counted from 1 and named."""
    words = [at] if at else []
    item: Any = raw
    for step in re.finditer(_STEP, path):
        if step["index"] is not None:
            item = item[int(step["index"])]
            words[-1] += f"[{int(step['index']) + 1}]"
            words[-1] += _label(item)
        else:
            item = item.get(step["key"]) if isinstance(item, dict) else None
            words.append(step["key"])
    return ": ".join(words) or "top level"


def _label(item: object) -> str:
    if not isinstance(item, dict):
        return ""
    name = next((item[key] for key in ("id", "name", "symbol", "path") if isinstance(item.get(key), str)), "")
    return f" ({name})" if name else ""


def _keys(kind: object) -> set[str]:
    """Every key that ``kind`` or a record inside it takes."""
    found: set[str] = set()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for field in msgspec.structs.fields(kind):
            found |= {field.encode_name} | _keys(field.type)
    for part in getattr(kind, "__args__", ()):
        found |= _keys(part)
    return found


def _choices(kind: object, key: str) -> set[str]:
    """Every word that ``key`` may be in ``kind`` or a record inside it."""
    found: set[str] = set()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for field in msgspec.structs.fields(kind):
            found |= _words(field.type) if field.encode_name == key else _choices(field.type, key)
    for part in getattr(kind, "__args__", ()):
        found |= _choices(part, key)
    return found


def _words(kind: object) -> set[str]:
    parts = getattr(kind, "__args__", ())
    return {part for part in parts if isinstance(part, str)}.union(*map(_words, parts))


def each(paths: Sequence[Path], parse: Callable[[Path], Iterable[T]]) -> list[T]:
    """The items of every file, in the files' order."""
    return [item for path in paths for item in parse(path)]
