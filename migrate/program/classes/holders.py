"""Objects of libraries that a program keeps things on: whether two expressions can stand for the same one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

from migrate.facts.expressions import dotted
from migrate.facts.records import Scope
from migrate.program.classes import classes
from migrate.program.solving.values import Definition, External, Instance, Located, Made, Member, Option

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

Holder: TypeAlias = External | Made | Member


def is_on(evaluator: Evaluator, holder: Holder, base: Located) -> bool:
    """Whether ``base``, on which something is set, can be ``holder``: the cheap question first."""
    program = evaluator.program
    if symbol_of(holder).partition(".")[0] not in program.packages[base.path]:
        words = dotted(base.expression).split(".")
        scope = program.scope(base.path, base.scope)
        inner = base.scope > 0 and (words[0] in scope.bindings or words[0] in _names(scope))
        of_module = not inner and words[0] in program.scope(base.path, 0).bindings
        if not of_module and words[-1] != _step(holder):
            return False
    return any(_is_alike(evaluator, holder, one) for one in evaluator.evaluate(base).options)


def _names(scope: Scope) -> set[str]:
    return {one.name for one in scope.parameters}


def _is_alike(evaluator: Evaluator, reading: Holder, writing: Option) -> bool:
    """Whether what is set on ``writing`` can be what is there on ``reading``."""
    if isinstance(writing, Instance):
        bases = classes.external_bases(evaluator, Definition(writing.path, writing.scope))
        return any(_is_alike(evaluator, reading, Made(one, None)) for one in bases)
    if not isinstance(writing, (External, Made, Member)):
        return False
    if writing == reading:
        return True
    packages = {symbol_of(one).partition(".")[0] for one in (reading, writing)}
    if packages & sys.stdlib_module_names:
        return False  # each ``SimpleNamespace`` holds what is its own
    step = _step(reading)
    return len(packages) == 1 or (bool(step) and step == _step(writing))


def symbol_of(holder: Holder) -> str:
    """The dotted name of a class or of what a module holds."""
    if isinstance(holder, Member):
        return holder.owner.symbol
    return holder.symbol


def _step(holder: Holder) -> str:
    """The attribute that the object was itself read from: ``state`` of ``app.state``."""
    if isinstance(holder, Made):
        return ""
    path = holder.path if isinstance(holder, Member) else holder.symbol.partition(".")[2]
    return path.rpartition(".")[2]


def own_member(holder: Holder, name: str) -> Option:
    """What the library itself has under ``name``."""
    if isinstance(holder, External):
        return External(f"{holder.symbol}.{name}")
    return Member(holder, name) if isinstance(holder, Made) else Member(holder.owner, f"{holder.path}.{name}")
