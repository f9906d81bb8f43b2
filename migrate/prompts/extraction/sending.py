"""Which prompts reach a model that a framework holds: what its methods send, what it is put together with.

A framework's call site is where the model is made (``ChatOpenAI(...)``); the prompts come in elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.catalog.promptwords import PromptWords
from migrate.facts.expressions import Attribute
from migrate.facts.records import Call
from migrate.program.calls.callsite import CallSite
from migrate.program.solving.values import Located, Made, Value
from migrate.prompts.extraction.reading import PromptEvaluator
from migrate.sources.place import Place


class Sending:
    """The expressions that carry prompts to the models of ``sites``, by call id."""

    def __init__(self, evaluator: PromptEvaluator, words: PromptWords, sites: Sequence[CallSite]) -> None:
        self._evaluator = evaluator
        self._words = words
        self._sites = {site.place: site.id for site in sites if site.kind == "framework"}
        self.found: dict[str, dict[Located, None]] = {}

    def read(self) -> dict[str, dict[Located, None]]:
        """Goes through all loaded files once."""
        if self._sites:
            for path in self._evaluator.program.loaded():
                for at, call in self._calls(path):
                    self._take(at, call)
        return self.found

    def _calls(self, path: str) -> Iterator[tuple[Located, Call]]:
        """The calls worth a question, with where they stand."""
        program = self._evaluator.program
        facts = program.facts(path)
        names = {
            index for name in self._words.sending.methods for index in program.calls_named_in(path, name)
        }
        for index, call in enumerate(facts.calls):
            given = {one.name for one in call.arguments}
            if index in names or (
                given & self._words.together.models and given & self._words.together.prompts
            ):
                yield Located(path, call.scope, call.block, call.function), call

    def _take(self, at: Located, call: Call) -> None:
        together = self._words.together
        for one in call.arguments:
            if one.name in together.models:
                for model in self._models(self._evaluator.ask(at.other(one.value))):
                    for other in call.arguments:
                        if other.name in together.prompts:
                            self._note(model, at.other(other.value))
        if not isinstance(call.function, Attribute) or call.function.name not in self._words.sending.methods:
            return
        base = at.other(call.function.base)
        for model in self._models(self._evaluator.ask(base)):
            self._note(model, base)  # a chain carries its prompts itself
            for one in call.arguments[:1]:
                if not one.stars:
                    self._note(model, at.other(one.value))

    def _models(self, value: Value) -> list[str]:
        """The call ids of the models among the options."""
        made = (one for one in value.options if isinstance(one, Made) and one.at is not None)
        places = (Place(one.at.path, one.at.expression.span) for one in made if one.at is not None)
        return [self._sites[place] for place in places if place in self._sites]

    def _note(self, call: str, at: Located) -> None:
        self.found.setdefault(call, {})[at] = None
