"""Where the text of a call's prompts is written, and the role it is sent in. Reads no text: prompts/ does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.catalog.sdk import LegacyMethod, SdkMethod
from migrate.program.callsite import Prompt
from migrate.program.requests import Request
from migrate.program.values import Items, LiteralOption, Located, Series, Value

if TYPE_CHECKING:
    from migrate.program.evaluate import Evaluator

_ROLES = {"messages": "user", "input": "user", "prompt": "user", "image": "user", "speech": "user"}


def prompts_of(
    evaluator: Evaluator, method: SdkMethod | LegacyMethod | None, request: Request
) -> tuple[Prompt, ...]:
    """The prompt literals that reach a call."""
    found: list[Prompt] = []
    for name, hint in (method.prompts if method is not None else {}).items():
        if name in request.values:
            value = request.values[name]
            _collect(evaluator, value, _ROLES.get(hint, hint), request.at[name], found)
    return tuple(dict.fromkeys(found))


def _collect(evaluator: Evaluator, value: Value, role: str, at: Located, found: list[Prompt]) -> None:
    texts = [one for one in value.options if isinstance(one, LiteralOption) and isinstance(one.value, str)]
    found += [Prompt(origin.place, role) for one in texts for origin in one.origins]
    for option in value.options:
        if isinstance(option, Series):
            for item in option.items:
                _collect_message(evaluator, item, role, found)


def _collect_message(evaluator: Evaluator, item: Located, role: str, found: list[Prompt]) -> None:
    value = evaluator.ask(item)
    for option in value.options:
        if isinstance(option, Items):
            whole = evaluator.grown(option)
            said = [evaluator.ask(one.value) for one in whole.entries if one.key == "role"]
            roles = [o.value for one in said for o in one.options if isinstance(o, LiteralOption)]
            here = roles[0] if roles and isinstance(roles[0], str) else role
            for entry in whole.entries:
                if entry.key in ("content", "text"):
                    _collect(evaluator, evaluator.ask(entry.value), here, entry.value, found)
        elif isinstance(option, LiteralOption) and isinstance(option.value, str):
            found += [Prompt(origin.place, role) for origin in option.origins]
