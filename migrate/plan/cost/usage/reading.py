"""A file of usage, row after row: CSV, JSON Lines, or one JSON document. Knows no format of a row."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from migrate.errors import UsageError
from migrate.plan.cost.usage.formats import used
from migrate.plan.cost.usage.records import Used

_KNOWN = (
    "OpenAI's usage export (CSV) or usage API, JSON lines of requests and responses, and exports of LiteLLM"
    " and Langfuse"
)
_LISTS = ("data", "results", "observations")


class Rows(msgspec.Struct):
    """The rows that were read, counted as they pass: ``skipped`` are those that tell no tokens, ``apart`` the
    requests by batch, flex or priority; ``keys`` are those of the first row."""

    read: int = 0
    skipped: int = 0
    apart: int = 0
    keys: tuple[str, ...] = ()


def read_usage(file: Path, rows: Rows) -> Iterator[Used]:
    """What each row of ``file`` tells. Raises UsageError, which names file, line and cure."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in _rows(stream, file):
                rows.read += 1
                rows.keys = rows.keys or tuple(row)
                found = _used(row, rows.read, file)
                if found is None:
                    rows.skipped += 1
                else:
                    rows.apart += found.calls if found.apart else 0
                    yield found
    except OSError as error:
        raise UsageError(f"--usage: {file}: cannot be read: {error.strerror}; check the path") from None
    except UnicodeDecodeError:
        raise UsageError(f"--usage: {file}: not UTF-8; convert the file to UTF-8") from None
    if rows.read == rows.skipped:
        raise UsageError(f"--usage: {file}: no row tells a model and its tokens; {_cure(rows.keys)}")


def _used(row: Mapping[str, Any], number: int, file: Path) -> Used | None:
    try:
        return used(row)
    except ValueError as error:
        raise UsageError(
            f"--usage: {file}: row {number}: {error}; correct it, or export the file again"
        ) from None


def _cure(keys: Collection[str]) -> str:
    """What to export instead of a file whose rows have these keys."""
    if {"amount_value", "amount", "line_item"} & set(keys):
        return "it lists costs: export the usage (tokens and requests) instead"
    if "num_model_requests" in keys and "input_tokens" not in keys:
        return "its columns input_tokens and output_tokens are missing: export it again, whole"
    if "num_model_requests" in keys:
        return "export it again, grouped by model (group_by=model)"
    return f"known are {_KNOWN}"


def _rows(stream: IO[str], file: Path) -> Iterator[dict[str, Any]]:
    first = _first(stream)
    if first not in ("{", "["):
        yield from csv.DictReader(stream, delimiter=_delimiter(stream))
        return
    if first == "{" and _is_lines(stream):
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield from _objects(_parsed(line, file, number))
        return
    yield from _objects(_parsed(stream.read(), file, 1))


def _first(stream: IO[str]) -> str:
    """The first character that is no space; the stream stands at its beginning again."""
    found = stream.read(4096).lstrip()[:1]
    stream.seek(0)
    return found


def _delimiter(stream: IO[str]) -> str:
    """What parts the columns: a spreadsheet may have written tabs or semicolons."""
    header = stream.readline()
    stream.seek(0)
    return max(",\t;", key=header.count)


def _is_lines(stream: IO[str]) -> bool:
    line = next((one for one in stream if one.strip()), "")
    stream.seek(0)
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _parsed(text: str, file: Path, line: int) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        where = getattr(error, "lineno", 1) + line - 1
        raise UsageError(f"--usage: {file}:{where}: not valid JSON; known are {_KNOWN}") from None


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """The rows in a document: a list of them, or the pages and buckets of an API."""
    if isinstance(value, list):
        for one in value:
            yield from _objects(one)
    elif isinstance(value, dict):
        inner = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if inner is None or "usage" in value:
            yield value
        else:
            yield from _objects(inner)
