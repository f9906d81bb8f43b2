"""How functions of Chat Completions are said with tools, from rules/functions.toml. It decides nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.documents import convert, read

if TYPE_CHECKING:
    from pathlib import Path


class FunctionsWay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``functions`` and ``choice`` are arguments of ``method``, ``tools`` and ``tool_choice`` take their
    place, ``single`` asks for one call at a time; where one of ``beside`` is passed the request stays.
    ``choices`` mean the same for both. ``tool`` is the code around a function (``_``).

    ``message`` and ``reason`` are paths in an answer, ``texts`` what of a message is read as before;
    ``called`` is the attribute, entry and reason of a call, ``calls`` that of calls, ``fields`` its parts.
    ``function``, ``first`` and ``present`` read calls off a message (``_``), ``id`` is the path to the id.
    ``role`` sends the result of a function under ``name``, ``tool_role`` under ``call_id``; ``sent`` is the
    code around a call that ``caller`` made, with its ``{id}``.
    """

    method: str
    functions: str
    tools: str
    choice: str
    tool_choice: str
    beside: tuple[str, ...]
    single: str
    choices: frozenset[str]
    choice_keys: tuple[str, ...]
    tool: str
    message: str
    reason: str
    texts: frozenset[str]
    called: str
    calls: str
    fields: frozenset[str]
    function: str
    first: str
    present: str
    id: str
    role: str
    tool_role: str
    result_keys: frozenset[str]
    name: str
    call_id: str
    caller: str
    sent: str
    source: str
    checked: date

    @property
    def passed(self) -> tuple[str, str]:
        """The arguments that have to do with functions."""
        return self.functions, self.choice

    @property
    def needed(self) -> tuple[str, str, str]:
        """The arguments that take their place."""
        return self.tools, self.tool_choice, self.single


def read_functions(path: Path) -> FunctionsWay:
    """The way. Raises CatalogError."""
    return convert(read(path), FunctionsWay, path)
