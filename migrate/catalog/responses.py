"""How Chat Completions are said in Responses, from rules/responses.toml. Decides nothing of a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from migrate.catalog.documents import convert, read

if TYPE_CHECKING:
    from pathlib import Path


class ResponsesWay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``method`` is the SDK's method and ``path`` what takes its place, since package ``since``.

    Parameters stay (``keep``), are renamed, go ``inside`` another argument, ask for ``nothing`` or are added.
    ``readers`` maps what is read off the answer to what it is read as, ``calls`` the same where tools are
    passed (``_`` is the answer), ``chunks`` the same for a stream, of which only events of type ``event``
    are read; what is ``asked`` of a chunk may only be asked whether it is there.
    """

    method: str
    path: str
    since: str
    least_output: int
    keep: frozenset[str]
    roles: frozenset[str]
    rename: Mapping[str, str]
    inside: Mapping[str, str]
    nothing: Mapping[str, tuple[Any, ...]]
    add: Mapping[str, str]
    readers: Mapping[str, str]
    stream: str
    event: str
    asked: frozenset[str]
    chunks: Mapping[str, str]
    tools: str
    tool_choice: str
    calls: Mapping[str, str]
    source: str
    checked: date


def read_responses(path: Path) -> ResponsesWay:
    """The way. Raises CatalogError."""
    return convert(read(path), ResponsesWay, path)
