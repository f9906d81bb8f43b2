"""Whose ``self`` a method of a base class is about: the class at hand, not every class that shares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import last_name
from migrate.facts.records import Call
from migrate.program.classes import classes
from migrate.program.solving.values import Definition, Located

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def home(evaluator: Evaluator, path: str, scope: int) -> Definition | None:
    """The class in whose method scope ``scope`` stands, however deep."""
    found = evaluator.program.home(path, scope)
    return None if found is None else Definition(path, found)


def concerns(evaluator: Evaluator, at: Located, viewpoint: Definition) -> bool:
    """Whether ``at`` stands in a method that instances of class ``viewpoint`` have."""
    around = evaluator.program.home(at.path, at.scope)
    return around is not None and classes.is_a(evaluator, viewpoint, (at.path, around))


def maker(evaluator: Evaluator, at: Located) -> Definition | None:
    """The class at hand, where it has the method that ``at`` stands in from a class above it."""
    here = evaluator.viewpoint
    return None if here is None or here == home(evaluator, at.path, at.scope) else here


def feeds(evaluator: Evaluator, at: Located, call: Call, viewpoint: Definition) -> bool:
    """Whether ``call``, which runs a constructor, can run it for an instance of class ``viewpoint``: it
    makes one, or one of a subclass, or it is the ``super().__init__`` of a class of the same family."""
    if last_name(call.function) == "__init__":
        around = home(evaluator, at.path, at.scope)
        return around is None or _related(evaluator, around, viewpoint)
    made = [one for one in evaluator.evaluate(at).options if isinstance(one, Definition)]
    return any(_is_a(evaluator, Definition(one.path, one.scope), viewpoint) for one in made) or not made


def is_above(evaluator: Evaluator, at: Located, viewpoint: Definition) -> bool:
    """Whether ``at`` stands in a method of class ``viewpoint`` or of one above it."""
    around = home(evaluator, at.path, at.scope)
    return around is not None and _is_a(evaluator, viewpoint, around)


def replaces(evaluator: Evaluator, viewpoint: Definition, other: tuple[str, int | None]) -> bool:
    """Whether class ``viewpoint`` has a constructor from nearer than class ``other``."""
    for one in classes.ancestry(evaluator, viewpoint.path, viewpoint.scope):
        if (one.path, one.scope) == other:
            return False
        if "__init__" in evaluator.program.scope(one.path, one.scope).bindings:
            return True
    return False


def _related(evaluator: Evaluator, one: Definition, other: Definition) -> bool:
    return _is_a(evaluator, one, other) or _is_a(evaluator, other, one)


def _is_a(evaluator: Evaluator, one: Definition, other: Definition) -> bool:
    return classes.is_a(evaluator, one, (other.path, other.scope))
