"""Sets, renames and removes the keyword arguments of one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import NameArgument, RemoveArgument, RenameArgument, SetArgument
from migrate.rewrite.engine.cst_gaps import NOTHING
from migrate.rewrite.engine.cst_row import Item, Row
from migrate.rewrite.engine.cst_values import as_value, parenthesised
from migrate.rewrite.engine.edits import where

ArgumentEdits = Sequence[SetArgument | RenameArgument | RemoveArgument | NameArgument]


def edit_call(
    call: cst.Call, edits: ArgumentEdits, module: cst.Module, release: Callable[[int], None]
) -> cst.Call:
    """``call`` with ``edits`` applied; all names mean the arguments as they are now.

    ``release(i)`` is called for each argument whose value goes; it raises where another edit needs it.
    Raises ProofError for a keyword that is not there, or that would be there twice.
    """
    row = _row(call, module)
    named = {arg.keyword.value: index for index, arg in enumerate(call.args) if arg.keyword is not None}
    removed: list[int] = []
    added: list[SetArgument] = []
    for edit in edits:
        if isinstance(edit, NameArgument):
            _name(row, edit)
            continue
        index = named.get(edit.name)
        if isinstance(edit, SetArgument) and index is None:
            added.append(edit)
            continue
        if index is None:
            raise ProofError("engine", f"{where(edit)}: the call has no keyword {edit.name!r}")
        item = row.items[index]
        if isinstance(edit, RenameArgument):
            item.node = item.node.with_changes(keyword=cst.Name(edit.new))
            continue
        release(index)
        if isinstance(edit, SetArgument):
            item.node = item.node.with_changes(value=as_value(edit.code, module, item.node.value))
        else:
            removed.append(index)
    _add(row, added, module)
    for index in sorted(removed, reverse=True):
        row.remove(index)
    return _call(call, row, edits)


def _name(row: Row[cst.Arg], edit: NameArgument) -> None:
    arg = row.items[edit.position].node if edit.position < len(row.items) else None
    if arg is None or arg.keyword is not None or arg.star:
        raise ProofError("engine", f"{where(edit)}: the call has no argument at position {edit.position}")
    _free_generator(row)
    arg = row.items[edit.position].node
    row.items[edit.position].node = arg.with_changes(keyword=cst.Name(edit.name), equal=_equal(row))


def _row(call: cst.Call, module: cst.Module) -> Row[cst.Arg]:
    items = []
    for arg in call.args:
        bare = arg.with_changes(comma=cst.MaybeSentinel.DEFAULT, whitespace_after_arg=NOTHING)
        if isinstance(arg.comma, cst.Comma):
            items.append(Item(bare, arg.comma.whitespace_before, True, arg.comma.whitespace_after))
        else:
            items.append(Item(bare, arg.whitespace_after_arg))
    return Row(call.whitespace_before_args, items, module.default_indent)


def _add(row: Row[cst.Arg], edits: Sequence[SetArgument], module: cst.Module) -> None:
    for edit in edits:
        node = cst.Arg(
            keyword=cst.Name(edit.name),
            value=as_value(edit.code, module),
            equal=_equal(row),
            comma=cst.MaybeSentinel.DEFAULT,
        )
        _free_generator(row)
        stars = [index for index, item in enumerate(row.items) if item.node.star == "**"]
        if stars:
            row.insert(stars[0], node)
        else:
            row.append(node)


def _equal(row: Row[cst.Arg]) -> cst.AssignEqual:
    """``=`` with the spaces that the other keywords of the call have around it; none where they differ."""
    equals = [item.node.equal for item in row.items if isinstance(item.node.equal, cst.AssignEqual)]
    spaced = equals and all(_spaces(equal) == (" ", " ") for equal in equals)
    space = cst.SimpleWhitespace(" " if spaced else "")
    return cst.AssignEqual(whitespace_before=space, whitespace_after=space)


def _spaces(equal: cst.AssignEqual) -> tuple[str, str] | None:
    before, after = equal.whitespace_before, equal.whitespace_after
    if isinstance(before, cst.SimpleWhitespace) and isinstance(after, cst.SimpleWhitespace):
        return before.value, after.value
    return None


def _free_generator(row: Row[cst.Arg]) -> None:
    """A generator may go without parentheses only while it is the sole argument."""
    if len(row.items) == 1:
        arg = row.items[0].node
        if isinstance(arg.value, cst.GeneratorExp) and not arg.value.lpar:
            row.items[0].node = arg.with_changes(value=parenthesised(arg.value))


def _call(call: cst.Call, row: Row[cst.Arg], edits: ArgumentEdits) -> cst.Call:
    names = [item.node.keyword.value for item in row.items if item.node.keyword is not None]
    if len(set(names)) < len(names):
        raise ProofError("engine", f"{where(edits[0])}: the call would pass a keyword twice")
    args = []
    for item in row.items:
        comma = cst.Comma(item.before, item.after) if item.comma else cst.MaybeSentinel.DEFAULT
        after = NOTHING if item.comma else item.before
        args.append(item.node.with_changes(comma=comma, whitespace_after_arg=after))
    return call.with_changes(args=args, whitespace_before_args=row.opening)
