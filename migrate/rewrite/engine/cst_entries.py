"""Sets, renames and removes the entries of one dict display; takes items out of a list or a tuple."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import RemoveEntry, RenameEntry, SetEntry
from migrate.rewrite.engine.cst_displays import display_of, row_of
from migrate.rewrite.engine.cst_gaps import NOTHING
from migrate.rewrite.engine.cst_row import Row
from migrate.rewrite.engine.cst_values import as_value
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.source import literal_text

EntryEdits = Sequence[SetEntry | RenameEntry | RemoveEntry]


def edit_dict(
    original: cst.Dict,
    updated: cst.Dict,
    edits: EntryEdits,
    module: cst.Module,
    release: Callable[[int, bool], None],
) -> cst.Dict:
    """``updated`` with ``edits`` applied; all keys mean the entries of ``original``, one for one the same.

    ``release(i, whole)`` is called for each entry that loses its key (its value too where ``whole``); it
    raises where another edit needs them. Raises ProofError for a key that is not there once, or that
    would be there twice.
    """
    row = row_of(updated.elements, (updated.lbrace, updated.rbrace), module)
    named = _keys(original)
    removed: list[int] = []
    added: list[SetEntry] = []
    for edit in edits:
        places = named.get(edit.key, [])
        if isinstance(edit, SetEntry) and not places:
            added.append(edit)
            continue
        if len(places) != 1:
            raise ProofError(
                "engine", f"{where(edit)}: the dict has {len(places)} entries {edit.key!r}, not one"
            )
        index = places[0]
        release(index, not isinstance(edit, RenameEntry))
        if isinstance(edit, RemoveEntry):
            removed.append(index)
        else:
            row.items[index].node = _changed(row.items[index].node, edit, module)
    for edit in added:
        row.append(_entry(row, edit, module))
    row.remove_all(removed)
    _refuse_doubles(row, named, edits)
    elements, lbrace, rbrace = display_of(row, updated.lbrace, updated.rbrace)
    return updated.with_changes(elements=elements, lbrace=lbrace, rbrace=rbrace)


def edit_list(updated: cst.List, removed: Sequence[int], module: cst.Module) -> cst.List:
    """``updated`` without the items ``removed``."""
    row = row_of(updated.elements, (updated.lbracket, updated.rbracket), module)
    row.remove_all(removed)
    elements, lbracket, rbracket = display_of(row, updated.lbracket, updated.rbracket)
    return updated.with_changes(elements=elements, lbracket=lbracket, rbracket=rbracket)


def _keys(node: cst.Dict) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for index, element in enumerate(node.elements):
        key = _key_text(element)
        if key is not None:
            named.setdefault(key, []).append(index)
    return named


def _key_text(element: cst.BaseDictElement) -> str | None:
    if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
        return literal_text(element.key.value)
    return None


def _changed(
    element: cst.BaseDictElement, edit: SetEntry | RenameEntry, module: cst.Module
) -> cst.BaseDictElement:
    if not isinstance(element, cst.DictElement) or not isinstance(element.key, cst.SimpleString):
        raise ProofError("engine", f"{where(edit)}: the entry {edit.key!r} has no plain string for a key")
    if isinstance(edit, SetEntry):
        return element.with_changes(value=as_value(edit.code, module, element.value))
    opening = element.key.value[: len(element.key.prefix + element.key.quote)]
    literal = f"{opening}{edit.new}{element.key.quote}"
    if literal_text(literal) != edit.new:
        raise ProofError("engine", f"{where(edit)}: the key {edit.new!r} would need escaping")
    return element.with_changes(key=element.key.with_changes(value=literal))


def _entry(row: Row[cst.BaseDictElement], edit: SetEntry, module: cst.Module) -> cst.DictElement:
    """A new entry, with the quotes and the colon's spaces of the last one that has a string key."""
    quote, space = '"', " "
    for item in row.items:
        if isinstance(item.node, cst.DictElement) and isinstance(item.node.key, cst.SimpleString):
            quote = item.node.key.quote[:1]
            gap = item.node.whitespace_after_colon
            space = "" if isinstance(gap, cst.SimpleWhitespace) and not gap.value else " "
    literal = f"{quote}{edit.key}{quote}"
    if literal_text(literal) != edit.key:
        literal = repr(edit.key)
    return cst.DictElement(
        key=cst.SimpleString(literal),
        value=as_value(edit.code, module),
        whitespace_after_colon=cst.SimpleWhitespace(space),
    )


def _refuse_doubles(row: Row[cst.BaseDictElement], before: dict[str, list[int]], edits: EntryEdits) -> None:
    seen: set[str] = set()
    wanted = {edit.new for edit in edits if isinstance(edit, RenameEntry)}
    for item in row.items:
        key = _key_text(item.node)
        if key in seen and (key in wanted or len(before.get(key or "", ())) < 2):
            raise ProofError("engine", f"{where(edits[0])}: the dict would have the key {key!r} twice")
        if key is not None:
            seen.add(key)


def edit_tuple(updated: cst.Tuple, removed: Sequence[int], module: cst.Module) -> cst.Tuple:
    """``updated``, which stands in parentheses, without the items ``removed``; one that is left keeps a
    comma."""
    row = row_of(updated.elements, (updated.lpar[0], updated.rpar[0]), module)
    row.remove_all(removed)
    if len(row.items) == 1 and not row.items[0].comma:
        row.items[0].comma, row.items[0].after = True, row.items[0].before
        row.items[0].before = NOTHING
    elements, left, right = display_of(row, updated.lpar[0], updated.rpar[0])
    return updated.with_changes(elements=elements, lpar=[left], rpar=[right])
