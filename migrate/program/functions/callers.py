"""Who calls a function, and what each call passes for a parameter."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from migrate.facts.expressions import last_name
from migrate.facts.records import Call, Parameter
from migrate.program.classes import classes, constructing, viewpoint
from migrate.program.functions import candidates, decorating, passed_values, passing, resolved_calls, shapes
from migrate.program.functions.resolved_calls import Target
from migrate.program.functions.shapes import Shape
from migrate.program.linking.indexes import Numbered
from migrate.program.solving import located
from migrate.program.solving.budget import TOO_FAR
from migrate.program.solving.combining import unknown
from migrate.program.solving.values import Definition, External, Located, Value
from migrate.sources.testfiles import is_foreign, is_test

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


Caller: TypeAlias = tuple[Located, Call, int]
"""Where a call stands, the call, and how many parameters its receiver and a partial fill before it."""

_PARTIALS = ("functools.partial", "functools.partialmethod")


def passed(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> tuple[list[Value], bool]:
    """What the visible calls of function ``index`` in ``path`` pass for ``wanted``, and whether its default
    is never used: constructors of classes below, which have to run first, always pass a value."""
    scope = evaluator.program.scope(path, index)
    home = classes.owner(evaluator, path, index)
    here = evaluator.viewpoint or (None if home is None else Definition(path, home))
    constructor = scope.name == "__init__" and evaluator.viewpoint is not None
    found: list[Value] = []
    given: set[bool] = set()
    calls, cut = _calls(evaluator, path, index, evaluator.viewpoint if constructor else None)
    for at, call, filled in calls:
        if is_foreign(at.path, path):
            continue  # what a test passes is never passed when the program runs
        if here is not None and constructor and not viewpoint.feeds(evaluator, at, call, here):
            continue
        row = (at, call, scope, wanted, filled)
        value = evaluator.seen_from(here, lambda: passed_values.passed_by(evaluator, *row))  # noqa: B023
        if value is not None:
            found.append(value)
        if here is not None and viewpoint.is_above(evaluator, at, here):
            given.add(value is not None and not any(one.stars for one in call.arguments))
    replaced = constructor and here is not None and viewpoint.replaces(evaluator, here, (path, home))
    return ([*found, unknown(TOO_FAR)] if cut else found), replaced and given == {True}


def calls_of(evaluator: Evaluator, path: str, index: int) -> list[Caller]:
    """Every visible call of a function."""
    return _calls(evaluator, path, index)[0]


def _calls(
    evaluator: Evaluator, path: str, index: int, made: Definition | None = None
) -> tuple[list[Caller], bool]:
    """The same, and whether there may be more: what some call runs was too far away to be seen. Of a
    constructor only those that can make a ``made``, where that is given."""
    key = ("calls", path, index, evaluator.viewpoint, made)
    generation = evaluator.program.generation
    nothing: tuple[list[Caller], bool] = ([], False)
    return evaluator.kept(key, generation, lambda: _found_calls(evaluator, path, index, made), nothing)


def _found_calls(
    evaluator: Evaluator, path: str, index: int, made: Definition | None
) -> tuple[list[Caller], bool]:
    wanted = _wanted(evaluator, path, index)
    scope = evaluator.program.scope(path, index)
    rows: dict[Numbered, int] = {}
    cut = False

    def fits(shape: Shape) -> bool:
        return shapes.may_take(scope, shape)

    def does(shape: Shape) -> bool:
        return fits(shape) and shapes.may_do(scope, shape)

    suits = fits if candidates.is_applied(evaluator, path, index) else does
    for name in candidates.names(evaluator, path, index, made):
        running, far = evaluator.resolved.running(evaluator, name, path, wanted, suits)
        rows = {**running, **rows}
        cut = cut or far
    for call in dict.fromkeys(candidates.others(evaluator, path, index, made)):
        if not fits(shapes.shape_of(evaluator.program.facts(call[0]).calls[call[1]])):
            continue
        targets, far = resolved_calls.answer(evaluator, call)
        filled = [filled for target, filled in targets if target in wanted]
        rows.update((call, one) for one in filled[:1])
        cut = cut or (far and not filled)
    more, before = decorating.added(evaluator, path, index)
    found = [(*_located(evaluator, call), filled + before) for call, filled in rows.items()]
    found += [(at, call, 0) for at, call in more]
    return found + _handed_over(evaluator, path, index, wanted), cut


def _wanted(evaluator: Evaluator, path: str, index: int) -> frozenset[Target]:
    """What a call runs that runs the function: itself, or the class whose constructor it is."""
    home = classes.owner(evaluator, path, index)
    name = evaluator.program.scope(path, index).name
    if home is None or name not in resolved_calls.CONSTRUCTORS:
        return frozenset({(path, index, "")})
    return frozenset({(path, index, ""), (path, home, name)})


def _located(evaluator: Evaluator, numbered: Numbered) -> tuple[Located, Call]:
    """A call, with the expression that it calls."""
    path, index = numbered
    call = evaluator.program.facts(path).calls[index]
    return located.called(path, call), call


def _handed_over(evaluator: Evaluator, path: str, index: int, wanted: Collection[Target]) -> list[Caller]:
    """The calls that something outside the program makes of a function it is given."""
    found: list[Caller] = []
    scope = evaluator.program.scope(path, index)
    for numbered in tuple(evaluator.program.handovers.passing(scope.name)):
        at, call = _located(evaluator, numbered)
        called = evaluator.evaluate(at)
        made = passing.handed(evaluator, at, call, called)
        early = [one for one in called.options if isinstance(one, External) and one.symbol in _PARTIALS]
        if early:
            made = replace(call, function=call.arguments[0].value, arguments=call.arguments[1:])
        for option in () if made is None else evaluator.evaluate(at.other(made.function)).options:
            rows = resolved_calls.targets(evaluator, option)
            filled = next((filled for target, filled in rows if target in wanted), None)
            if filled is not None and made is not None:
                found.append((at, made, filled + (External(_PARTIALS[1]) in early)))
    return found


def unseen(evaluator: Evaluator, path: str, index: int) -> bool:
    """Whether no visible call outside tests runs a function. The ``super().__init__`` of a subclass does
    not, where nothing visible makes an instance of that subclass either."""
    return not any(_counts(evaluator, at, call) for at, call, _ in calls_of(evaluator, path, index))


def _counts(evaluator: Evaluator, at: Located, call: Call) -> bool:
    """Whether a call says that its function is run by the program itself."""
    if is_test(at.path):
        return False
    inside = evaluator.program.scope(at.path, at.scope)
    heir = classes.owner(evaluator, at.path, at.scope) if at.scope > 0 else None
    if heir is None or inside.name != "__init__" or last_name(call.function) != "__init__":
        return True
    return constructing.seen(evaluator, Definition(at.path, heir))
