"""What the code around a prompt says about it: lines that parse reasoning, names that grade."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.catalog.promptwords import PromptWords
from migrate.facts.expressions import Attribute, Constant, Expression
from migrate.facts.records import FileFacts
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import Inventory
from migrate.prompts.prompt import PromptText
from migrate.sources.place import Place, Span

_TAG = re.compile(r"</?([A-Za-z_]+)>")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_QUOTED = re.compile(r"""(["'])(.+?)\1""")
_READING = ("get", "pop", "group")


class Context:
    """Answers for the prompts of one inventory."""

    def __init__(self, inventory: Inventory, words: PromptWords) -> None:
        self._program = inventory.readers.evaluator.program
        self._words = words

    def parsed_at(self, prompt: PromptText, sites: list[CallSite]) -> Place | None:
        """A line that finds, in an answer, reasoning which the prompt asks for; None where there is none."""
        for site in sites:
            stop = site.parameter("stop")
            if stop is not None and any(word in prompt.text for _, word in _QUOTED.findall(stop.code)):
                return stop.place
        paths = dict.fromkeys(
            [*(site.place.path for site in sites), *(one.place.path for one in prompt.literals)]
        )
        for path in paths:
            facts = None if self._program.documents.holds(path) else self._facts(path)
            for span in self._parsing(prompt, facts) if facts is not None else ():
                return Place(path, span)
        return None

    def _facts(self, path: str) -> FileFacts | None:
        return self._program.load(path) if path in self._program.loaded() else None

    def _parsing(self, prompt: PromptText, facts: FileFacts) -> Iterator[Span]:
        """Where code holds a tag of the prompt, or reads a key that the prompt names."""
        own = {one.place.span for one in prompt.literals}
        tags = {tag for tag in _TAG.findall(prompt.text) if tag.lower() in self._words.reasoning_keys}
        for mention in facts.mentions:
            inside = any(span.covers(mention.span) or mention.span.covers(span) for span in own)
            if not inside and any(f"<{tag}" in mention.value or f"{tag}>" in mention.value for tag in tags):
                yield mention.span
        for span, key in _keys_read(facts):
            if key.lower() in self._words.reasoning_keys and re.search(
                rf"[\"'`]{re.escape(key)}[\"'`]", prompt.text
            ):
                yield span

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
        if self._program.documents.holds(place.path) or self._facts(place.path) is None:
            return ""
        for mention in self._program.facts(place.path).mentions:
            if mention.span.covers(place.span) and mention.context in ("assignment", "value", "argument"):
                return mention.detail
        return ""


def _keys_read(facts: FileFacts) -> Iterator[tuple[Span, str]]:
    for lookup in facts.lookups:
        if lookup.form == "subscript" and _text(lookup.value):
            yield lookup.span, _text(lookup.value)
    for call in facts.calls:
        if isinstance(call.function, Attribute) and call.function.name in _READING and call.arguments:
            key = _text(call.arguments[0].value)
            if key:
                yield call.span, key


def _text(expression: Expression) -> str:
    value = expression.value if isinstance(expression, Constant) else None
    return value if isinstance(value, str) else ""
