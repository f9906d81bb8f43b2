"""Judges one request: the refusal that the API would answer, or None. It keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strict_chat_rules
import strict_parameters
import strict_rejections as reject
import strict_responses_rules
from strict_models import CHAT, COMPLETIONS, EMBEDDINGS, IMAGES, MODELS, MODERATIONS, RESPONSES, Model
from strict_rejections import Rejection

if TYPE_CHECKING:
    from datetime import date

_DEFAULT_MODEL = {IMAGES: "dall-e-2", MODERATIONS: "omni-moderation-latest"}
_CHAT_ON_COMPLETIONS = (
    "This is a chat model and not supported in the v1/completions endpoint. "
    "Did you mean to use v1/chat/completions?"
)
_NOT_CHAT = (
    "This is not a chat model and thus not supported in the v1/chat/completions endpoint. "
    "Did you mean to use v1/completions?"
)
_ONLY_RESPONSES = "This model is only supported in v1/responses and not in v1/chat/completions."


def judge(endpoint: str, body: dict[str, Any], today: date, prefix: str = "") -> Rejection | None:
    """The refusal of this request on that day, or None if it is accepted. `prefix` begins every model id."""
    name = body.get("model", _DEFAULT_MODEL.get(endpoint))
    if not name:
        return reject.invalid("you must provide a model parameter")
    if not isinstance(name, str):
        return reject.wrong_type("model", "a string", "another type")
    if not name.startswith(prefix) or name.removeprefix(prefix) not in MODELS:
        return reject.unknown_model(name)
    model = MODELS[name.removeprefix(prefix)]
    if model.is_retired(today):
        return reject.retired_model(name)
    return (
        _misplaced(endpoint, model)
        or strict_parameters.unknown(endpoint, model, body)
        or strict_parameters.absent(endpoint, body)
        or _rules(endpoint, model, body)
    )


def _misplaced(endpoint: str, model: Model) -> Rejection | None:
    served = model.breed.endpoints
    if endpoint in served:
        return None
    if endpoint == CHAT:
        return reject.wrong_endpoint(_ONLY_RESPONSES if RESPONSES in served else _NOT_CHAT)
    if endpoint == COMPLETIONS and CHAT in served:
        return reject.wrong_endpoint(_CHAT_ON_COMPLETIONS)
    if endpoint == EMBEDDINGS:
        return Rejection(403, "You are not allowed to generate embeddings from this model")
    return reject.wrong_endpoint(f"This model is not supported in the v1/{endpoint} endpoint.")


def _rules(endpoint: str, model: Model, body: dict[str, Any]) -> Rejection | None:
    if endpoint == CHAT:
        return strict_chat_rules.judge(model, body)
    if endpoint == RESPONSES:
        return strict_responses_rules.judge(model, body)
    if endpoint == EMBEDDINGS and body.get("dimensions") and "-3-" not in model.id:
        return reject.invalid("This model does not support specifying dimensions.")
    return None
