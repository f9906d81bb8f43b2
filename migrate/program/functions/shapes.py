"""The cheap question first: what calls pass, by number and names alone, and which functions can take that."""

from __future__ import annotations

from typing import TypeAlias

from migrate.facts.expressions import last_name
from migrate.facts.records import Call, Scope
from migrate.program.functions.decorating import UNALTERING

Shape: TypeAlias = tuple[int, frozenset[str], bool]
"""How many arguments a call passes by position, those with stars left out; the names of the others; and
whether some have stars."""


def shape_of(call: Call) -> Shape:
    """What of a call says whether a function can be given what it passes."""
    names = [one.name for one in call.arguments if one.name is not None]
    plain = sum(one.name is None and not one.stars for one in call.arguments)
    return plain, frozenset(names), any(one.stars for one in call.arguments)


def may_take(function: Scope, shape: Shape) -> bool:
    """Whether a function can be given what calls of a shape pass. One with a decorator may be called with
    something else."""
    if _is_altered(function):
        return True
    plain, passed, _ = shape
    kinds = {one.kind for one in function.parameters}
    names = {one.name for one in function.parameters if one.kind in ("positional", "keyword")}
    if "**" not in kinds and not names.issuperset(passed):
        return False
    return "*" in kinds or plain <= sum(one.kind.startswith("positional") for one in function.parameters)


def may_do(function: Scope, shape: Shape) -> bool:
    """Whether what calls of a shape pass is all that a function needs, beside a receiver."""
    plain, passed, starred = shape
    if starred or _is_altered(function):
        return True
    positional = [one for one in function.parameters if one.kind.startswith("positional")]
    behind = positional[plain + 1 :]  # the one before may be passed as a receiver
    keywords = [one for one in function.parameters if one.kind == "keyword"]
    return all(one.default is not None or one.name in passed for one in (*behind, *keywords))


def _is_altered(function: Scope) -> bool:
    return function.name == "<lambda>" or not UNALTERING.issuperset(map(last_name, function.decorators))
