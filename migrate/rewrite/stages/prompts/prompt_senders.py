"""Which calls send which prompt, and which piece of source code. Judges nothing."""

from __future__ import annotations

from migrate.prompts.extraction import Prompts
from migrate.prompts.prompt import PromptText, StringLiteral


def by_text(prompts: Prompts) -> dict[PromptText, tuple[str, ...]]:
    """Every prompt once, with its calls. The same words at the same place are one prompt."""
    found: dict[tuple[str, tuple[StringLiteral, ...]], tuple[PromptText, list[str]]] = {}
    for call, texts in prompts.by_call.items():
        for one in texts:
            key = (one.text, one.literals)
            found.setdefault(key, (one, []))[1].append(call)
    return {prompt: tuple(dict.fromkeys(calls)) for prompt, calls in found.values()}


def senders(prompts: Prompts) -> dict[StringLiteral, tuple[str, ...]]:
    """The calls that send what stands in each literal."""
    found: dict[StringLiteral, dict[str, None]] = {}
    for call, texts in prompts.by_call.items():
        for one in texts:
            for literal in one.literals:
                found.setdefault(literal, {})[call] = None
    return {literal: tuple(calls) for literal, calls in found.items()}
