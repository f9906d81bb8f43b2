"""Which names may stand for something of a package that reaches a model: asked before any value is followed.
It knows names only and errs towards yes: where ``self.x = OpenAI()`` stands, every ``.x`` is suspect, and so
is whatever is assigned, returned or passed from one. Names inside functions are told apart.
"""

from __future__ import annotations

from collections.abc import Callable

from migrate.facts.expressions import Attribute, Expression
from migrate.facts.records import Call, FileFacts
from migrate.program.suspects.leads import Leads
from migrate.program.suspects.reaching import Reaching
from migrate.program.suspects.spreading import Spreading, exported
from migrate.program.suspects.suspicion import Suspicion


class Suspects:
    """Of the files added so far. ``inside`` says of a module and the file that imports it whether it is one
    of the program's own, which may bear the name of a package."""

    def __init__(self, reaching: Reaching, inside: Callable[[str, str], bool]) -> None:
        self._reaching = reaching
        self._inside = inside
        self._files: dict[str, Suspicion] = {}
        self._spreading = Spreading()
        self._suspect = self._spreading.reached
        self._callables = self._spreading.callables
        self._running = set(reaching.running)

    def may_be(self, path: str, scope: int, expression: Expression) -> bool:
        """Whether an expression of a file may stand for something that matters of one of the packages."""
        alike, objects, methods = self._files[path].sources(expression, scope)
        suspect = self._suspect
        return not (suspect.isdisjoint(alike) and suspect.isdisjoint(objects) and suspect.isdisjoint(methods))

    def may_call(self, path: str, scope: int, expression: Expression) -> bool:
        """The same for a function, a method or a class of one of the packages."""
        here = self._files[path]
        told = here.may_be_called(expression, self._spreading.called)
        return told and self._is_callable(here, scope, expression)

    def callables(self, path: str, call: Call) -> list[Expression]:
        """What a call passes of which ``may_call`` is so."""
        here, names = self._files[path], self._spreading.called
        given = [one.value for one in call.arguments if here.may_be_called(one.value, names)]
        return [one for one in given if self._is_callable(here, call.scope, one)]

    def _is_callable(self, here: Suspicion, scope: int, expression: Expression) -> bool:
        alike, _, methods = here.sources(expression, scope)
        return not (self._callables.isdisjoint(alike) and self._suspect.isdisjoint(methods))

    def may_hold(self, path: str, scope: int, receiver: Expression) -> bool:
        """The same of what a method is called on, by any of the names in it: the method's name has said a
        good deal already."""
        while isinstance(receiver, Attribute):
            if not self._suspect.isdisjoint((receiver.name, exported(receiver.name))):
                return True
            receiver = receiver.base
        return self.may_be(path, scope, receiver)

    def may_be_module(self, path: str, scope: int, expression: Expression) -> bool:
        """Whether an expression of a file may stand for a module, whichever it is."""
        return self._files[path].may_be_module(expression, scope)

    def named(self, name: str) -> bool:
        """Whether an attribute, a class or a variable outside functions of that name may."""
        return name in self._suspect

    def called(self, name: str) -> bool:
        """Whether a function, a method or a class of one of the packages may stand under that name of an
        object, or of a module, whatever is called."""
        return not self._callables.isdisjoint((name, exported(name)))

    def runs(self, name: str) -> bool:
        """Whether a function of that name, which is none of the program's, may call one that it is given."""
        return name in self._running

    def add(self, path: str, facts: FileFacts) -> None:
        here = self._files[path] = Suspicion(path, facts, self._reaching, self._inside)
        Leads(here, self._spreading, self._running).add()
