"""The rules of POST /v1/chat/completions that depend on the model, the effort and the other parameters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import strict_rejections as reject
from strict_rejections import Rejection

if TYPE_CHECKING:
    from strict_models import Model

ALL_EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
_ONLY_WITHOUT_REASONING = ("temperature", "top_p", "logprobs", "top_logprobs")
_NEVER_SINCE_REASONING = ("presence_penalty", "frequency_penalty", "logit_bias", "prediction")
_NO_STOP = ("o3", "o4-mini", "gpt-5", "gpt-6")
_JSON_WORD = (
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
)
_WITH_TOOLS = (
    "Function tools with reasoning_effort are not supported for {model} in /v1/chat/completions. {cure}"
)
_CURES = {
    "5.4": "Please use /v1/responses instead.",
    "5.6": "To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
}


def judge(model: Model, body: dict[str, Any]) -> Rejection | None:
    """The first refusal; the order follows the real server as far as its error reports show it."""
    return (
        _messages(body)
        or _cap(model, body)
        or _effort(model, body)
        or _sampling(model, body)
        or _never(model, body)
        or _tools(model, body)
        or _verbosity(model, body)
        or _companions(body)
        or _json_word(body)
    )


def effective_effort(model: Model, body: dict[str, Any]) -> str:
    """What the model will do: the value sent, else its default; "none" for a model that cannot reason."""
    return str(body.get("reasoning_effort") or model.breed.default_effort)


def _messages(body: dict[str, Any]) -> Rejection | None:
    messages = body["messages"]
    if not isinstance(messages, list):
        return reject.wrong_type("messages", "an array of objects", f"a {type(messages).__name__}")
    if not messages:
        return reject.empty_array("messages")
    if any(not isinstance(each, dict) or "role" not in each for each in messages):
        return reject.missing("messages[0].role")
    return None


def _cap(model: Model, body: dict[str, Any]) -> Rejection | None:
    caps = [name for name in ("max_tokens", "max_completion_tokens") if body.get(name) is not None]
    for name in caps:
        if not isinstance(body[name], int) or isinstance(body[name], bool):
            return reject.wrong_type(name, "an integer", f"a {type(body[name]).__name__}")
        if body[name] < 1:
            return reject.too_small(name, 1, body[name])
    if "max_tokens" in caps and model.breed.generation != "classic":
        return reject.unsupported_parameter("max_tokens", "max_completion_tokens")
    if len(caps) == 2:
        return reject.invalid(
            "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        )
    return None


def _effort(model: Model, body: dict[str, Any]) -> Rejection | None:
    if "reasoning_effort" not in body:
        return None
    effort = body["reasoning_effort"]
    if not model.breed.efforts:
        return reject.unrecognized_arguments(["reasoning_effort"])
    if effort is not None and effort not in ALL_EFFORTS:
        text = f"Invalid value: '{effort}'. Supported values are: {reject.listed(ALL_EFFORTS)}."
        return reject.invalid(text, "reasoning_effort", "invalid_value")
    if effort not in model.breed.efforts:
        return reject.unsupported_value("reasoning_effort", effort, model.breed.efforts)
    return None


def _sampling(model: Model, body: dict[str, Any]) -> Rejection | None:
    if effective_effort(model, body) == "none":
        return _ranges(body)
    for name in _ONLY_WITHOUT_REASONING:
        value = body.get(name)
        if value is None or value is False or (name in ("temperature", "top_p") and value == 1):
            continue
        if name == "temperature" and model.breed.generation == "gpt-5":
            return reject.only_default(name, value, 1)
        return reject.unsupported_parameter(name)
    return None


def _ranges(body: dict[str, Any]) -> Rejection | None:
    for name, highest in (("temperature", 2), ("top_p", 1)):
        value = body.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return reject.wrong_type(name, "a decimal", f"a {type(value).__name__}")
        if not 0 <= value <= highest:
            side = "above maximum" if value > highest else "below minimum"
            text = f"Invalid '{name}': decimal {side} value. Expected a value between 0 and {highest}."
            return reject.invalid(text, name, "decimal_out_of_range")
    return None


def _never(model: Model, body: dict[str, Any]) -> Rejection | None:
    if model.breed.generation == "classic":
        return None
    if body.get("stop") is not None and model.id.startswith(_NO_STOP):
        return reject.unsupported_parameter("stop")
    sent = (name for name in _NEVER_SINCE_REASONING if body.get(name) is not None)
    return next((reject.unsupported_parameter(name) for name in sent), None)


def _tools(model: Model, body: dict[str, Any]) -> Rejection | None:
    tools = body.get("tools")
    if tools == []:
        return reject.empty_array("tools")
    for place, tool in enumerate(tools or ()):
        if tool.get("type") == "function" and "function" not in tool:
            return reject.missing(f"tools[{place}].function")
    cure = _CURES.get(model.breed.chat_tools)
    if cure and (tools or body.get("functions")) and effective_effort(model, body) != "none":
        return reject.invalid(_WITH_TOOLS.format(model=model.id, cure=cure), "reasoning_effort")
    return None


def _verbosity(model: Model, body: dict[str, Any]) -> Rejection | None:
    value = body.get("verbosity")
    supported = verbosities(model)
    if value is None or value in supported:
        return None
    return reject.unsupported_value("verbosity", value, supported)


def verbosities(model: Model) -> tuple[str, ...]:
    """Chat and codex models of the new generation take medium alone, as all older ones."""
    plain = model.breed.generation == "gpt-5" and "-chat" not in model.id and "codex" not in model.id
    return ("low", "medium", "high") if plain else ("medium",)


def _companions(body: dict[str, Any]) -> Rejection | None:
    for name in ("tool_choice", "parallel_tool_calls"):
        if body.get(name) is not None and not body.get("tools"):
            text = f"Invalid value for '{name}': '{name}' is only allowed when 'tools' are specified."
            return reject.invalid(text, name)
    if body.get("stream_options") is not None and not body.get("stream"):
        text = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        return reject.invalid(text, "stream_options")
    return None


def _json_word(body: dict[str, Any]) -> Rejection | None:
    kind = (body.get("response_format") or {}).get("type")
    if kind == "json_object" and "json" not in json.dumps(body["messages"]).lower():
        return reject.invalid(_JSON_WORD, "messages")
    return None
