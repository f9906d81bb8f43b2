"""The rules of POST /v1/responses that depend on the model, the effort and the other parameters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import strict_rejections as reject
from strict_chat_rules import ALL_EFFORTS, verbosities
from strict_rejections import Rejection

if TYPE_CHECKING:
    from strict_models import Model

_JSON_WORD = (
    "Response input messages must contain the word 'json' in some form "
    "to use 'text.format' of type 'json_object'."
)


def judge(model: Model, body: dict[str, Any]) -> Rejection | None:
    """The first refusal of a body whose names are all known to the endpoint."""
    return (
        _input(body)
        or _cap(body)
        or _effort(model, body)
        or _sampling(model, body)
        or _tools(body)
        or _text(model, body)
    )


def effective_effort(model: Model, body: dict[str, Any]) -> str:
    """What the model will do: the value sent, else its default; "none" for a model that cannot reason."""
    return str((body.get("reasoning") or {}).get("effort") or model.breed.default_effort)


def _input(body: dict[str, Any]) -> Rejection | None:
    if all(body.get(name) is None for name in ("input", "prompt", "previous_response_id", "conversation")):
        text = "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation' must be provided."
        return reject.invalid(text, "input", "missing_required_parameter")
    return None


def _cap(body: dict[str, Any]) -> Rejection | None:
    cap = body.get("max_output_tokens")
    if cap is None:
        return None
    if not isinstance(cap, int) or isinstance(cap, bool):
        return reject.wrong_type("max_output_tokens", "an integer", f"a {type(cap).__name__}")
    if cap < 16:
        return reject.too_small("max_output_tokens", 16, cap)
    return None


def _effort(model: Model, body: dict[str, Any]) -> Rejection | None:
    reasoning = body.get("reasoning") or {}
    if reasoning and not model.breed.efforts:
        return reject.unsupported_parameter("reasoning.effort")
    effort = reasoning.get("effort")
    if effort is None or effort in model.breed.efforts:
        return None
    if effort not in ALL_EFFORTS:
        text = f"Invalid value: '{effort}'. Supported values are: {reject.listed(ALL_EFFORTS)}."
        return reject.invalid(text, "reasoning.effort", "invalid_value")
    return reject.unsupported_for_model("reasoning.effort", effort, model.id, model.breed.efforts)


def _sampling(model: Model, body: dict[str, Any]) -> Rejection | None:
    if effective_effort(model, body) == "none":
        return None
    for name in ("temperature", "top_p", "top_logprobs"):
        value = body.get(name)
        if value is not None and not (name != "top_logprobs" and value == 1):
            return reject.unsupported_parameter(name)
    if "message.output_text.logprobs" in (body.get("include") or ()):
        return reject.unsupported_parameter("logprobs")
    return None


def _tools(body: dict[str, Any]) -> Rejection | None:
    for place, tool in enumerate(body.get("tools") or ()):
        if tool.get("type") == "function" and "name" not in tool:
            return reject.missing(f"tools[{place}].name")
    return None


def _text(model: Model, body: dict[str, Any]) -> Rejection | None:
    text = body.get("text") or {}
    verbosity = text.get("verbosity")
    supported = verbosities(model)
    if verbosity is not None and verbosity not in supported:
        return reject.unsupported_for_model("text.verbosity", verbosity, model.id, supported)
    said = json.dumps([body.get("input"), body.get("instructions")]).lower()
    if (text.get("format") or {}).get("type") == "json_object" and "json" not in said:
        return reject.invalid(_JSON_WORD, "input")
    return None
