"""Where the text of a call's prompts is written, and the role it is sent in. Reads no text: prompts/ does.
Looked for only when something asks: messages lead to files that nothing else of a call does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from migrate.program.calls.callsite import CallSite, Prompt
from migrate.program.calls.request import Request
from migrate.program.collections import appended, growth
from migrate.program.solving.values import Items, LiteralOption, Located, Series, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_ROLES = {"messages": "user", "input": "user", "prompt": "user", "image": "user", "speech": "user"}


class PromptPlaces:
    """Answers for the call sites of one program."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._begun = False

    def of(self, site: CallSite) -> tuple[Prompt, ...]:
        """The prompt literals that reach a call, each place once in a role."""
        if not self._begun:
            self._begun = True
            self._evaluator.restore()
        collector = _Collector(self._evaluator)
        for hint, at in site.asked:
            collector.add(self._evaluator.ask(at), _ROLES.get(hint, hint))
        once: dict[tuple[Place, str], Prompt] = {}
        for one in (*site.seen_prompts, *collector.found):
            once.setdefault((one.place, one.role), one)
        return tuple(once.values())


def asked_of(prompts: Mapping[str, str], request: Request) -> tuple[tuple[str, Located], ...]:
    """The expressions that carry the prompts of a call, each with its role as ``prompts`` says it."""
    return tuple((hint, at) for name, hint in prompts.items() for at in request.every.get(name, ()))


class _Collector:
    """Gathers prompts from values. What was entered once is not entered again: a history that is extended by
    itself has no end."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.found: list[Prompt] = []
        self._evaluator = evaluator
        self._entered: set[tuple[Located, str]] = set()

    def add(self, value: Value, role: str) -> None:
        """The texts of a value, or of the messages in it."""
        for option in value.options:
            if isinstance(option, LiteralOption) and isinstance(option.value, str):
                self.found += [Prompt(origin.place, role, origin.chain) for origin in option.origins]
            elif isinstance(option, Series):
                for item in (*option.items, *appended.added(self._evaluator, option)):
                    self._add_message(item, role)

    def _add_message(self, item: Located, role: str) -> None:
        if (item, role) in self._entered:
            return
        self._entered.add((item, role))
        for option in self._evaluator.ask(item, brief=True).options:
            if isinstance(option, Items):
                self._add_content(growth.grown(self._evaluator, option), role)
            elif isinstance(option, LiteralOption) and isinstance(option.value, str):
                self.found += [Prompt(origin.place, role, origin.chain) for origin in option.origins]

    def _add_content(self, message: Items, role: str) -> None:
        said = [self._evaluator.ask(one.value, brief=True) for one in message.entries if one.key == "role"]
        roles = [o.value for one in said for o in one.options if isinstance(o, LiteralOption)]
        here = roles[0] if roles and isinstance(roles[0], str) else role
        for entry in message.entries:
            if entry.key in ("content", "text"):
                self.add(self._evaluator.ask(entry.value, brief=True), here)
