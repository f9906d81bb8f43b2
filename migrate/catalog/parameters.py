"""What becomes of one parameter of one request on its new model: rows of rules/parameters/, first hit wins.
It edits nothing and reads no code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import Origin, convert, each, origin, read
from migrate.catalog.models import Endpoint, Model
from migrate.catalog.parameterrow import ParameterRow, Request
from migrate.catalog.verdict import UNKNOWN, Verdict
from migrate.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path


class Parameters:
    """The rows of every endpoint, by parameter."""

    def __init__(self, rows: Iterable[ParameterRow]) -> None:
        self._rows: dict[tuple[str | None, str], list[ParameterRow]] = {}
        for row in rows:
            for name in row.names:
                self._rows.setdefault((row.endpoint, name), []).append(row)

    def verdict(
        self,
        target: Model,
        effort: str | None,
        endpoint: str,
        tools: bool,
        parameter: str,
        value: object = UNKNOWN,
    ) -> Verdict:
        """What becomes of ``parameter=value`` in a request to ``target``.

        ``effort`` is the effort the new request states, None where it states none; ``endpoint`` a word of
        ``Model.endpoints``; ``value`` a Python literal's value. For a dict the keys inside it that have rows
        are asked too (``reasoning={"effort": ...}``). A parameter that no row names is kept.
        """
        return self._verdict(Request(target, effort, endpoint, tools), parameter, value)

    def __iter__(self) -> Iterator[ParameterRow]:
        seen = {id(row): row for rows in self._rows.values() for row in rows}
        return iter(seen.values())

    def _verdict(self, request: Request, parameter: str, value: object) -> Verdict:
        inner = self._inside(request, parameter, value) if isinstance(value, Mapping) else None
        if inner:
            return inner
        rows = self._rows.get((request.endpoint, parameter), ())
        row = next((row for row in rows if row.fits(request, value)), None)
        if row is None:
            return Verdict("keep", reason="no source says that the model rejects it", evidence="inferred")
        return _spoken(row, request.effort)

    def _inside(self, request: Request, parameter: str, value: Mapping[str, object]) -> Verdict | None:
        """The verdict on a key inside a dict argument, as a verdict on the whole argument."""
        for key, item in value.items():
            path = f"{parameter}.{key}"
            if (request.endpoint, path) not in self._rows:
                continue
            inner = self._verdict(request, path, item)
            if inner.action == "set":
                return _whole(inner, {**value, key: request.effort})
            if inner.action == "drop" and len(value) > 1:
                rest = {other: kept for other, kept in value.items() if other != key}
                return _whole(msgspec.structs.replace(inner, action="set"), rest)
            if inner.action != "keep":
                return inner
        return None


def read_parameters(paths: Sequence[Path], extra: Iterable[ParameterRow] = ()) -> Parameters:
    """A team's own rows first, then those of the files. Raises CatalogError."""
    return Parameters([*extra, *each(paths, _rows)])


def stamped(row: ParameterRow, endpoint: Endpoint | None, defaults: Origin, path: Path) -> ParameterRow:
    """``row`` with its file's endpoint, source and day where it states none."""
    name = f"parameter {', '.join(row.names)}"
    source, checked = origin(row, defaults, path, name)
    endpoint = row.endpoint or endpoint
    if endpoint is None:
        raise CatalogError(f'{path}: {name}: no endpoint; add endpoint = "chat" or another')
    return msgspec.structs.replace(row, endpoint=endpoint, source=source, checked=checked)


class _ParameterFile(Origin, frozen=True, forbid_unknown_fields=True):
    endpoint: Endpoint | None = None
    parameter: tuple[ParameterRow, ...] = ()


def _rows(path: Path) -> Iterable[ParameterRow]:
    document = convert(read(path), _ParameterFile, path)
    return [stamped(row, document.endpoint, document, path) for row in document.parameter]


def _spoken(row: ParameterRow, effort: str | None) -> Verdict:
    return Verdict(
        row.action,
        row.to.replace("{effort}", _code(effort)),
        row.reason,
        row.error,
        row.safety,
        row.evidence,
        row.source or "",
        row.checked or date.min,
    )


def _whole(inner: Verdict, value: Mapping[str, object]) -> Verdict:
    """The verdict on one key of a dict as one on the dict, which has to be written out again."""
    if any(part is UNKNOWN for part in value.values()):
        return msgspec.structs.replace(inner, action="ask", safety="manual", to="")
    return msgspec.structs.replace(inner, to=_code(value))


def _code(value: object) -> str:
    """``value`` as Python source, with the quotes that most code bases use."""
    if isinstance(value, str) and value.isidentifier():
        return f'"{value}"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_code(key)}: {_code(item)}" for key, item in value.items()) + "}"
    return repr(value)
