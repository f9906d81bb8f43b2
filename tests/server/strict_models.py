"""What each model accepts and when it shuts down, as tables of the strict server.

Written by hand from the public documentation, on purpose apart from rules/: the server judges what
rules/ made the tool do, so it must not read rules/ nor import the package under test.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CHAT, RESPONSES, COMPLETIONS = "chat", "responses", "completions"
EMBEDDINGS, IMAGES, SPEECH, MODERATIONS = "embeddings", "images", "speech", "moderations"

_LOW_TO_HIGH = ("low", "medium", "high")
_MINIMAL_UP = ("minimal", *_LOW_TO_HIGH)
_NONE_TO_XHIGH = ("none", *_LOW_TO_HIGH, "xhigh")
_NONE_TO_MAX = (*_NONE_TO_XHIGH, "max")
_LOW_TO_MAX = (*_LOW_TO_HIGH, "xhigh", "max")


@dataclass(frozen=True)
class Breed:
    """Models that behave alike. `chat_tools`: "free", or whose wording refuses tools beside reasoning."""

    endpoints: tuple[str, ...]
    generation: str = "classic"  # classic, o, or gpt-5 (everything from gpt-5 on)
    efforts: tuple[str, ...] = ()
    default_effort: str = "none"
    chat_tools: str = "free"


@dataclass(frozen=True)
class Model:
    """One id, with the day from which the API answers 404 for it (None: no day announced)."""

    id: str
    breed: Breed
    shutdown: date | None

    def is_retired(self, today: date) -> bool:
        return self.shutdown is not None and today >= self.shutdown


_BOTH = (CHAT, RESPONSES)
_ONLY_RESPONSES = (RESPONSES,)

_BREEDS: dict[str, Breed] = {
    "classic": Breed(_BOTH),
    "audio": Breed((CHAT,)),
    "o": Breed(_BOTH, "o", _LOW_TO_HIGH, "medium"),
    "o-pro": Breed(_ONLY_RESPONSES, "o", _LOW_TO_HIGH, "medium"),
    "5": Breed(_BOTH, "gpt-5", _MINIMAL_UP, "medium"),
    "5-pro": Breed(_ONLY_RESPONSES, "gpt-5", ("high",), "high"),
    "codex": Breed(_ONLY_RESPONSES, "gpt-5", _LOW_TO_HIGH, "medium"),
    "codex-max": Breed(_ONLY_RESPONSES, "gpt-5", (*_LOW_TO_HIGH, "xhigh"), "medium"),
    "5.1": Breed(_BOTH, "gpt-5", ("none", *_LOW_TO_HIGH), "none"),
    "5.2": Breed(_BOTH, "gpt-5", _NONE_TO_XHIGH, "none"),
    "5.x-chat": Breed(_BOTH, "gpt-5", ("medium",), "medium"),
    "5.x-pro": Breed(_ONLY_RESPONSES, "gpt-5", ("medium", "high", "xhigh"), "medium"),
    "5.4": Breed(_BOTH, "gpt-5", _NONE_TO_XHIGH, "none", "5.4"),
    "5.5": Breed(_BOTH, "gpt-5", _NONE_TO_XHIGH, "medium", "5.6"),
    "5.6": Breed(_BOTH, "gpt-5", _NONE_TO_MAX, "medium", "5.6"),
    "6": Breed(_BOTH, "gpt-5", _NONE_TO_XHIGH, "medium", "5.6"),  # max: no source names it
    "6-astra": Breed(_BOTH, "gpt-5", _LOW_TO_MAX, "medium", "5.4"),
    "6.2": Breed(_BOTH, "gpt-5", _LOW_TO_HIGH, "medium", "5.4"),  # no source says more of them
    "completion": Breed((COMPLETIONS,)),
    "embedding": Breed((EMBEDDINGS,)),
    "image": Breed((IMAGES,)),
    "speech": Breed((SPEECH,)),
    "moderation": Breed((MODERATIONS,)),
}

# breed, shutdown ("" where none is announced), ids
_TABLE: tuple[tuple[str, str, str], ...] = (
    ("completion", "2024-01-04", "text-davinci-003 text-davinci-002 text-davinci-001 text-curie-001"),
    ("completion", "2024-01-04", "text-babbage-001 text-ada-001 davinci curie babbage ada"),
    ("completion", "2023-03-23", "code-davinci-002"),
    ("completion", "2026-09-28", "gpt-3.5-turbo-instruct babbage-002 davinci-002"),
    (
        "classic",
        "2024-09-13",
        "gpt-3.5-turbo-0301 gpt-3.5-turbo-0613 gpt-3.5-turbo-16k gpt-3.5-turbo-16k-0613",
    ),
    ("classic", "2024-12-06", "gpt-4-vision-preview gpt-4-1106-vision-preview"),
    ("classic", "2025-06-06", "gpt-4-32k gpt-4-32k-0613 gpt-4-32k-0314"),
    ("classic", "2025-07-14", "gpt-4.5-preview"),
    ("classic", "2026-02-17", "chatgpt-4o-latest"),
    ("classic", "2026-03-26", "gpt-4-0314 gpt-4-0125-preview gpt-4-turbo-preview"),
    ("audio", "2026-05-07", "gpt-4o-audio-preview gpt-4o-mini-audio-preview"),
    ("classic", "2026-07-23", "gpt-5-chat-latest gpt-4o-search-preview gpt-4o-mini-search-preview"),
    ("classic", "2026-09-28", "gpt-3.5-turbo-1106"),
    (
        "classic",
        "2026-10-23",
        "gpt-3.5-turbo gpt-3.5-turbo-0125 gpt-4 gpt-4-0613 gpt-4-1106-preview gpt-4-turbo",
    ),
    (
        "classic",
        "2026-10-23",
        "gpt-4-turbo-2024-04-09 gpt-4o-2024-05-13 gpt-4.1-nano gpt-4.1-nano-2025-04-14",
    ),
    (
        "classic",
        "2027-01-14",
        "gpt-4o gpt-4o-2024-08-06 gpt-4o-2024-11-20 gpt-4o-mini gpt-4o-mini-2024-07-18",
    ),
    ("classic", "2027-01-14", "gpt-4.1 gpt-4.1-2025-04-14 gpt-4.1-mini gpt-4.1-mini-2025-04-14"),
    ("audio", "2026-05-07", "gpt-4o-audio-preview-2024-12-17 gpt-4o-mini-audio-preview-2024-12-17"),
    ("audio", "2025-10-10", "gpt-4o-audio-preview-2024-10-01"),
    ("audio", "2026-07-23", "gpt-audio-mini-2025-10-06"),
    ("audio", "2027-01-20", "gpt-audio gpt-audio-2025-08-28 gpt-audio-mini gpt-audio-mini-2025-12-15"),
    ("audio", "", "gpt-audio-1.5"),
    ("classic", "2026-07-23", "gpt-4o-search-preview-2025-03-11 gpt-4o-mini-search-preview-2025-03-11"),
    ("o", "2025-07-28", "o1-preview o1-preview-2024-09-12"),
    ("o", "2025-10-27", "o1-mini o1-mini-2024-09-12"),
    ("o", "2026-10-23", "o1 o1-2024-12-17 o3-mini o3-mini-2025-01-31 o4-mini o4-mini-2025-04-16"),
    ("o", "2026-12-11", "o3 o3-2025-04-16"),
    ("o-pro", "2026-07-23", "o3-deep-research o4-mini-deep-research"),
    ("o-pro", "2026-10-23", "o1-pro o1-pro-2025-03-19"),
    ("o-pro", "2026-12-11", "o3-pro"),
    (
        "5",
        "2026-12-11",
        "gpt-5 gpt-5-2025-08-07 gpt-5-mini gpt-5-mini-2025-08-07 gpt-5-nano gpt-5-nano-2025-08-07",
    ),
    ("5-pro", "2026-12-11", "gpt-5-pro gpt-5-pro-2025-10-06"),
    ("codex", "2026-02-12", "codex-mini-latest"),
    ("codex", "2026-07-23", "gpt-5-codex gpt-5.1-codex gpt-5.1-codex-mini"),
    ("codex-max", "2026-07-23", "gpt-5.1-codex-max gpt-5.2-codex"),
    ("codex-max", "2027-04-01", "gpt-5.3-codex"),
    ("5.1", "2027-04-01", "gpt-5.1 gpt-5.1-2025-11-13"),
    ("5.2", "", "gpt-5.2 gpt-5.2-2025-12-11"),
    ("5.x-chat", "2026-07-23", "gpt-5.1-chat-latest"),
    ("5.x-chat", "2026-08-10", "gpt-5.2-chat-latest gpt-5.3-chat-latest"),
    ("5.x-pro", "", "gpt-5.2-pro gpt-5.2-pro-2025-12-11 gpt-5.4-pro gpt-5.5-pro gpt-5.5-pro-2026-04-23"),
    ("5.4", "", "gpt-5.4 gpt-5.4-2026-03-05 gpt-5.4-mini gpt-5.4-mini-2026-03-17"),
    ("5.4", "2027-04-01", "gpt-5.4-nano gpt-5.4-nano-2026-03-17"),
    ("5.5", "", "gpt-5.5 gpt-5.5-2026-04-23"),
    ("5.6", "", "gpt-5.6 gpt-5.6-sol gpt-5.6-terra gpt-5.6-luna"),
    ("6", "", "gpt-6-sol gpt-6-luna gpt-6.1-terra"),
    ("6-astra", "", "gpt-6-astra gpt-6.1-sol"),
    ("6.2", "", "gpt-6.2-astra gpt-6.2-sol"),
    ("embedding", "", "text-embedding-ada-002 text-embedding-3-small text-embedding-3-large"),
    ("image", "2026-05-12", "dall-e-2 dall-e-3"),
    ("image", "2026-10-23", "gpt-image-1"),
    ("image", "2026-12-01", "gpt-image-1-mini gpt-image-1.5 chatgpt-image-latest"),
    ("image", "", "gpt-image-2"),
    ("speech", "2027-01-06", "tts-1 tts-1-hd gpt-4o-mini-tts gpt-4o-mini-tts-2025-12-15"),
    ("moderation", "2025-10-27", "text-moderation-latest text-moderation-stable text-moderation-007"),
    ("moderation", "", "omni-moderation-latest omni-moderation-2024-09-26"),
)


def _models() -> dict[str, Model]:
    models: dict[str, Model] = {}
    for breed, shutdown, ids in _TABLE:
        day = date.fromisoformat(shutdown) if shutdown else None
        models.update((name, Model(name, _BREEDS[breed], day)) for name in ids.split())
    return models


MODELS: dict[str, Model] = _models()
