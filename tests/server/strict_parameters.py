"""Which parameters each endpoint knows, and the refusal of one that it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strict_rejections as reject
from strict_models import CHAT, COMPLETIONS, EMBEDDINGS, IMAGES, MODERATIONS, RESPONSES, SPEECH, Model

if TYPE_CHECKING:
    from strict_rejections import Rejection

_TEXT: dict[str, str] = {
    CHAT: """
        audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens
        messages metadata modalities model moderation n parallel_tool_calls prediction presence_penalty
        prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format
        safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools
        top_logprobs top_p user verbosity web_search_options""",
    RESPONSES: """
        background background_options context_management conversation include input instructions
        max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls previous_response_id
        prompt prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier
        service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p
        truncation user""",
    COMPLETIONS: """
        best_of echo frequency_penalty logit_bias logprobs max_tokens model n presence_penalty prompt seed
        stop stream stream_options suffix temperature top_p user""",
    EMBEDDINGS: "dimensions encoding_format input model user",
    IMAGES: """
        background model moderation n output_compression output_format partial_images prompt quality size
        stream user""",
    SPEECH: "input instructions model response_format speed stream_format voice",
    MODERATIONS: "input model",
}
KNOWN: dict[str, frozenset[str]] = {endpoint: frozenset(names.split()) for endpoint, names in _TEXT.items()}
_REQUIRED: dict[str, tuple[str, ...]] = {
    CHAT: ("messages",),
    RESPONSES: (),
    COMPLETIONS: ("prompt",),
    EMBEDDINGS: ("input",),
    IMAGES: ("prompt",),
    SPEECH: ("input", "voice"),
    MODERATIONS: ("input",),
}
_MOVED_TO = {
    "messages": "input",
    "max_tokens": "max_output_tokens",
    "max_completion_tokens": "max_output_tokens",
    "reasoning_effort": "reasoning.effort",
    "response_format": "text.format",
    "verbosity": "text.verbosity",
}
# Known to the endpoint, but unknown to the models from gpt-5 on: audio and search models only.
_CACHE_OPTIONS_FROM = ("gpt-5.6", "gpt-6")
_NOT_SINCE_GPT_5 = ("modalities", "audio", "web_search_options")


def unknown(endpoint: str, model: Model, body: dict[str, Any]) -> Rejection | None:
    """The refusal of the first name in `body` that this endpoint or model does not know."""
    names = [name for name in body if name not in KNOWN[endpoint]]
    if endpoint == RESPONSES and names:
        moved = _MOVED_TO.get(names[0])
        return reject.moved_in_responses(names[0], moved) if moved else reject.unknown_parameter(names[0])
    if names and endpoint not in (CHAT, COMPLETIONS):
        return reject.unknown_parameter(names[0])
    if names:
        return reject.unrecognized_arguments(names)
    if "prompt_cache_options" in body and not model.id.startswith(_CACHE_OPTIONS_FROM):
        return reject.unknown_parameter("prompt_cache_options")
    if endpoint == CHAT and model.breed.generation == "gpt-5":
        return next((reject.unknown_parameter(name) for name in _NOT_SINCE_GPT_5 if name in body), None)
    return None


def absent(endpoint: str, body: dict[str, Any]) -> Rejection | None:
    """The refusal of a body without one of the endpoint's required parameters."""
    return next((reject.missing(name) for name in _REQUIRED[endpoint] if body.get(name) is None), None)
