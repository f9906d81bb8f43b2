"""Changes what stands between the brackets of a call, a dict or a list, and ticks off the edits that ask for
it. Raises ProofError where another edit wants something of what goes.
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.errors import ProofError
from migrate.findings.edits import Edit, RemoveItem
from migrate.rewrite.engine.cst_arguments import edit_call
from migrate.rewrite.engine.cst_entries import edit_dict, edit_list, edit_tuple
from migrate.rewrite.engine.cst_targets import Targets
from migrate.rewrite.engine.edits import ArgumentEdit, EntryEdit, where


def edit_items(
    node: cst.Call | cst.Dict | cst.List | cst.Tuple,
    updated: cst.BaseExpression,
    edits: Sequence[Edit],
    targets: Targets,
    module: cst.Module,
) -> cst.BaseExpression:
    """``updated``, which was ``node``, with those of ``edits`` made that are about its items."""
    if isinstance(node, cst.Call) and isinstance(updated, cst.Call):
        return _call(node, updated, edits, targets, module)
    if isinstance(node, cst.Dict) and isinstance(updated, cst.Dict):
        return _dict(node, updated, edits, targets, module)
    if isinstance(node, (cst.List, cst.Tuple)) and isinstance(updated, (cst.List, cst.Tuple)):
        return _sequence(node, updated, edits, targets, module)
    return updated


def _call(
    node: cst.Call, updated: cst.Call, edits: Sequence[Edit], targets: Targets, module: cst.Module
) -> cst.Call:
    mine = targets.take([edit for edit in edits if isinstance(edit, ArgumentEdit)])

    def release(place: int) -> None:
        targets.refuse_others(node.args[place].value, mine)

    return edit_call(updated, mine, module, release) if mine else updated


def _dict(
    node: cst.Dict, updated: cst.Dict, edits: Sequence[Edit], targets: Targets, module: cst.Module
) -> cst.Dict:
    mine = targets.take([edit for edit in edits if isinstance(edit, EntryEdit)])

    def release(place: int, whole: bool) -> None:
        element = node.elements[place]
        if whole:
            targets.refuse_others(element.value, mine)
        if isinstance(element, cst.DictElement):
            targets.refuse_others(element.key, mine)

    return edit_dict(node, updated, mine, module, release) if mine else updated


def _sequence(
    node: cst.List | cst.Tuple,
    updated: cst.List | cst.Tuple,
    edits: Sequence[Edit],
    targets: Targets,
    module: cst.Module,
) -> cst.BaseExpression:
    mine = targets.take([edit for edit in edits if isinstance(edit, RemoveItem)])
    for edit in mine:
        if not 0 <= edit.position < len(node.elements):
            raise ProofError("engine", f"{where(edit)}: there is no item {edit.position}")
        targets.refuse_others(node.elements[edit.position].value, mine)
    places = [edit.position for edit in mine]
    if not places:
        return updated
    if isinstance(updated, cst.List):
        return edit_list(updated, places, module)
    if len(updated.lpar) != 1:
        raise ProofError("engine", f"{where(mine[0])}: a tuple without parentheses of its own")
    return edit_tuple(updated, places, module)
