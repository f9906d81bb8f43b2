"""Prompts that are the docstring or the instructions of a signature (dspy): sent by whatever model is set
when a predictor runs, so each of the program's models of that framework may send them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from migrate.catalog.promptwords import SignatureWords
from migrate.facts.expressions import Constant, Expression
from migrate.facts.records import Call
from migrate.program.calls.callsite import CallSite
from migrate.program.classes import classes
from migrate.program.solving import located
from migrate.program.solving.values import Definition, External, Located, Made, Option
from migrate.prompts.extraction.reading import PromptEvaluator
from migrate.sources.lines import Lines
from migrate.sources.place import Span

_NEAR = 2  # lines between the head of a class and its docstring, for a head of one line


class Signatures:
    """The texts of the signatures that predictors of a program are made with."""

    def __init__(
        self,
        evaluator: PromptEvaluator,
        words: SignatureWords,
        sites: Sequence[CallSite],
        lines: Callable[[str], Lines],
    ) -> None:
        self._evaluator = evaluator
        self._words = words
        self._lines = lines
        self._sites = [one.id for one in sites if one.symbol.startswith(words.package)]

    def read(self) -> Iterator[tuple[str, Located]]:
        """(call id, text) for every model and every signature; nothing where there is no such model."""
        program = self._evaluator.program
        names = {one.rpartition(".")[2] for one in self._words.predictors}
        for path in program.loaded() if self._sites else ():
            for name in sorted(names):
                for index in program.calls_named_in(path, name):
                    call = program.facts(path).calls[index]
                    at = located.called(path, call)
                    for text in self._of_call(at, call):
                        yield from ((site, text) for site in self._sites)

    def _of_call(self, at: Located, call: Call) -> Iterator[Located]:
        called = {one.symbol for one in self._evaluator.ask(at).options if isinstance(one, External)}
        if called & self._words.predictors and call.arguments:
            for option in self._evaluator.ask(at.other(call.arguments[0].value)).options:
                yield from self._of_signature(option)

    def _of_signature(self, option: Option) -> Iterator[Located]:
        if isinstance(option, Definition) and self._evaluator.program.is_class(option):
            yield from self._docstring(option)
        elif isinstance(option, Made) and option.symbol in self._words.classes and option.at is not None:
            yield from self._instructions(option.at)

    def _instructions(self, made: Located) -> Iterator[Located]:
        """``dspy.Signature("text -> words", "Sort the words.")``"""
        call = self._evaluator.call_at(made)
        for place, one in enumerate(call.arguments if call is not None else ()):
            if one.name == "instructions" or (one.name is None and place == 1):
                yield made.other(one.value)

    def _docstring(self, one: Definition) -> Iterator[Located]:
        """The docstring of a class, as an expression of its own."""
        scope = self._evaluator.program.scope(one.path, one.scope)
        bases = classes.external_bases(self._evaluator, one)
        if not set(bases) & self._words.classes:
            return
        for mention in self._evaluator.program.facts(one.path).mentions:
            if mention.scope == one.scope and mention.context == "statement":
                if mention.span.line <= scope.span.line + _NEAR:
                    yield Located(one.path, one.scope, scope.block, self._node(one.path, mention.span))
                return

    def _node(self, path: str, span: Span) -> Expression:
        return self._evaluator.made_up(("text", path, span), lambda: self._text(path, span))

    def _text(self, path: str, span: Span) -> Constant:
        try:
            value = ast.literal_eval(self._lines(path).slice(span))
        except (SyntaxError, ValueError):
            value = ""
        return Constant(span, value if isinstance(value, str) else "")
