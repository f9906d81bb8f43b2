"""The cheap question first: what calls pass, by number and names alone, and which functions can take that."""

from __future__ import annotations

from typing import TypeAlias

from migrate.facts.expressions import last_name
from migrate.facts.records import Call, Scope
from migrate.program.functions.decorating import UNALTERING

Shape: TypeAlias = tuple[int, frozenset[str]]
"""How many arguments a call passes by position, those with stars left out, and the names of the others."""


def shape_of(call: Call) -> Shape:
    """What of a call says whether a function can be given what it passes."""
    names = [one.name for one in call.arguments if one.name is not None]
    plain = sum(one.name is None and not one.stars for one in call.arguments)
    return plain, frozenset(names)


def may_take(function: Scope, shape: Shape) -> bool:
    """Whether a function can be given what calls of a shape pass. One with a decorator may be called with
    something else."""
    if not UNALTERING.issuperset(map(last_name, function.decorators)) or function.name == "<lambda>":
        return True
    plain, passed = shape
    kinds = {one.kind for one in function.parameters}
    names = {one.name for one in function.parameters if one.kind in ("positional", "keyword")}
    if "**" not in kinds and not names.issuperset(passed):
        return False
    return "*" in kinds or plain <= sum(one.kind.startswith("positional") for one in function.parameters)
