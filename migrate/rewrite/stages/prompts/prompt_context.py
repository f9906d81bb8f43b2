"""What the code around a prompt says about it: lines that parse reasoning, names that grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate.catalog.promptwords import PromptWords
from migrate.facts.records import FileFacts
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import Inventory
from migrate.prompts.extraction import Prompts
from migrate.prompts.prompt import PromptText
from migrate.rewrite.stages.prompts.answer_reading import Read, reads_of
from migrate.rewrite.stages.prompts.neighbours import Neighbours
from migrate.rewrite.stages.prompts.output_names import OutputNames, output_names
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_QUOTED = re.compile(r"""(["'])(.+?)\1""")


class Context:
    """Answers for the prompts of one inventory."""

    def __init__(self, inventory: Inventory, prompts: Prompts, words: PromptWords) -> None:
        self._program = inventory.readers.evaluator.program
        self._source = inventory.source
        self._words = words
        self._neighbours = Neighbours(self._program)
        self._reads: dict[str, tuple[Read, ...]] = {}
        self._written: dict[str, list[Span]] = {}
        for text in (*prompts.orphans, *(one for found in prompts.by_call.values() for one in found)):
            for literal in text.literals:
                self._written.setdefault(literal.place.path, []).append(literal.place.span)

    def parsed_at(self, prompt: PromptText, sites: Sequence[CallSite]) -> Place | None:
        """A line that finds, in an answer, reasoning which the prompt asks for; None where there is none."""
        for site in sites:
            stop = site.parameter("stop")
            if stop is not None and any(word in prompt.text for _, word in _QUOTED.findall(stop.code)):
                return stop.place
        names = output_names(prompt.text, self._words.reasoning_keys)
        if not names.any:
            return None
        own = dict.fromkeys(
            [*(site.place.path for site in sites), *(one.place.path for one in prompt.literals)]
        )
        return next(self._finding(names, self._neighbours.around(tuple(own))), None)

    def _finding(self, names: OutputNames, paths: Sequence[str]) -> Iterator[Place]:
        """Where code looks for something that the prompt names."""
        for path in paths:
            for read in self._read(path):
                if names.found_by(read):
                    yield Place(path, read.span)

    def _read(self, path: str) -> tuple[Read, ...]:
        """What a file reads, its prompts aside."""
        if path not in self._reads:
            facts = self._facts(path)
            source = self._source(path)
            lines = Lines(source.text if source is not None else "")
            found = reads_of(facts, lines, self._words.reading) if facts is not None else ()
            own = self._written.get(path, ())
            self._reads[path] = tuple(
                one
                for one in found
                if not any(span.covers(one.span) or one.span.covers(span) for span in own)
            )
        return self._reads[path]

    def _facts(self, path: str) -> FileFacts | None:
        return None if self._program.documents.holds(path) else self._neighbours.facts(path)

    def grades(self, prompt: PromptText, sites: list[CallSite]) -> str:
        """A name around the prompt that says it grades answers; empty for none."""
        names = [site.function for site in sites]
        names += [site.place.path.rpartition("/")[2].removesuffix(".py") for site in sites]
        names += [self._assigned(one.place) for one in prompt.literals]
        for name in names:
            if {word.lower() for word in _WORD.findall(name)} & self._words.graders:
                return name
        return ""

    def _assigned(self, place: Place) -> str:
        """The name that the literal at ``place`` is assigned to."""
        facts = self._facts(place.path)
        for mention in facts.mentions if facts is not None else ():
            if mention.span.covers(place.span) and mention.context in ("assignment", "value", "argument"):
                return mention.detail
        return ""
