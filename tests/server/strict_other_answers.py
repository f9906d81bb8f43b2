"""The answers of the small endpoints: completions, embeddings, images, speech, moderations, models."""

from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING, Any

from strict_chat_answers import CREATED
from strict_models import MODELS, Model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

SPEECH_BYTES = b"ID3\x04\x00\x00strict"
_PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\nstrict").decode()
_CATEGORIES = (
    "harassment",
    "harassment/threatening",
    "hate",
    "hate/threatening",
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/instructions",
    "self-harm/intent",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic",
)


def completion(body: dict[str, Any]) -> dict[str, Any]:
    """A `text_completion` object, one choice a prompt and `n`."""
    prompts = body["prompt"] if isinstance(body["prompt"], list) else [body["prompt"]]
    count = len(prompts) * (body.get("n") or 1)
    head = {"id": "cmpl-strict1", "object": "text_completion", "created": CREATED, "model": body["model"]}
    choice = {"text": f"Hello from {body['model']}.", "logprobs": None, "finish_reason": "stop"}
    choices = [{**choice, "index": index} for index in range(count)]
    return {
        **head,
        "choices": choices,
        "usage": {"prompt_tokens": 5, "completion_tokens": 3, "total_tokens": 8},
    }


def completion_chunks(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same in two pieces: the text, then the end."""
    whole = completion({**body, "n": 1})
    whole.pop("usage")
    for text, reason in ((f"Hello from {body['model']}.", None), ("", "stop")):
        yield {**whole, "choices": [{"index": 0, "text": text, "logprobs": None, "finish_reason": reason}]}


def embeddings(model: Model, body: dict[str, Any]) -> dict[str, Any]:
    """One vector an input, as numbers or as base64 of little-endian floats."""
    size = body.get("dimensions") or (3072 if model.id.endswith("large") else 1536)
    inputs = body["input"] if isinstance(body["input"], list) else [body["input"]]
    vector: Any = [0.5] * size
    if body.get("encoding_format") == "base64":
        vector = base64.b64encode(struct.pack(f"<{size}f", *vector)).decode()
    data = [{"object": "embedding", "index": index, "embedding": vector} for index in range(len(inputs))]
    usage = {"prompt_tokens": 4, "total_tokens": 4}
    return {"object": "list", "data": data, "model": body["model"], "usage": usage}


def images(body: dict[str, Any]) -> dict[str, Any]:
    """As many (pretended) pictures as `n` asks for."""
    return {"created": CREATED, "data": [{"b64_json": _PIXEL} for _ in range(body.get("n") or 1)]}


def moderation(body: dict[str, Any]) -> dict[str, Any]:
    """Nothing flagged, one result an input."""
    inputs = body["input"] if isinstance(body["input"], list) else [body["input"]]
    result = {
        "flagged": False,
        "categories": dict.fromkeys(_CATEGORIES, False),
        "category_scores": dict.fromkeys(_CATEGORIES, 0.0),
        "category_applied_input_types": {name: ["text"] for name in _CATEGORIES},
    }
    name = body.get("model", "omni-moderation-latest")
    return {"id": "modr-strict1", "model": name, "results": [result for _ in inputs]}


def model_list(today: date, prefix: str) -> dict[str, Any]:
    """The models that are alive on that day."""
    alive = [model for model in MODELS.values() if not model.is_retired(today)]
    return {"object": "list", "data": [model_object(model, prefix) for model in alive]}


def model_object(model: Model, prefix: str) -> dict[str, Any]:
    """One `model` object; `shutdown_date` is an ISO date, or null where no day was announced."""
    day = model.shutdown.isoformat() if model.shutdown else None
    fields = {"id": prefix + model.id, "object": "model", "created": CREATED, "owned_by": "system"}
    return {**fields, "shutdown_date": day}
