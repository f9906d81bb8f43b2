"""URLs that are joined of parts that are known: ``urljoin``, ``posixpath.join``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from posixpath import join
from urllib.parse import urljoin

from msgspec.structs import replace

from migrate.program.solving.combining import union, unknown
from migrate.program.solving.values import LiteralOption, Option, Value

JOINS: dict[str, Callable[..., str]] = {
    "os.path.join": join,
    "posixpath.join": join,
    "urllib.parse.urljoin": urljoin,
}
_MOST_COMBINATIONS = 32


def joined(symbol: str, parts: Sequence[Value]) -> Value | None:
    """What one of JOINS makes of ``parts``; None where that is the name of a file."""
    first = parts[0].options if parts else ()
    if symbol != "urllib.parse.urljoin" and not (first and all(map(_is_url, first))):
        return None
    columns = [[one for one in part.options if isinstance(one, LiteralOption)] for part in parts]
    doubts = [part.doubt() for part in parts]
    count = 1
    for column, part in zip(columns, parts, strict=True):
        if len(column) < len(part.options) or not all(isinstance(one.value, str) for one in column):
            return union([unknown("it is a URL put together at run time"), *doubts])
        count *= len(column)
    if count > _MOST_COMBINATIONS:
        return unknown("it is a URL with too many combinations")
    options: list[Option] = [_join(symbol, choice) for choice in product(*columns)]
    return union([Value(tuple(options)), *doubts])


def _is_url(option: Option) -> bool:
    return isinstance(option, LiteralOption) and "://" in str(option.value)


def _join(symbol: str, parts: tuple[LiteralOption, ...]) -> LiteralOption:
    if len(parts) == 1:
        return parts[0]
    origins = tuple(replace(one, whole=False) for part in parts for one in part.origins)
    return LiteralOption(JOINS[symbol](*(part.value for part in parts)), origins)
