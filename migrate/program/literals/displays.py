"""The role of a model id in a dict or list: a choice, an entry of a table, or one of what is supported."""

from __future__ import annotations

from collections.abc import Callable

from migrate.catalog.literal_words import LiteralWords, holds, names
from migrate.facts.records import Holder
from migrate.program.literals.records import LiteralRole
from migrate.program.literals.surrounding import Mentioned

LIST: LiteralRole = "list-of-supported"
TABLE: LiteralRole = "price-or-context-table"


def of_key(one: Mentioned, words: LiteralWords) -> LiteralRole:
    """A model id that is the key of a dict, or of ``table[id] = ...``."""
    display = one.holders[0] if one.holders and one.holders[0].kind == "mapping" else None
    if display is None:
        return TABLE
    if {"number", "mapping", "sequence"} & set(display.values) or holds(words.of_a_table, _named(one)):
        return TABLE
    return LIST


def of_value(one: Mentioned, words: LiteralWords, is_id: Callable[[str], bool]) -> LiteralRole:
    """A model id that is the value of a dict, or of ``base[key] = id``."""
    key = one.mention.detail
    if one.mention.context != "value" or not one.holders or one.holders[0].kind != "mapping":
        return "dict-entry"
    display = one.holders[0]
    if any(map(is_id, display.keys)):
        return LIST
    if not words.of_a_request.isdisjoint(display.keys):
        return "dict-entry"
    named = key in words.of_an_entry
    described = any(holds(words.of_a_description, other) for other in display.keys if other != key)
    if described and (named or key in words.of_a_model):
        return TABLE
    return LIST if named and _is_one_of_a_list(one) else "dict-entry"


def of_item(one: Mentioned, words: LiteralWords) -> LiteralRole:
    """A model id that is an item of a list, tuple or set."""
    display = one.holders[0]
    if display.context == "assignment" and not display.detail:
        return "constant"  # first, second = "...", "..."
    outermost = home(one)
    if outermost is not None and outermost.context == "key":
        return TABLE  # {("gpt-4o", "in"): ...}
    if "number" in display.values or holds(words.of_a_table, _named(one)):
        return TABLE
    call = one.call
    if call is not None and names(words.test_cases, call.name):
        return "test-data"
    return LIST


def home(one: Mentioned) -> Holder | None:
    """The outermost display that the id stands in, as far as only displays are around it."""
    found = None
    for holder in one.holders:
        if holder.kind not in ("mapping", "sequence"):
            break
        found = holder
    return found


def _named(one: Mentioned) -> str:
    """The name that the outermost display around the id is given."""
    outermost = home(one)
    return outermost.detail if outermost is not None else ""


def _is_one_of_a_list(one: Mentioned) -> bool:
    return len(one.holders) > 1 and one.holders[1].kind in ("sequence", "mapping")
