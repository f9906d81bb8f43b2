"""The messages of a request, in order, with the role that each is sent in.

Reads dicts, lists that grow over several statements, and message objects of frameworks; texts are left to the
Builder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from migrate.catalog.promptwords import PromptWords
from migrate.facts.expressions import Expression
from migrate.facts.records import Call
from migrate.program.collections import appended, growth
from migrate.program.solving.values import (
    FileOption,
    Items,
    LiteralOption,
    Located,
    Made,
    Option,
    Series,
    Value,
)
from migrate.prompts.extraction.building import Builder
from migrate.prompts.extraction.pairing import apart
from migrate.prompts.extraction.parts import Draft
from migrate.prompts.extraction.reading import PromptEvaluator
from migrate.prompts.extraction.telling import is_text
from migrate.prompts.prompt import PromptRole

_ROLES: dict[str, PromptRole] = {
    "system": "system",
    "developer": "developer",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
    "tool": "tool",
    "function": "tool",
}
_HINTS: dict[str, PromptRole] = {"messages": "user", "input": "user", "prompt": "user"}
_CONTENT = ("content", "text", "input_text")
_DEEPEST = 12


class Message(msgspec.Struct, frozen=True):
    """One text of a message, ``unknown`` if it may be another at run time."""

    role: PromptRole
    draft: Draft
    unknown: tuple[str, ...] = ()


class Messages:
    """Collects the texts of one expression. What was entered once is not entered again."""

    def __init__(self, evaluator: PromptEvaluator, builder: Builder, words: PromptWords) -> None:
        self._evaluator = evaluator
        self._builder = builder
        self._words = words
        self._entered: set[tuple[Located, str]] = set()

    def of(self, at: Located, hint: str) -> list[Message]:
        """The texts of the expression ``at``, which carries prompts in the role ``hint``."""
        role = _HINTS.get(hint) or _ROLES.get(hint) or "user"
        return _with_examples(list(self._of_value(self._evaluator.ask(at), role, at, 0)))

    def _of_value(self, value: Value, role: PromptRole, at: Located, depth: int) -> Iterator[Message]:
        for option in value.options:
            yield from self._of_option(option, role, at, depth, value.unknown)

    def _of_option(
        self, option: Option, role: PromptRole, at: Located, depth: int, unknown: Sequence[str]
    ) -> Iterator[Message]:
        if depth > _DEEPEST:
            return
        if is_text(option) or isinstance(option, FileOption):
            for draft in self._builder.of_option(option, at.path):
                yield Message(role, draft, tuple(unknown))
        elif isinstance(option, Series):
            for item in (*option.items, *appended.added(self._evaluator, option)):
                yield from self._of_item(item, role, depth)
        elif isinstance(option, Items):
            yield from self._of_mapping(option, role, depth)
        elif isinstance(option, Made):
            yield from self._of_object(option, role, depth)

    def _of_item(self, item: Located, role: PromptRole, depth: int) -> Iterator[Message]:
        pair = self._as_pair(self._evaluator.ask(item))
        yield from self._of_part(*((pair[1], pair[0]) if pair is not None else (item, role)), depth)

    def _of_part(self, part: Located, role: PromptRole, depth: int) -> Iterator[Message]:
        # Code that handles any message can hold every message in every other: each is read once.
        if (part, role) not in self._entered:
            self._entered.add((part, role))
            yield from self._of_value(self._evaluator.ask(part), role, part, depth + 1)

    def _as_pair(self, value: Value) -> tuple[PromptRole, Located] | None:
        """``("system", text)``, as LangChain writes a message."""
        if len(value.options) != 1 or not isinstance(value.options[0], Series):
            return None
        items = value.options[0].items
        role = self._word(items[0]) if len(items) == 2 else None
        return (_ROLES[role], items[1]) if role in _ROLES else None

    def _of_mapping(self, message: Items, role: PromptRole, depth: int) -> Iterator[Message]:
        whole = growth.grown(self._evaluator, message)
        said = [one.value for one in whole.entries if one.key == "role"]
        for entry in whole.entries:
            if entry.key in _CONTENT:
                yield from self._of_content(entry.value, said[0] if said else None, role, depth)

    def _of_content(
        self, content: Located, said: Located | None, role: PromptRole, depth: int
    ) -> Iterator[Message]:
        """The texts of a message whose role is ``said``, or that of the messages around."""
        pairs = apart(self._evaluator, said, content) if said is not None else []
        if not pairs:
            here = role if said is None else self._role(self._evaluator.ask(said), role)
            yield from self._of_part(content, here, depth)
        elif (content, "") not in self._entered:
            self._entered.add((content, ""))
            for one, value in pairs:
                yield from self._of_value(value, self._role(one, role), content, depth + 1)

    def _role(self, said: Value, around: PromptRole) -> PromptRole:
        """The one role that a value names: ``unknown`` for several and for none, that of the messages
        ``around`` for a word that is none."""
        words = {one.value for one in said.options if isinstance(one, LiteralOption)}
        roles = {_ROLES.get(one, around) for one in words if isinstance(one, str)}
        return roles.pop() if len(roles) == 1 else "unknown"

    def _of_object(self, made: Made, role: PromptRole, depth: int) -> Iterator[Message]:
        """``SystemMessage(content=...)`` and its kind."""
        name = made.symbol.rpartition(".")[2]
        call = self._evaluator.call_at(made.at)
        if made.at is None or call is None:
            return
        own = _ROLES.get(self._words.messages.get(name, ""), role)
        given = self._words.templates.get(name, ())
        if name not in self._words.messages and not given:
            return
        for one in _contents(call, given):
            yield from self._of_part(made.at.other(one), own, depth)

    def _word(self, at: Located) -> str | None:
        values = [o.value for o in self._evaluator.ask(at).options if isinstance(o, LiteralOption)]
        found = [one for one in values if isinstance(one, str)]
        return found[0] if found else None


def _contents(call: Call, names: Sequence[str]) -> Iterator[Expression]:
    """What a message object is given as its text."""
    for position, one in enumerate(call.arguments):
        if one.name in (*_CONTENT, *names, "template", "prompt") or (
            one.name is None and not one.stars and position == 0
        ):
            yield one.value


def _with_examples(found: list[Message]) -> list[Message]:
    """Answers of the assistant that are written in the code are examples, and so is what each answers."""
    last = max((place for place, one in enumerate(found) if one.role == "user"), default=-1)
    result = list(found)
    for place, one in enumerate(found):
        if one.role == "assistant" and place < last and _is_written(one.draft):
            result[place] = msgspec.structs.replace(one, role="few-shot")
            if place and found[place - 1].role == "user":
                result[place - 1] = msgspec.structs.replace(found[place - 1], role="few-shot")
    return result


def _is_written(draft: Draft) -> bool:
    return any(part.kind == "text" for part in draft)
