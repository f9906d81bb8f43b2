"""Decides what the pretended model says to an accepted request, whatever the endpoint's shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from strict_samples import sample

# Tokens that thinking costs before the first visible word. A cap below it leaves the text empty, as in life.
THINKING = {"none": 0, "minimal": 0, "low": 64, "medium": 256, "high": 1024, "xhigh": 2048, "max": 4096}


@dataclass(frozen=True)
class ToolCall:
    """A call of one of the request's functions: its name and its arguments as JSON text."""

    name: str
    arguments: str
    id: str = "call_strict1"


@dataclass(frozen=True)
class Reply:
    """What is said: text, or a tool call, or nothing because the cap went into thinking (`cut`)."""

    text: str
    call: ToolCall | None
    cut: bool
    reasoning_tokens: int

    @property
    def words(self) -> list[str]:
        return self.text.split(" ") if self.text else []

    @property
    def output_tokens(self) -> int:
        return len(self.words) + self.reasoning_tokens


def compose(
    model: str,
    *,
    effort: str,
    cap: int | None,
    tools: list[dict[str, Any]],
    answered: bool,
    shape: dict[str, Any],
) -> Reply:
    """The reply of `model`. `tools` are flat function definitions, `answered` says that a tool's result is
    in the conversation already, `shape` is the response format ({"type": "text"} if none)."""
    thinking = THINKING[effort]
    if cap is not None and thinking and cap <= thinking:
        return Reply("", None, True, cap)
    if tools and not answered:
        arguments = json.dumps(sample(tools[0].get("parameters") or {}))
        return Reply("", ToolCall(tools[0]["name"], arguments), False, thinking)
    return Reply(_text(model, shape), None, False, thinking)


def _text(model: str, shape: dict[str, Any]) -> str:
    if shape.get("type") == "json_object":
        return json.dumps({"answer": "sample", "model": model})
    if shape.get("type") == "json_schema":
        return json.dumps(sample(shape.get("json_schema", shape)["schema"]))
    return f"Hello from {model}."
