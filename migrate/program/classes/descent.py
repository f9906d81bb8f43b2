"""The classes below a class of the program, among the files that are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.program.classes import classes
from migrate.program.solving.values import Definition
from migrate.sources.testfiles import is_foreign

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def heirs(evaluator: Evaluator, path: str, index: int) -> list[Definition]:
    """Loaded classes that have the class among their ancestors; those of tests are none of a program's."""
    plain = Definition(path, index)
    generation = evaluator.program.generation
    return evaluator.families.heirs((path, index), generation, lambda: _heirs(evaluator, plain))


def _heirs(evaluator: Evaluator, ancestor: Definition) -> list[Definition]:
    found: dict[Definition, None] = {}
    queue = [ancestor]
    for parent in queue:
        name = evaluator.program.scope(parent.path, parent.scope).name
        evaluator.program.calls_named(name, parent.path)  # loads the files that mention the class
        for where, heir in evaluator.program.extending(name):
            one = Definition(where, heir)
            if (
                one not in found
                and not is_foreign(where, ancestor.path)
                and parent in classes.ancestry(evaluator, where, heir)[1:]
            ):
                found[one] = None
                queue.append(one)
    return list(found)


def beyond(evaluator: Evaluator, path: str, index: int) -> list[tuple[Definition, Definition]]:
    """The classes that only heirs of the class have among their ancestors, each with the first such heir:
    what a mixin asks of ``self`` stands in another base of the class that it is mixed into."""
    key = ("beyond", path, index)
    nothing: list[tuple[Definition, Definition]] = []
    return evaluator.kept(key, evaluator.program.generation, lambda: _beyond(evaluator, path, index), nothing)


def _beyond(evaluator: Evaluator, path: str, index: int) -> list[tuple[Definition, Definition]]:
    found: dict[Definition, Definition] = {}
    for heir in heirs(evaluator, path, index):
        for one in classes.ancestry(evaluator, heir.path, heir.scope):
            found.setdefault(one, heir)
    for one in classes.ancestry(evaluator, path, index):
        found.pop(one, None)
    return list(found.items())
