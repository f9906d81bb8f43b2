"""From a request to the answer that goes back: which path is which endpoint, and which answer it gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import strict_chat_answers
import strict_other_answers
import strict_rejections as reject
import strict_responses_answers
import strict_rules
from strict_models import CHAT, COMPLETIONS, EMBEDDINGS, IMAGES, MODELS, MODERATIONS, RESPONSES, SPEECH
from strict_rejections import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

PATHS = {
    "/v1/chat/completions": CHAT,
    "/v1/responses": RESPONSES,
    "/v1/completions": COMPLETIONS,
    "/v1/embeddings": EMBEDDINGS,
    "/v1/images/generations": IMAGES,
    "/v1/audio/speech": SPEECH,
    "/v1/moderations": MODERATIONS,
}
_MODELS_PATH = "/v1/models"
Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What goes back: one of `json`, `raw` and `events`; `named` events carry their type in an event line."""

    status: int = 200
    json: Json | None = None
    raw: bytes | None = None
    events: Iterator[Json] | None = None
    named: bool = False

    @property
    def error(self) -> str:
        """The refusal's message, "" where the request was accepted."""
        return str(self.json["error"]["message"]) if self.json and self.status != 200 else ""


def answer_get(path: str, today: date, prefix: str) -> Answer:
    """GET /v1/models and GET /v1/models/{id}."""
    if path == _MODELS_PATH:
        return Answer(json=strict_other_answers.model_list(today, prefix))
    if not path.startswith(f"{_MODELS_PATH}/"):
        return refused(reject.wrong_url("GET", path))
    name = path.removeprefix(f"{_MODELS_PATH}/")
    model = MODELS.get(name.removeprefix(prefix)) if name.startswith(prefix) else None
    if model is None or model.is_retired(today):
        return refused(reject.retired_model(name) if model else reject.unknown_model(name))
    return Answer(json=strict_other_answers.model_object(model, prefix))


def answer_post(path: str, body: Json, today: date, prefix: str) -> Answer:
    """Judges `body` as the API would on that day, and answers it."""
    endpoint = PATHS.get(path)
    if endpoint is None:
        return refused(reject.wrong_url("POST", path))
    rejection = strict_rules.judge(endpoint, body, today, prefix)
    return refused(rejection) if rejection else _accepted(endpoint, body, prefix)


def refused(rejection: Rejection) -> Answer:
    return Answer(rejection.status, json=rejection.body())


def _accepted(endpoint: str, body: Json, prefix: str) -> Answer:
    if endpoint == MODERATIONS:
        return Answer(json=strict_other_answers.moderation(body))
    if endpoint == IMAGES:
        return Answer(json=strict_other_answers.images(body))
    if endpoint == SPEECH:
        return Answer(raw=strict_other_answers.SPEECH_BYTES)
    model = MODELS[body["model"].removeprefix(prefix)]
    if endpoint == EMBEDDINGS:
        return Answer(json=strict_other_answers.embeddings(model, body))
    if endpoint == COMPLETIONS:
        if body.get("stream"):
            return Answer(events=strict_other_answers.completion_chunks(body))
        return Answer(json=strict_other_answers.completion(body))
    if endpoint == RESPONSES:
        if body.get("stream"):
            return Answer(events=strict_responses_answers.events(model, body), named=True)
        return Answer(json=strict_responses_answers.answer(model, body))
    if body.get("stream"):
        return Answer(events=strict_chat_answers.chunks(model, body))
    return Answer(json=strict_chat_answers.answer(model, body))
