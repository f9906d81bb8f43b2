"""The calls that may run a function: those by its name, and those of what it was passed on as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Defined, Expression, last_name
from migrate.facts.records import Argument, Call
from migrate.program.classes import classes, descent
from migrate.program.functions import passing
from migrate.program.libraries import mocks
from migrate.program.linking.indexes import Numbered
from migrate.program.solving import located
from migrate.program.solving.values import Definition
from migrate.sources.testfiles import is_foreign

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_ONLY_LOOK = frozenset(
    {"isinstance", "issubclass", "print", "str", "len", "repr", "append", "hasattr", "getattr"}
)
_PARTIALS = ("partial", "partialmethod")
_NEVER_RUN = _ONLY_LOOK | mocks.CLASSES  # what a mock runs is run by tests alone, in the place of something


def names(evaluator: Evaluator, path: str, index: int, made: Definition | None = None) -> list[str]:
    """The names whose every call may run function ``index`` of ``path``. A method that is passed on is looked
    for by its own name only: names of methods are many, and shared. Of a constructor, where it is to make a
    ``made``, no class beside that is asked about: a base class can have hundreds."""
    scope = evaluator.program.scope(path, index)
    home = classes.owner(evaluator, path, index)
    if home is None:
        return [scope.name] if scope.name != "<lambda>" else []
    if scope.name not in ("__init__", "__call__", "__new__"):
        return [scope.name]
    top = made or Definition(path, home)
    heirs = descent.heirs(evaluator, top.path, top.scope)
    named = [evaluator.program.scope(one.path, one.scope).name for one in heirs]
    if scope.name == "__call__":
        above = [evaluator.program.scope(one.path, one.scope).name for one in _above(evaluator, path, home)]
        handovers = evaluator.program.handovers
        return list(dict.fromkeys(name for title in (*above, *named) for name in handovers.objects(title)))
    return list(dict.fromkeys([evaluator.program.scope(top.path, top.scope).name, "cls", *named]))


def is_applied(evaluator: Evaluator, path: str, index: int) -> bool:
    """Whether a partial may pass some of what function ``index`` of ``path`` needs."""
    home = classes.owner(evaluator, path, index)
    scopes = (index,) if home is None else (index, home)
    called = {
        last_name(evaluator.program.facts(where).calls[position].function)
        for one in scopes
        for where, position in evaluator.program.handovers.passing(evaluator.program.scope(path, one).name)
    }
    return any(not called.isdisjoint(evaluator.program.names_of(one)) for one in _PARTIALS)


def _above(evaluator: Evaluator, path: str, home: int) -> list[Definition]:
    """A class and those above it, with the files loaded that mention one of them."""
    found = classes.ancestry(evaluator, path, home)
    for one in found:
        evaluator.program.calls_named(evaluator.program.scope(one.path, one.scope).name, one.path)
    return found


def others(evaluator: Evaluator, path: str, index: int, made: Definition | None = None) -> Iterator[Numbered]:
    """(path, call index) of the calls that may run it besides: those of what it was passed on as, and
    ``super().__init__(...)``, of a ``made`` that of its own family."""
    scope = evaluator.program.scope(path, index)
    home = classes.owner(evaluator, path, index)
    if home is None:
        if scope.name != "<lambda>":
            yield from _passed_on(evaluator, path, scope.name)
        yield from _of_inner(evaluator, path, index)
    elif scope.name == "__init__":
        top = made or Definition(path, home)
        heirs = {(one.path, one.scope) for one in descent.heirs(evaluator, top.path, top.scope)}
        if made is not None:
            heirs |= {(one.path, one.scope) for one in classes.ancestry(evaluator, made.path, made.scope)}
        yield from evaluator.program.calls_inside(scope.name, path, heirs)


def _passed_on(evaluator: Evaluator, path: str, name: str) -> Iterator[Numbered]:
    """The calls that what ``path`` defines under a name may be run by where it is passed on; what tests do
    with a function of the program says nothing of how the program runs it."""
    for where, position in tuple(evaluator.program.handovers.passing(name)):
        if is_foreign(where, path):
            continue
        call = evaluator.program.facts(where).calls[position]
        given = [one for one in call.arguments if last_name(one.value) == name]
        yield from _runs(evaluator, where, call, given)


def _runs(evaluator: Evaluator, path: str, call: Call, given: list[Argument]) -> Iterator[Numbered]:
    """The calls that may run one of the arguments ``given``: inside the called function, or of what the
    called function gives back."""
    if last_name(call.function) in _NEVER_RUN:
        return
    at = located.called(path, call)
    for argument in given:
        yield from passing.receivers(evaluator, at, call, argument)
    yield from evaluator.program.calls_of_results(last_name(call.function))


def _of_inner(evaluator: Evaluator, path: str, index: int) -> Iterator[Numbered]:
    """The calls that may run a function that has no name outside: one that another function returns, or a
    lambda."""
    scope = evaluator.program.scope(path, index)
    parent = evaluator.program.scope(path, scope.parent)
    if parent.kind == "function" and parent.returns:
        yield from evaluator.program.calls_of_results(parent.name)
    if scope.name != "<lambda>":
        return
    for name, rows in parent.bindings.items():
        if any(_is(one.value, index) for one in rows):
            yield from evaluator.program.calls_named(name, path)
            yield from _passed_on(evaluator, path, name)
    for call in evaluator.program.facts(path).calls:
        given = [one for one in call.arguments if _is(one.value, index)]
        if given:
            yield from _runs(evaluator, path, call, given)


def _is(expression: Expression | None, index: int) -> bool:
    return isinstance(expression, Defined) and expression.scope == index
