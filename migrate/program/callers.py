"""Who calls a function, and what each call passes for a parameter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from migrate.facts.expressions import last_name
from migrate.facts.records import Call, Parameter, Scope
from migrate.program import classes, constructing, positions, viewpoint
from migrate.program.combining import NOTHING, crossing, only, union, unknown
from migrate.program.memory import TOO_FAR
from migrate.program.modules import is_test
from migrate.program.values import Applied, Definition, Entry, Instance, Items, Located, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator


Caller: TypeAlias = tuple[Located, Call, bool]
"""Where a call stands, the call, and whether a receiver fills the first parameter."""


def passed(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[tuple[str, Value]]:
    """(path, value) of every visible call of function ``index`` in ``path`` that passes ``wanted``."""
    scope = evaluator.program.scope(path, index)
    home = classes.owner(evaluator, path, index)
    here = evaluator.viewpoint or (None if home is None else Definition(path, home))
    constructor = scope.name == "__init__" and evaluator.viewpoint is not None
    found = []
    calls, cut = _calls(evaluator, path, index)
    for at, call, bound in calls:
        if here is not None and constructor and not viewpoint.feeds(evaluator, at, call, here):
            continue
        value = evaluator.seen_from(here, lambda: _passed_by(evaluator, at, call, scope, wanted, bound))  # noqa: B023
        if value is not None:
            found.append((at.path, value))
    return [*found, (path, unknown(TOO_FAR))] if cut else found


def calls_of(evaluator: Evaluator, path: str, index: int) -> list[Caller]:
    """Every visible call of a function."""
    return _calls(evaluator, path, index)[0]


def _calls(evaluator: Evaluator, path: str, index: int) -> tuple[list[Caller], bool]:
    """The same, and whether there may be more: what some call runs was too far away to be seen."""
    key = (path, index, evaluator.viewpoint)
    return evaluator.kept(key, evaluator.program.generation, lambda: _found_calls(evaluator, path, index))


def _found_calls(evaluator: Evaluator, path: str, index: int) -> tuple[list[Caller], bool]:
    scope = evaluator.program.scope(path, index)
    home = classes.owner(evaluator, path, index)
    found: list[Caller] = []
    cut = False
    for name in _names(evaluator, path, scope, home):
        for where, position in _candidates(evaluator, path, home, name):
            call = evaluator.program.facts(where).calls[position]
            at = Located(where, call.scope, call.block, call.function)
            called = evaluator.evaluate(at)
            for option in called.options:
                bound = _reaches(evaluator, option, path, index, home)
                if bound is not None:
                    found.append((at, call, bound))
                    break
            else:
                cut = cut or TOO_FAR in called.unknown
    return found, cut


def _candidates(evaluator: Evaluator, path: str, home: int | None, name: str) -> Sequence[tuple[str, int]]:
    """(path, call index) of the calls that end in ``name``; ``__init__`` is called from subclasses."""
    if name != "__init__":
        return evaluator.program.calls_named(name, path)
    heirs = [] if home is None else classes.descendants(evaluator, path, home)
    return evaluator.program.calls_inside(name, path, {(one.path, one.scope) for one in heirs})


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


def _names(evaluator: Evaluator, path: str, scope: Scope, home: int | None) -> list[str]:
    """The names that calls of the function can end in."""
    if home is None:
        return [scope.name]
    if scope.name not in ("__init__", "__call__", "__new__"):
        return [scope.name]
    heirs = classes.descendants(evaluator, path, home)
    named = [evaluator.program.scope(one.path, one.scope).name for one in heirs]
    extra = [scope.name] if scope.name == "__init__" else []
    return list(dict.fromkeys([evaluator.program.scope(path, home).name, "cls", *extra, *named]))


def _reaches(evaluator: Evaluator, option: Option, path: str, index: int, home: int | None) -> bool | None:
    """Whether calling ``option`` runs the function, and then whether its first parameter is filled."""
    if isinstance(option, Applied):
        return _reaches(evaluator, option.function, path, index, home)
    if isinstance(option, Definition):
        if (option.path, option.scope) == (path, index):
            return option.receiver is not None
        if home is not None and _constructs(evaluator, option, path, index, home):
            return True
    return None


def _constructs(evaluator: Evaluator, option: Definition, path: str, index: int, home: int) -> bool:
    """Whether ``option`` is a class whose constructor is the function."""
    if evaluator.program.scope(option.path, option.scope).kind != "class":
        return False
    name = evaluator.program.scope(path, index).name
    if name not in ("__init__", "__new__"):
        return False
    for one in classes.ancestry(evaluator, option.path, option.scope):
        if (one.path, one.scope) == (path, home):
            return True
        if name in evaluator.program.scope(one.path, one.scope).bindings:
            return False
    return False


def _passed_by(
    evaluator: Evaluator, at: Located, call: Call, scope: Scope, wanted: Parameter, bound: bool
) -> Value | None:
    """What one call passes for ``wanted``; None where it leaves the default."""
    if wanted.kind == "**":
        return only(_collected(evaluator, at, call, scope))
    if wanted.kind == "*":
        return positions.rest(evaluator, at, call, scope, bound)
    named = next((one for one in call.arguments if one.name == wanted.name), None)
    if named is not None and wanted.kind != "positional-only":
        return _given(evaluator, at.other(named.value))
    found = None
    if wanted.kind != "keyword":
        found = positions.given(evaluator, at, call, positions.taken_by(scope, wanted, bound))
    if found is not None and found.complete:
        return found
    mapped = _spread(evaluator, at, call, wanted)
    return mapped if found is None else union([found, mapped or NOTHING])


def _given(evaluator: Evaluator, argument: Located) -> Value:
    return crossing(evaluator.evaluate(argument), argument.place(), None)


def _spread(evaluator: Evaluator, at: Located, call: Call, wanted: Parameter) -> Value | None:
    """What ``f(**mapping)`` passes for ``wanted``."""
    for one in call.arguments:
        if one.stars == 2:
            return _from_mapping(evaluator, evaluator.evaluate(at.other(one.value)), wanted.name)
    return None


def _from_mapping(evaluator: Evaluator, mapping: Value, name: str) -> Value | None:
    found = evaluator.lookup(mapping, name)
    return found if found.options or found.unknown else None


def _collected(evaluator: Evaluator, at: Located, call: Call, scope: Scope) -> Items:
    """The mapping that ``**kwargs`` is for one call: its keywords that no other parameter takes."""
    taken = {one.name for one in scope.parameters if one.kind not in ("*", "**")}
    entries: list[Entry] = []
    more: list[str] = []
    holder = Place(at.path, call.span)
    for one in call.arguments:
        if one.name is not None and one.name not in taken:
            entries.append(Entry(one.name, at.other(one.value), holder, "keyword"))
        elif one.stars == 2:
            _collect_spread(evaluator, at.other(one.value), entries, more)
    return Items(holder, tuple(entries), tuple(more))


def _collect_spread(evaluator: Evaluator, at: Located, entries: list[Entry], more: list[str]) -> None:
    value = evaluator.evaluate(at)
    for option in value.options:
        if isinstance(option, Items):
            whole = evaluator.grown(option)
            entries += whole.entries
            more += whole.more
        elif not isinstance(option, Instance):
            more.append(f"{at.path}:{at.expression.span.line} passes **arguments that are not visible")
    more += value.unknown
