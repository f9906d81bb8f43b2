"""The answers of POST /v1/responses: the whole `response` object, and the typed events of a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strict_responses_rules
from strict_chat_answers import CREATED
from strict_reply import Reply, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from strict_models import Model


def answer(model: Model, body: dict[str, Any]) -> dict[str, Any]:
    """A finished `response` object."""
    reply = _reply(model, body)
    return _response(model, body, reply, "incomplete" if reply.cut else "completed", [_item(reply)])


def events(model: Model, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The events of a stream in the order of the real API, numbered from 0."""
    reply = _reply(model, body)
    started = _response(model, body, reply, "in_progress", [])
    finished = answer(model, body)
    ending = "response.incomplete" if reply.cut else "response.completed"
    sequence = [
        {"type": "response.created", "response": started},
        {"type": "response.in_progress", "response": started},
    ]
    sequence += _call_events(reply) if reply.call else _text_events(reply)
    sequence += [{"type": ending, "response": finished}]
    for number, event in enumerate(sequence):
        yield {**event, "sequence_number": number}


def _reply(model: Model, body: dict[str, Any]) -> Reply:
    tools = [tool for tool in body.get("tools") or () if tool["type"] == "function"]
    if body.get("tool_choice") == "none":
        tools = []
    given = body.get("input")
    items = given if isinstance(given, list) else []
    answered = any(item.get("type") == "function_call_output" for item in items)
    effort = strict_responses_rules.effective_effort(model, body)
    shape = (body.get("text") or {}).get("format") or {"type": "text"}
    cap = body.get("max_output_tokens")
    return compose(model.id, effort=effort, cap=cap, tools=tools, answered=answered, shape=shape)


def _item(reply: Reply) -> dict[str, Any]:
    if reply.call:
        call = {"name": reply.call.name, "arguments": reply.call.arguments, "call_id": reply.call.id}
        return {"id": "fc_strict1", "type": "function_call", "status": "completed", **call}
    head = {"id": "msg_strict1", "type": "message", "role": "assistant", "status": "completed"}
    return {**head, "content": [_part(reply.text)]}


def _part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def _response(
    model: Model, body: dict[str, Any], reply: Reply, status: str, output: list[dict[str, Any]]
) -> dict[str, Any]:
    text = body.get("text") or {}
    return {
        "id": "resp_strict1",
        "object": "response",
        "created_at": CREATED,
        "status": status,
        "error": None,
        "incomplete_details": {"reason": "max_output_tokens"} if status == "incomplete" else None,
        "instructions": body.get("instructions"),
        "max_output_tokens": body.get("max_output_tokens"),
        "metadata": body.get("metadata") or {},
        "model": body["model"],
        "output": output,
        "parallel_tool_calls": body.get("parallel_tool_calls", True),
        "previous_response_id": body.get("previous_response_id"),
        "reasoning": {"effort": strict_responses_rules.effective_effort(model, body), "summary": None},
        "temperature": body.get("temperature", 1.0),
        "text": {"format": {"type": "text"}, **text},
        "tool_choice": body.get("tool_choice", "auto"),
        "tools": body.get("tools") or [],
        "top_p": body.get("top_p", 1.0),
        "truncation": body.get("truncation", "disabled"),
        "usage": None if status == "in_progress" else _usage(reply),
    }


def _usage(reply: Reply) -> dict[str, Any]:
    return {
        "input_tokens": 10,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": reply.output_tokens,
        "output_tokens_details": {"reasoning_tokens": reply.reasoning_tokens},
        "total_tokens": 10 + reply.output_tokens,
    }


def _text_events(reply: Reply) -> list[dict[str, Any]]:
    item = _item(reply)
    place = {"item_id": item["id"], "output_index": 0, "content_index": 0}
    said = [word if at == 0 else f" {word}" for at, word in enumerate(reply.words)]
    return [
        {
            "type": "response.output_item.added",
            "output_index": 0,
            "item": {**item, "status": "in_progress", "content": []},
        },
        {"type": "response.content_part.added", **place, "part": _part("")},
        *({"type": "response.output_text.delta", **place, "delta": text, "logprobs": []} for text in said),
        {"type": "response.output_text.done", **place, "text": reply.text, "logprobs": []},
        {"type": "response.content_part.done", **place, "part": _part(reply.text)},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
    ]


def _call_events(reply: Reply) -> list[dict[str, Any]]:
    item = _item(reply)
    place = {"item_id": item["id"], "output_index": 0}
    started = {**item, "status": "in_progress", "arguments": ""}
    done = {"arguments": item["arguments"], "name": item["name"]}
    return [
        {"type": "response.output_item.added", "output_index": 0, "item": started},
        {"type": "response.function_call_arguments.delta", **place, "delta": item["arguments"]},
        {"type": "response.function_call_arguments.done", **place, **done},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
    ]
