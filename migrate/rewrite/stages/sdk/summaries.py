"""What is known between passes: which calls ask, what functions return, and what their parameters hold."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TypeAlias

from migrate.rewrite.stages.sdk.held import NOTHING, OTHER, Held, join
from migrate.rewrite.stages.sdk.own_attributes import OwnAttribute, OwnAttributes
from migrate.sources.place import Place

FunctionPlace: TypeAlias = Place


class Summaries:
    """``asking`` holds what the legacy calls give, by place. ``targets`` tells which functions of the program
    a call may run, and how many parameters are filled before its arguments; none where it may run others.
    ``met``: calls were found since ``forget`` that nothing was known of before."""

    def __init__(
        self,
        asking: Mapping[Place, Held],
        targets: Callable[[Place], tuple[tuple[FunctionPlace, int], ...]],
        callers: Callable[[FunctionPlace], tuple[Place, ...]],
        own: OwnAttributes,
    ) -> None:
        self.asking = asking
        self.changed = False
        self.met = False
        self.callers: dict[FunctionPlace, tuple[Place, ...]] = {}
        self._targets = targets
        self._callers = callers
        self._returns: dict[FunctionPlace, Held] = {}
        self._calls: dict[Place, list[FunctionPlace]] = {}
        self._feeding: dict[FunctionPlace, tuple[Place, ...]] = {}
        self._parameters: dict[tuple[FunctionPlace, str], Held] = {}
        self.run: set[Place] = set()
        self.own = own
        self._kept: dict[OwnAttribute, Held] = {}

    def keep(self, attribute: OwnAttribute, held: Held) -> None:
        """An attribute was seen to get ``held``."""
        before = self._kept.get(attribute, NOTHING)
        after = join(before, held)
        if after != before:
            self._kept[attribute] = after
            self.changed = True

    def kept(self, attribute: OwnAttribute) -> Held:
        """What an attribute may hold whenever it is read."""
        return self._kept.get(attribute, NOTHING)

    def returned(self, function: FunctionPlace, held: Held) -> None:
        """A function was seen to return ``held``."""
        before = self._returns.get(function, NOTHING)
        after = join(before, held)
        if after != before:
            self._returns[function] = after
            self.changed = True
        if after.tracked and function not in self.callers:
            self.met = True
            self.callers[function] = self._callers(function)
            for place in self.callers[function]:
                self._calls.setdefault(place, []).append(function)

    def result(self, call: Place) -> Held | None:
        """What the call at ``call`` gives, where it runs a function that returns an answer."""
        functions = self._calls.get(call)
        if functions is None:
            return None
        self.run.add(call)
        found = NOTHING
        for one in functions:
            found = join(found, self._returns.get(one, NOTHING))
        return found

    def given(self, call: Place, node: ast.Call, argument: ast.expr, held: Held) -> bool:
        """Whether ``argument`` of the call goes to parameters of the program, which then hold ``held``."""
        targets = self._targets(call)
        if not targets or any(isinstance(one, ast.Starred) for one in node.args):
            return False
        index = node.args.index(argument) if argument in node.args else -1
        keyword = next((one.arg for one in node.keywords if one.value is argument), None)
        if index < 0 and keyword is None:
            return False
        for place, filled in targets:
            key = (place, keyword if keyword is not None else str(index + filled))
            before = self._parameters.get(key, NOTHING)
            after = join(before, held)
            if after != before:
                self._parameters[key] = after
                self.changed = True
            if held.tracked and place not in self._feeding:
                self.met = True
                self._feeding[place] = self._callers(place)
        return True

    def feeds(self, call: Place) -> bool:
        """Whether the call runs a function that is given an answer, by this call or another."""
        return any(call in places for places in self._feeding.values())

    def forget(self) -> None:
        """Drops what was concluded before all calls were known."""
        self.met = False
        self._returns.clear()
        self._parameters.clear()
        self._kept.clear()

    def parameters(self, function: FunctionPlace, node: ast.arguments) -> dict[str, Held]:
        """What the parameters of a function hold."""
        found = {}
        names = [one.arg for one in (*node.posonlyargs, *node.args)]
        for position, name in enumerate(names):
            held = self._parameters.get((function, str(position)), NOTHING)
            found[name] = join(held, self._parameters.get((function, name), NOTHING))
        for one in node.kwonlyargs:
            found[one.arg] = self._parameters.get((function, one.arg), NOTHING)
        return {name: held if held.tracked else OTHER for name, held in found.items()}

    def fed(self) -> list[Place]:
        """The functions that are given an answer, and the calls of these."""
        return [place for function, calls in self._feeding.items() for place in (function, *calls)]

    def returns(self, function: FunctionPlace) -> Held:
        return self._returns.get(function, NOTHING)

    def missed(self) -> list[Place]:
        """Calls of functions that return an answer which no pass came by."""
        return [place for place in self._calls if place not in self.run]
