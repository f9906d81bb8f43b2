"""What a program itself puts into the variables that clients read their URL from, when the code gives them
none: ``os.environ["OPENAI_BASE_URL"] = url``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, Constant, Expression
from migrate.program.solving import located
from migrate.program.solving.combining import only, union
from migrate.program.solving.values import External, LiteralOption, Located, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_ENVIRONMENT = External("os.environ")
_ABSENT = only(LiteralOption(None, ()))


class UrlVariables:
    """Finds it for the variables ``names``."""

    def __init__(self, evaluator: Evaluator, names: Collection[str]) -> None:
        self._evaluator = evaluator
        self._names = frozenset(names)

    def of(self, at: Located) -> Value | None:
        """The URL of a client that is made at ``at`` and given none; None where nothing that can run with it
        sets one. What is not certain to be set may be missing."""
        program = self._evaluator.program
        found = [
            (where, certain)
            for where, certain in self._written()
            if where.path == at.path or program.together(where.path, at.path)
        ]
        if not found:
            return None
        values = [self._evaluator.ask(where) for where, _ in found]
        certain = any(sure and where.path == at.path for where, sure in found)
        return union(values if certain else [*values, _ABSENT])

    def _written(self) -> list[tuple[Located, bool]]:
        generation = self._evaluator.program.generation
        return self._evaluator.kept(
            ("url variables", self._names), generation, lambda: list(self._writes()), []
        )

    def _writes(self) -> Iterator[tuple[Located, bool]]:
        """Every value that is put into one of the variables, and whether it is whenever its file runs."""
        program = self._evaluator.program
        for path in program.loaded():
            facts = program.facts(path)
            for store in facts.stores:
                where = Located(path, store.scope, store.block, store.value)
                if store.key is not None and self._is_asked(where, store.base, store.key):
                    yield where, store.scope == 0 and store.block == facts.scopes[0].block
            for index in program.calls_named_in(path, "setdefault"):
                call = facts.calls[index]
                base = call.function.base if isinstance(call.function, Attribute) else None
                where = located.called(path, call)
                if base is not None and len(call.arguments) > 1:
                    key, value = (one.value for one in call.arguments[:2])
                    if self._is_asked(where, base, key):
                        yield where.other(value), False

    def _is_asked(self, where: Located, base: Expression, key: Expression) -> bool:
        named = isinstance(key, Constant) and key.value in self._names
        return named and _ENVIRONMENT in self._evaluator.ask(where.other(base)).options
