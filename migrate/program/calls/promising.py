"""Which calls are worth evaluating: the cheap questions first, by the names in a call alone."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Literal

from migrate.facts.expressions import Attribute, last_name
from migrate.facts.records import Call
from migrate.program.solving import located
from migrate.program.suspects.reaching import OF_BUILTINS

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.calls.likely import Likely
    from migrate.program.calls.matching import Matcher
    from migrate.program.frameworks.framework_calls import FrameworkCalls
    from migrate.program.http.http_calls import HttpCalls
    from migrate.program.solving.evaluate import Evaluator

_BUILTINS = frozenset(vars(builtins))


class Promising:
    """Tells them, asking those who know the SDK, what looks like it, frameworks and plain requests."""

    def __init__(
        self,
        evaluator: Evaluator,
        catalog: Catalog,
        matcher: Matcher,
        likely: Likely,
        others: tuple[FrameworkCalls, HttpCalls],
    ) -> None:
        self._suspects = evaluator.program.suspects
        self._matcher = matcher
        self._likely = likely
        self._frameworks, self._http = others
        self._names = matcher.names | self._frameworks.names | self._http.names
        runners = (*catalog.passing.runners, *catalog.passing.methods)
        self._idle = (OF_BUILTINS | _BUILTINS) - {name.rpartition(".")[2] for name in runners}

    def of(self, path: str, call: Call) -> Literal["sdk", "other"] | None:
        """Whose a call in the file ``path`` may be: one of the SDK's, or another that reaches a model or runs
        what does; None where it reaches none."""
        other = False
        if self._is_telling(call):
            function = located.called(path, call)
            if self._matcher.possible(function, call):
                return "sdk"
            other = self._frameworks.possible(function) or self._http.possible(function, call)
        other = other or (bool(call.arguments) and self._may_run(path, call))
        return "other" if other or self._likely.hands_on(call) else None

    def _is_telling(self, call: Call) -> bool:
        """Whether the last name of what is called says anything: most calls end here."""
        function = call.function
        if type(function) is not Attribute:
            return True
        known = function.name in self._names or self._suspects.called(function.name)
        return known or self._matcher.is_wrapped(function)

    def _may_run(self, path: str, call: Call) -> bool:
        """Whether a call may be there to call a function that it is given."""
        name = last_name(call.function)
        if name in self._idle:
            return False
        given = self._suspects.callables(path, call)
        if not given or not isinstance(call.function, Attribute) or self._suspects.runs(name):
            return bool(given)
        return any(self._matcher.shaped(one) for one in given)
