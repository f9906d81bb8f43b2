"""The answers of POST /v1/chat/completions: the whole body, and the chunks of a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strict_chat_rules
from strict_reply import Reply, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from strict_models import Model

CREATED = 1764000000


def answer(model: Model, body: dict[str, Any]) -> dict[str, Any]:
    """A `chat.completion` object with as many choices as `n` asks for."""
    reply = _reply(model, body)
    choices = [_choice(index, reply, body) for index in range(body.get("n") or 1)]
    head = {"id": "chatcmpl-strict1", "object": "chat.completion", "created": CREATED, "model": body["model"]}
    tail = {"usage": _usage(reply), "service_tier": "default", "system_fingerprint": None}
    return {**head, "choices": choices, **tail}


def chunks(model: Model, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The `chat.completion.chunk` objects, with a last one for the usage where that is asked for."""
    reply = _reply(model, body)
    head = {
        "id": "chatcmpl-strict1",
        "object": "chat.completion.chunk",
        "created": CREATED,
        "model": body["model"],
    }
    wants_usage = bool((body.get("stream_options") or {}).get("include_usage"))
    extra = {"usage": None} if wants_usage else {}
    for delta in _deltas(reply, legacy="functions" in body):
        yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}], **extra}
    end = {"index": 0, "delta": {}, "finish_reason": _finish_reason(reply, body)}
    yield {**head, "choices": [end], **extra}
    if wants_usage:
        yield {**head, "choices": [], "usage": _usage(reply)}


def _reply(model: Model, body: dict[str, Any]) -> Reply:
    tools = [tool["function"] for tool in body.get("tools") or () if tool["type"] == "function"]
    tools = tools or list(body.get("functions") or ())
    if body.get("tool_choice") == "none" or body.get("function_call") == "none":
        tools = []
    answered = any(message["role"] in ("tool", "function") for message in body["messages"])
    cap = body.get("max_completion_tokens") or body.get("max_tokens")
    effort = strict_chat_rules.effective_effort(model, body)
    shape = body.get("response_format") or {"type": "text"}
    return compose(model.id, effort=effort, cap=cap, tools=tools, answered=answered, shape=shape)


def _choice(index: int, reply: Reply, body: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text, "refusal": None, "annotations": []}
    if reply.call:
        message["content"] = None
        message.update(_called(reply, legacy="functions" in body))
    logprobs = (
        {"content": [_logprob(word) for word in reply.words], "refusal": None}
        if body.get("logprobs")
        else None
    )
    return {
        "index": index,
        "message": message,
        "logprobs": logprobs,
        "finish_reason": _finish_reason(reply, body),
    }


def _called(reply: Reply, legacy: bool) -> dict[str, Any]:
    if reply.call is None:
        return {}
    function = {"name": reply.call.name, "arguments": reply.call.arguments}
    if legacy:
        return {"function_call": function}
    return {"tool_calls": [{"id": reply.call.id, "type": "function", "function": function}]}


def _deltas(reply: Reply, legacy: bool) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": None if reply.call else "", "refusal": None}
    called = _called(reply, legacy)
    if "tool_calls" in called:
        called["tool_calls"][0]["index"] = 0
    if called:
        yield called
    for place, word in enumerate(reply.words):
        yield {"content": word if place == 0 else f" {word}"}


def _finish_reason(reply: Reply, body: dict[str, Any]) -> str:
    if reply.cut:
        return "length"
    if reply.call:
        return "function_call" if "functions" in body else "tool_calls"
    return "stop"


def _logprob(word: str) -> dict[str, Any]:
    return {"token": word, "logprob": -0.01, "bytes": list(word.encode()), "top_logprobs": []}


def _usage(reply: Reply) -> dict[str, Any]:
    details = {"reasoning_tokens": reply.reasoning_tokens, "audio_tokens": 0}
    details.update(accepted_prediction_tokens=0, rejected_prediction_tokens=0)
    return {
        "prompt_tokens": 10,
        "completion_tokens": reply.output_tokens,
        "total_tokens": 10 + reply.output_tokens,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": details,
    }
