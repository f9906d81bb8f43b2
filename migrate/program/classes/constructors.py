"""Which constructor fills the fields of a class: one that is written out, one made from the fields, or one
that a base outside of the program has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from migrate.facts.records import Call
from migrate.program.classes import classes, viewpoint
from migrate.program.solving import located
from migrate.program.solving.values import Definition, External, Located

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def _at_hand(evaluator: Evaluator, one: Definition) -> Definition | None:
    """The class whose instance has a field of class ``one``; None where it can be any."""
    here = evaluator.viewpoint
    return here if here is not None and classes.is_a(evaluator, here, (one.path, one.scope)) else None


def concerns(evaluator: Evaluator, one: Definition, made: Definition) -> bool:
    """Whether an instance of ``made`` is one of the class at hand; a class beside it is not."""
    here = _at_hand(evaluator, one)
    return here is None or classes.is_a(evaluator, made, (here.path, here.scope))


def is_written(evaluator: Evaluator, one: Definition) -> bool:
    """Whether a class, or one of the program above it, has a constructor that was written out."""
    family = classes.ancestry(evaluator, one.path, one.scope)
    return any("__init__" in evaluator.program.scope(heir.path, heir.scope).bindings for heir in family)


def handing_up(
    evaluator: Evaluator, one: Definition, family: Collection[Definition]
) -> Iterator[tuple[Located, Call]]:
    """The calls by which constructors of a family hand fields to one outside of the program:
    ``super().__init__(model=model)``."""
    program = evaluator.program
    inside = {(heir.path, heir.scope) for heir in family}
    for path, index in program.calls_inside("__init__", one.path, inside):
        call = program.facts(path).calls[index]
        at = located.called(path, call)
        outside = any(isinstance(option, External) for option in evaluator.evaluate(at).options)
        here = _at_hand(evaluator, one)
        if here is not None and not viewpoint.feeds(evaluator, at, call, here):
            continue
        if outside or _is_topmost(evaluator, at):
            yield at, call


def _is_topmost(evaluator: Evaluator, at: Located) -> bool:
    """Whether no class of the program above the one that ``at`` stands in has a constructor of its own."""
    home = evaluator.program.home(at.path, at.scope)
    above = classes.ancestry(evaluator, at.path, home)[1:] if home is not None else []
    named = (evaluator.program.scope(one.path, one.scope).bindings for one in above)
    return bool(above) and not any("__init__" in bindings for bindings in named)
