"""Which function of the program a call runs, and which calls run a function: for those who follow values
through the text itself."""

from __future__ import annotations

from collections.abc import Iterable

from migrate.facts.expressions import CallReference
from migrate.facts.records import Call
from migrate.program.functions import callers
from migrate.program.linking.program import Program
from migrate.program.solving.evaluate import Evaluator
from migrate.program.solving.values import Definition, Located
from migrate.sources.place import Place


class Calling:
    """Answers for the loaded files of one program."""

    def __init__(self, program: Program, evaluator: Evaluator) -> None:
        self._program = program
        self._evaluator = evaluator

    def targets(self, call: Place) -> tuple[tuple[Place, int], ...]:
        """The functions that the call at ``call`` may run, each with how many of its parameters the receiver
        fills; none where it may run anything but functions of the program."""
        found = self._call(call)
        if found is None:
            return ()
        at = Located(call.path, found.scope, found.block, CallReference(found.span, 0))
        called = self._evaluator.ask(at.other(found.function))
        functions = [self._function(one) for one in called.options if isinstance(one, Definition)]
        if called.unknown or len(functions) != len(called.options) or None in functions:
            return ()
        return tuple(dict.fromkeys(one for one in functions if one is not None))

    def _function(self, option: Definition) -> tuple[Place, int] | None:
        scope = self._program.scope(option.path, option.scope)
        if scope.kind != "function":
            return None
        return Place(option.path, scope.span), int(option.receiver is not None)

    def callers(self, function: Place) -> tuple[Place, ...] | None:
        """The calls that run the function at ``function``; None where it is handed to something else that
        runs it, so that what becomes of its result is not plain."""
        index = self._scope(function)
        if index is None:
            return None
        found = []
        for at, call, _ in callers.calls_of(self._evaluator, function.path, index):
            place = Place(at.path, call.span)
            real = self._call(place)
            if real is None or real.function != call.function:
                return None
            found.append(place)
        return tuple(dict.fromkeys(found))

    def read_users(self, names: Iterable[str], definer: str) -> None:
        """Reads every file that spells one of ``names`` and may see what ``definer`` defines."""
        for name in names:
            self._program.calls_named(name, definer)

    def _call(self, place: Place) -> Call | None:
        if self._program.load(place.path) is None:
            return None
        calls = self._program.facts(place.path).calls
        return next((one for one in calls if one.span == place.span), None)

    def _scope(self, place: Place) -> int | None:
        if self._program.load(place.path) is None:
            return None
        scopes = self._program.facts(place.path).scopes
        kinds = (index for index, one in enumerate(scopes) if one.span == place.span)
        return next((index for index in kinds if scopes[index].kind == "function"), None)
