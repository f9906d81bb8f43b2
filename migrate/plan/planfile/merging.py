"""Writes a plan file: a new one, or what changed into the one that is there, comments and order kept."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import msgspec
import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, SingleKey, Table

from migrate.errors import PlanError
from migrate.plan.planfile.entry import THEIRS, Entry, PlanFile

_WIDE = 100  # an array that is longer is written over several lines
_HEAD = """\
# What every call to a model is for, where it goes, and what that costs. `repoint plan` writes this file;
# `repoint diff`, `apply` and `check` follow it. Review it, edit it, commit it.
#
# Yours in every [[call]]:
#   decision  "accept": the call gets this model and effort, "keep": it is left alone, "ask": nobody has
#             decided yet, so it is reported and not edited
#   model     where it goes, and the reasoning effort it gets there; where `current` has several models,
#   effort    one for all of them, or a list in the same order
#   prompt-choice  where a prompt asks for reasoning and the call will not reason: "keep" leaves the words,
#             "raise" raises the effort, and then `apply --stage prompts` takes them out; "ask": undecided
#   note      whatever you want to say about it
# These, your comments and the order stay when `repoint plan` is run again; all else is written anew.

"""


def fresh(plan: PlanFile) -> str:
    """The text of a new plan file."""
    head = tomlkit.document()
    for key, value in _fields(plan).items():
        head.add(key, _item(value))
    for name in ("settings", "totals"):
        table = tomlkit.table()
        for key, value in _fields(getattr(plan, name)).items():
            table.add(key, _item(value))
        head.add(tomlkit.nl())
        head.add(name, table)
    return _HEAD + tomlkit.dumps(head) + "".join(f"\n{_block(entry)}" for entry in plan.call)


def merged(text: str, plan: PlanFile, file: Path) -> str:
    """``text`` of a plan file with what ``plan`` says now. The entries of ``plan`` are in the order of those
    in ``text``, new ones after them. Raises PlanError where ``text`` is no such file."""
    try:
        document = tomlkit.parse(text.replace("\r\n", "\n"))
    except TOMLKitError as error:
        raise PlanError(f"{file}: {error}; correct the TOML") from None
    for key, value in _fields(plan).items():
        _set(document, key, value)
    for name in ("settings", "totals"):
        table = document.get(name)
        if isinstance(table, Table):
            updated = _updated(table, getattr(plan, name), ())
            if updated is not table:  # to put back the same would part the comment behind it from its entry
                document[name] = updated
    calls: Any = document.get("call")
    known = len(calls) if isinstance(calls, AoT) else 0
    for index, entry in enumerate(plan.call[:known]):
        calls[index] = _updated(calls[index], entry, _theirs(calls[index], entry))
    added = "".join(f"\n{_block(entry)}" for entry in plan.call[known:])
    new = tomlkit.dumps(document).rstrip("\n") + "\n" + added
    return new.replace("\n", "\r\n") if "\r\n" in text else new


def _theirs(table: Table, entry: Entry) -> set[str]:
    """The keys that stay as people wrote them: those that the program did not have to decide anew."""
    was = msgspec.convert(table.unwrap(), Entry)
    keys = {name: name.replace("_", "-") for name in THEIRS}
    return {key for name, key in keys.items() if key in table and getattr(was, name) == getattr(entry, name)}


def _updated(table: Table, record: msgspec.Struct, kept: Collection[str]) -> Table:
    """``table`` with the values of ``record``, but for the keys ``kept``: each key where it stood, a new one
    after those that are written before it, comments between them untouched."""
    fields = _fields(record)
    for key in [key for key in table if key not in fields and key not in kept]:
        table.remove(key)
    missing = [key for key in fields if key not in table]
    for key, value in fields.items():
        if key in table and key not in kept:
            _set(table, key, value)
    if not missing:
        return table
    body = list(table.value.body)
    for key in missing:
        before = set(list(fields)[: list(fields).index(key)])
        places = [at for at, (one, _) in enumerate(body) if one is not None and one.key in before]
        body.insert(places[-1] + 1 if places else 0, (SingleKey(key), tomlkit.item(_item(fields[key]))))
    container = Container()
    for one, item in body:
        container.append(one, item)
    return Table(container, table.trivia, table.is_aot_element(), name=table.name)


def _set(table: Any, key: str, value: Any) -> None:
    if key not in table or table[key].unwrap() != value:
        table[key] = _item(value)


def _block(entry: Entry) -> str:
    table = tomlkit.document()
    for key, value in _fields(entry).items():
        table.add(key, _item(value))
    return "[[call]]\n" + tomlkit.dumps(table)


def _fields(record: msgspec.Struct) -> dict[str, Any]:
    """The plain values of a record that say something, by the keys of the file; a person finds the place of
    a note even where there is none."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(type(record)):
        value, key = getattr(record, field.name), field.encode_name
        says = key == "note" or value not in ("", ())
        if says and key != "call" and not isinstance(value, msgspec.Struct):
            found[key] = list(value) if isinstance(value, tuple) else value
    return found


def _item(value: Any) -> Any:
    if isinstance(value, str):
        # A literal string needs no backslashes for the quotes that are quoted in it.
        plain = '"' in value and "'" not in value and value.isprintable()
        return tomlkit.string(value, literal=plain)
    if not isinstance(value, list):
        return value
    array: Array = tomlkit.array()
    array.extend(map(_item, value))
    return array.multiline(len(value) > 1 and sum(map(len, value)) > _WIDE)
