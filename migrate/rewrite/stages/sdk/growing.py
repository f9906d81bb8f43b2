"""Lists of a function that answers, or parts of them, are added to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import msgspec

from migrate.rewrite.stages.sdk.held import OTHER, Held, join

if TYPE_CHECKING:
    from migrate.rewrite.stages.sdk.expressions import Expressions
    from migrate.rewrite.stages.sdk.fields import Env


def added_to(node: ast.Call) -> ast.expr | None:
    """What a call adds something to."""
    adds = isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "extend")
    return node.func.value if adds and isinstance(node.func, ast.Attribute) else None


def joins_others(state: Expressions, node: ast.expr, to: ast.expr | None, held: Held) -> bool:
    """Whether a part of an answer goes into a list of this function that holds other things as well: how its
    items are read then is not known. Messages are dicts there, as all of a history."""
    part = held.kind in ("answer", "list") and not held.whole and held.answer != "ChatMessage"
    if part and isinstance(to, ast.Name):
        state.reads.obstacle(state.file, node, f"{to.id} holds other things too", held)
    return part and isinstance(to, ast.Name)


def grows(base: Held, held: Held) -> bool:
    """Whether a list that is ``base`` goes on as a list of answers where ``held`` is added to it. Messages
    join histories, which hold dicts."""
    return base.kind in ("empty", "list") and not (held.waits or held.later or held.answer == "ChatMessage")


def grown(
    state: Expressions, func: ast.Attribute, base: Held, values: list[tuple[ast.expr, Held]], env: Env
) -> Held:
    """``target.append(value)``: a list of the function's own holds answers from there on."""
    target, wanted = func.value, "list" if func.attr == "extend" else "answer"
    for one, held in values:
        if held.kind == wanted and isinstance(target, ast.Name) and grows(base, held):
            env[target.id] = join(base, msgspec.structs.replace(held, kind="list"))
        else:
            state.passed_on(one, held)
            if isinstance(target, ast.Name):
                env[target.id] = join(base, OTHER) if base.kind == "list" else OTHER
    return OTHER
