"""Says what a string literal must read as after its edits, from the literal's value and never from libcst."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import ReplaceText
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.source import TextOffsets, occurrences, quietly
from migrate.rewrite.engine.spelling import opening_of

_END = "X"  # behind a cut: a quote before it would become one of the closing quotes
# The text of a literal cut at its placeholders: one text more than there are placeholders.
Slots = list[str]


def expected_string(
    node: ast.Constant | ast.JoinedStr, edits: Sequence[ReplaceText], lines: TextOffsets
) -> ast.Constant | ast.JoinedStr:
    """``node`` with every ``old`` replaced. Raises ProofError where an ``old`` does not occur once."""
    slots = _slots(node)
    spots = [_spot(node, slots, edit, lines) for edit in edits]
    taken: tuple[int, int] | None = None
    for slot, at, edit in sorted(spots, key=lambda spot: spot[:2], reverse=True):
        if taken is not None and taken[0] == slot and at + len(edit.old) > taken[1]:
            raise ProofError("proof", f"{where(edit)}: two edits overlap in one string")
        slots[slot] = slots[slot][:at] + edit.new + slots[slot][at + len(edit.old) :]
        taken = (slot, at)
    return _with_slots(node, slots)


def _slots(node: ast.expr) -> Slots:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if not isinstance(node, ast.JoinedStr):
        raise ProofError("proof", f"line {node.lineno}: not a string literal")
    slots = [""]
    for value in node.values:
        if isinstance(value, ast.Constant):
            slots[-1] += str(value.value)
        else:
            slots.append("")
    return slots


def _spot(
    node: ast.expr, slots: Slots, edit: ReplaceText, lines: TextOffsets
) -> tuple[int, int, ReplaceText]:
    """The slot and the offset in it at which ``old`` stands."""
    if edit.within is not None:
        return _exact_spot(node, slots, edit, lines)
    start, end = lines.offsets(edit.span)
    before: Slots = [""]
    if (start, end) != (lines.start_of(node), lines.end_of(node)):
        before = _piece(lines.text[lines.start_of(node) : start])
        slots = _piece(lines.text[start:end])
    found = [(index, at) for index, slot in enumerate(slots) for at in occurrences(slot, edit.old)]
    if len(found) != 1:
        raise ProofError("proof", f"{where(edit)}: {edit.old!r} occurs {len(found)} times, not once")
    index, at = found[0]
    return len(before) - 1 + index, at + (len(before[-1]) if index == 0 else 0), edit


def _exact_spot(
    node: ast.expr, slots: Slots, edit: ReplaceText, lines: TextOffsets
) -> tuple[int, int, ReplaceText]:
    """The same where the stretch is named: what stands before it, read as a literal that ends there, says how
    far it is."""
    assert edit.within is not None
    start, (first, last) = lines.start_of(node), lines.offsets(edit.within)
    _, quote = opening_of(lines.text[lines.offsets(edit.span)[0] :])
    before, until = (_piece(f"{lines.text[start:end]}{_END}{quote}") for end in (first, last))
    index, at = len(before) - 1, len(before[-1]) - len(_END)
    ends = (len(until) - 1, len(until[-1]) - len(_END))
    if ends != (index, at + len(edit.old)) or slots[index][at : ends[1]] != edit.old:
        raise ProofError("proof", f"{where(edit)}: the stretch does not read {edit.old!r}")
    return index, at, edit


def _piece(source: str) -> Slots:
    """The slots of one part of an implicit concatenation; of no part at all where it is blank."""
    tree = quietly(lambda: ast.parse(f"(\n{source}\n)", mode="eval"), "a part of a string", "proof").body
    if isinstance(tree, ast.Tuple) and not tree.elts:
        return [""]
    return _slots(tree)


def _with_slots(node: ast.Constant | ast.JoinedStr, slots: Slots) -> ast.Constant | ast.JoinedStr:
    if isinstance(node, ast.Constant):
        node.value = slots[0]
        return node
    values: list[ast.expr] = []
    holes = [value for value in node.values if not isinstance(value, ast.Constant)]
    kinds = _kinds(node)
    for index, slot in enumerate(slots):
        if slot:
            values.append(ast.copy_location(ast.Constant(slot, kind=kinds.get(index)), node))
        values.extend(holes[index : index + 1])
    node.values = values
    return node


def _kinds(node: ast.JoinedStr) -> dict[int, str | None]:
    """The ``u`` prefixes by slot."""
    kinds: dict[int, str | None] = {}
    slot = 0
    for value in node.values:
        if isinstance(value, ast.Constant):
            kinds.setdefault(slot, value.kind)
        else:
            slot += 1
    return kinds
