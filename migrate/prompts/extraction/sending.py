"""Which prompts reach a model that a framework holds: what its methods send, what it is put together with.

A framework's call site is where the model is made (``ChatOpenAI(...)``); the prompts come in elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.catalog.promptwords import PromptWords
from migrate.facts.expressions import Attribute, last_name
from migrate.facts.records import Argument, Call
from migrate.program.calls.callsite import CallSite
from migrate.program.solving import located
from migrate.program.solving.values import Located, Made, Value
from migrate.prompts.extraction.reading import PromptEvaluator
from migrate.prompts.extraction.telling import is_text
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
        together = self._words.together
        for index, call in enumerate(facts.calls):
            given = {one.name for one in call.arguments}
            both = given & together.models and given & together.prompts
            if index in names or both or last_name(call.function) in together.functions:
                yield located.called(path, call), call

    def _take(self, at: Located, call: Call) -> None:
        self._take_together(at, call)
        if not isinstance(call.function, Attribute) or call.function.name not in self._words.sending.methods:
            return
        base = at.other(call.function.base)
        for model in self._models(self._evaluator.ask(base)):
            self._note(model, base)  # a chain carries its prompts itself
            for one in call.arguments[:1]:
                if not one.stars:
                    self._note(model, at.other(one.value))

    def _take_together(self, at: Located, call: Call) -> None:
        """The prompts that a call is given beside a model."""
        together = self._words.together
        open_ = last_name(call.function) in together.functions
        for one in call.arguments:
            if one.name not in together.models and not (open_ and one.name is None and not one.stars):
                continue
            for model in self._models(self._evaluator.ask(at.other(one.value))):
                for other in call.arguments:
                    told = other.name in together.prompts or (open_ and self._is_said(at, other))
                    if told and other is not one:
                        self._note(model, at.other(other.value))

    def _is_said(self, at: Located, given: Argument) -> bool:
        """Whether a positional argument is a text or a template."""
        if given.name is not None or given.stars:
            return False
        said = {*self._words.templates, *self._words.messages}
        return any(
            is_text(one) or (isinstance(one, Made) and one.symbol.rpartition(".")[2] in said)
            for one in self._evaluator.ask(at.other(given.value)).options
        )

    def _models(self, value: Value) -> list[str]:
        """The call ids of the models among the options."""
        made = (one for one in value.options if isinstance(one, Made) and one.at is not None)
        places = (Place(one.at.path, one.at.expression.span) for one in made if one.at is not None)
        return [self._sites[place] for place in places if place in self._sites]

    def _note(self, call: str, at: Located) -> None:
        self.found.setdefault(call, {})[at] = None
