"""Says what a call or a dict display must be after its edits, as ``ast`` nodes."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from migrate.errors import ProofError
from migrate.findings.edits import (
    NameArgument,
    RemoveArgument,
    RemoveEntry,
    RenameArgument,
    RenameEntry,
    SetArgument,
    SetEntry,
)
from migrate.rewrite.engine.edits import where

ArgumentEdit: TypeAlias = SetArgument | RenameArgument | RemoveArgument | NameArgument
EntryEdit: TypeAlias = SetEntry | RenameEntry | RemoveEntry


def expected_call(
    node: ast.Call, edits: Sequence[ArgumentEdit], values: Mapping[ArgumentEdit, ast.expr | None]
) -> ast.Call:
    """``node`` after ``edits``; new keywords come last, before the first ``**``."""
    named = {keyword.arg: keyword for keyword in node.keywords if keyword.arg is not None}
    added: list[ast.keyword] = []
    positions = {edit.position: edit.name for edit in edits if isinstance(edit, NameArgument)}
    _name(node, positions)
    for edit in edits:
        if isinstance(edit, NameArgument):
            continue
        keyword, value = named.get(edit.name), values[edit]
        if keyword is None:
            if not isinstance(edit, SetArgument) or value is None:
                raise ProofError("proof", f"{where(edit)}: the call has no keyword {edit.name!r}")
            added.append(ast.keyword(arg=edit.name, value=value))
        elif isinstance(edit, RenameArgument):
            keyword.arg = edit.new
        elif isinstance(edit, SetArgument) and value is not None:
            keyword.value = value
        else:
            node.keywords.remove(keyword)
    stars = [index for index, keyword in enumerate(node.keywords) if keyword.arg is None]
    place = stars[0] if stars else len(node.keywords)
    node.keywords[place:place] = added
    return node


def _name(node: ast.Call, positions: Mapping[int, str]) -> None:
    """Makes keywords, before all others, of the positional arguments from the first of ``positions`` on."""
    if not positions:
        return
    first = min(positions)
    behind = node.args[first:]
    if len(behind) != len(positions) or any(isinstance(one, ast.Starred) for one in node.args):
        raise ProofError("proof", f"line {node.lineno}: a named argument has a positional one behind it")
    made = [ast.keyword(arg=positions[first + at], value=one) for at, one in enumerate(behind)]
    node.keywords[:0] = made
    del node.args[first:]


def expected_dict(
    node: ast.Dict,
    keys: Sequence[object],
    edits: Sequence[EntryEdit],
    values: Mapping[EntryEdit, ast.expr | None],
) -> ast.Dict:
    """``node`` after ``edits``; ``keys`` are its constant keys as they were. New entries come last."""
    entries: list[tuple[ast.expr | None, ast.expr] | None] = list(zip(node.keys, node.values, strict=True))
    for edit in edits:
        places = [index for index, key in enumerate(keys) if isinstance(key, str) and key == edit.key]
        value = values[edit]
        if not places and isinstance(edit, SetEntry) and value is not None:
            entries.append((ast.Constant(edit.key), value))
            continue
        entry = entries[places[0]] if len(places) == 1 else None
        if entry is None:
            raise ProofError(
                "proof", f"{where(edit)}: the dict has {len(places)} entries {edit.key!r}, not one"
            )
        if isinstance(edit, SetEntry) and value is not None:
            entries[places[0]] = (entry[0], value)
        elif isinstance(edit, RenameEntry) and isinstance(entry[0], ast.Constant):
            entry[0].value = edit.new
        else:
            entries[places[0]] = None
    kept = [entry for entry in entries if entry is not None]
    node.keys, node.values = [key for key, _ in kept], [value for _, value in kept]
    return node
