"""Strings that look like prompts and reach no known call: told by the name they are given, or by what makes a
prompt of a docstring. They are listed for a person, and never edited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from migrate.catalog.promptwords import OrphanWords
from migrate.facts.expressions import CallReference, Expression
from migrate.facts.records import FileFacts, Mention
from migrate.program.solving.values import External, Located
from migrate.prompts.extraction.literals import UnreadableError, parts_of
from migrate.prompts.extraction.parts import Draft, text_of
from migrate.prompts.extraction.reading import PromptEvaluator
from migrate.prompts.extraction.texts import Texts
from migrate.sources.place import Place, Span

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PLACES = ("assignment", "value", "item", "return", "default", "argument", "text")


class Orphans:
    """Finds them in one file after another; ``known`` are the literals of prompts that a call sends."""

    def __init__(
        self, evaluator: PromptEvaluator, texts: Texts, words: OrphanWords, known: Collection[Place]
    ) -> None:
        self._evaluator = evaluator
        self._texts = texts
        self._words = words
        self._known: dict[str, list[Span]] = {}
        for place in known:
            self._known.setdefault(place.path, []).append(place.span)

    def in_file(self, path: str) -> Iterator[Draft]:
        """The orphans of a loaded file, in the order of their places."""
        facts = self._evaluator.program.facts(path)
        seen: set[Span] = set()
        for mention in sorted(facts.mentions, key=lambda one: one.span):
            if mention.span in seen or mention.value or self._is_known(path, mention.span):
                continue
            seen.add(mention.span)
            if self._is_prompt(path, facts, mention):
                draft = self._read(path, mention.span)
                if draft is not None and len(text_of(draft)) >= self._words.shortest:
                    yield draft

    def _is_known(self, path: str, span: Span) -> bool:
        return any(one.covers(span) or span.covers(one) for one in self._known.get(path, ()))

    def _is_prompt(self, path: str, facts: FileFacts, mention: Mention) -> bool:
        if mention.context == "statement":
            return self._is_docstring_prompt(path, facts, mention)
        if mention.context not in _PLACES:
            return False
        names = [mention.detail]
        holder = mention.holder
        while holder >= 0:
            names += [facts.holders[holder].detail, facts.holders[holder].name]
            holder = facts.holders[holder].parent
        return any({word.lower() for word in _WORD.findall(name)} & self._words.names for name in names)

    def _is_docstring_prompt(self, path: str, facts: FileFacts, mention: Mention) -> bool:
        scope = facts.scopes[mention.scope]
        if not (scope.bases or scope.decorators) or mention.span.line > scope.span.line + _near(scope.span):
            return False
        outer = scope.parent
        bases = self._symbols(path, outer, scope.block, scope.bases)
        made = self._symbols(path, outer, scope.block, scope.decorators)
        return bool(bases & self._words.docstring_classes or made & self._words.docstring_decorators)

    def _symbols(self, path: str, scope: int, block: int, found: tuple[Expression, ...]) -> set[str]:
        symbols: set[str] = set()
        for one in found:
            at = Located(path, max(scope, 0), self._evaluator.program.scope(path, max(scope, 0)).block, one)
            if isinstance(one, CallReference):
                at = at.other(self._evaluator.program.facts(path).calls[one.index].function)
            symbols |= {o.symbol for o in self._evaluator.ask(at).options if isinstance(o, External)}
        return symbols

    def _read(self, path: str, span: Span) -> Draft | None:
        lines = self._texts.lines(path)
        try:
            return parts_of(path, lines, *lines.offsets(span))
        except UnreadableError:
            return None


def _near(span: Span) -> int:
    """How many lines below its first a function or class may have its docstring: its head can be long."""
    return min(span.end_line - span.line, 12)
