"""Collects where a call stands: its function, the callers of that, and the signs at each. Judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Constant, Imported, Name, dotted
from migrate.program.contexts.calling import Calling
from migrate.program.contexts.records import Context, Frame
from migrate.program.contexts.signs import Signs
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.facts.records import Call, FileFacts, Scope
    from migrate.program.linking.program import Program
    from migrate.program.solving.evaluate import Evaluator

_DEEPEST = 2
_MOST_CALLERS = 6


class Contexts:
    """Answers for the loaded files of one program; what was found for a function is kept."""

    def __init__(self, program: Program, evaluator: Evaluator) -> None:
        self._program = program
        self._numbers: dict[str, dict[Span, int]] = {}
        self._calling = Calling(program, evaluator)
        self._signs = Signs(program, self._calling.known)
        self._called: dict[str, dict[int, list[str]]] = {}

    def around(self, place: Place) -> tuple[Scope, Call] | None:
        """The function or module that the call at ``place`` stands in, and the call as it is written; None
        where no call of a file that was read stands there."""
        if self._program.load(place.path) is None:
            return None
        index = self._index(place.path).get(place.span)
        if index is None:
            return None
        call = self._program.facts(place.path).calls[index]
        return self._program.scope(place.path, call.scope), call

    def of(self, place: Place) -> Context | None:
        """The context of the call at ``place``; None as for ``around``."""
        found = self.around(place)
        if found is None:
            return None
        facts, call = self._program.facts(place.path), found[1]
        frames, cut = self._frames(place.path, call)
        return Context(tuple(frames), _imports(facts), _runs_as_script(facts), call.awaited, cut)

    def _index(self, path: str) -> dict[Span, int]:
        if path not in self._numbers:
            calls = self._program.facts(path).calls
            self._numbers[path] = {one.span: number for number, one in enumerate(calls)}
        return self._numbers[path]

    def _frames(self, path: str, call: Call) -> tuple[list[Frame], bool]:
        frames = [self._frame(path, call, 0)]
        here, seen, cut = [(path, call.scope)], {(path, call.scope)}, False
        for depth in range(1, _DEEPEST + 1):
            above: list[tuple[str, int]] = []
            for where, scope in here:
                found = self._calling.of(where, scope)
                cut = cut or len(found) > _MOST_CALLERS
                for at, caller in found[:_MOST_CALLERS]:
                    if (at, caller.scope) not in seen:
                        seen.add((at, caller.scope))
                        above.append((at, caller.scope))
                        frames.append(self._frame(at, caller, depth))
            here = above
        return frames, cut

    def _frame(self, path: str, call: Call, depth: int) -> Frame:
        facts = self._program.facts(path)
        scope = facts.scopes[call.scope]
        return Frame(
            depth,
            scope.qualname,
            Place(path, scope.span),
            Place(path, call.span),
            self._signs.of(path, call.scope),
            tuple(one.name for one in scope.parameters),
            tuple(self._calls_in(path).get(call.scope, ())),
            scope.asynchronous,
            bool(scope.yields),
            _in_loop(facts, call.block),
        )

    def _calls_in(self, path: str) -> dict[int, list[str]]:
        if path not in self._called:
            found: dict[int, list[str]] = {}
            for call in self._program.facts(path).calls:
                name = dotted(call.function)
                if name:
                    found.setdefault(call.scope, []).append(name)
            self._called[path] = found
        return self._called[path]


def _in_loop(facts: FileFacts, block: int) -> bool:
    while block >= 0:
        one = facts.blocks[block]
        if one.group >= 0 and facts.groups[one.group].kind == "loop":
            return True
        block = one.parent
    return False


def _imports(facts: FileFacts) -> tuple[str, ...]:
    """The modules that a file imports, in any of its scopes."""
    found = (
        one.value.module
        for scope in facts.scopes
        for bindings in scope.bindings.values()
        for one in bindings
        if isinstance(one.value, Imported) and one.value.module
    )
    return tuple(dict.fromkeys(found))


def _runs_as_script(facts: FileFacts) -> bool:
    """Whether it has ``if __name__ == "__main__"``."""
    return any(
        isinstance(one.value, Constant) and one.value.value == "__main__"
        for one in facts.lookups
        if isinstance(one.subject, Name) and one.subject.id == "__name__"
    )
