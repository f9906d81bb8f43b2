"""Models as records, and the questions asked of a model id. It reads no files and decides no target."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Tier: TypeAlias = Literal["flagship", "small", "nano", "pro", "special"]
Kind: TypeAlias = Literal[
    "chat",
    "completion",
    "embedding",
    "image",
    "audio",
    "speech",
    "transcription",
    "moderation",
    "realtime",
    "video",
    "search",
    "codex",
    "research",
    "computer",
]
Endpoint: TypeAlias = Literal[
    "chat",
    "responses",
    "completions",
    "embeddings",
    "images",
    "audio",
    "moderations",
    "batch",
    "realtime",
]
Evidence: TypeAlias = Literal["documented", "reported", "inferred"]

OWN_MODELS = 'declare your own models in a file named by rules = ["..."] under [tool.repoint]'
"""What to do where a model is not in the catalog."""


class Model(msgspec.Struct, frozen=True):
    """One model id. Windows are in tokens; ``endpoints`` is empty where no source lists them.

    ``tier`` is what the id was bought for; ``efforts`` is empty for a model that takes no
    reasoning effort, and ``default_effort`` is what it does where the request states none.
    ``successor`` holds the ids its shutdown notice recommends, best first.
    """

    id: str
    family: str
    tier: Tier
    kind: Kind
    source: str
    checked: date
    context_window: int | None = None
    max_output: int | None = None
    endpoints: tuple[Endpoint, ...] = ()
    efforts: tuple[str, ...] = ()
    default_effort: str | None = None
    encoding: str | None = None
    snapshot_of: str | None = None
    shutdown: date | None = None
    successor: tuple[str, ...] = ()
    evidence: Evidence = "documented"

    @property
    def reasons(self) -> bool:
        """Whether it belongs to the generation that takes a reasoning effort."""
        return bool(self.efforts)


class ModelName(msgspec.Struct, frozen=True):
    """A model id as it is written: ``openai/`` before it, ``ft:...:org::id`` around it, and what it names."""

    prefix: str
    bare: str
    fine_tuned: bool
    model: Model


class ModelTable(msgspec.Struct, frozen=True):
    """Every model once, and what gateways and frameworks write before an id."""

    models: tuple[Model, ...]
    prefixes: tuple[str, ...]


class Models:
    """Every known model by id. Lookups see through provider prefixes and fine-tune names."""

    def __init__(self, table: ModelTable) -> None:
        self._entries = {model.id: model for model in table.models}
        self._prefixes = table.prefixes

    def get(self, id: str) -> Model | None:  # noqa: A002 - the word of the API it describes
        """The model that ``id`` names (for a fine-tune its base model), or None."""
        name = self.parse(id)
        return name.model if name else None

    def parse(self, id: str) -> ModelName | None:  # noqa: A002
        """``id`` taken apart, or None where it names no known model."""
        exact = self._entries.get(id)
        if exact:
            return ModelName("", id, False, exact)
        bare = self.bare(id)
        tuned = _base_of_fine_tune(bare)
        model = self._entries.get(tuned or bare)
        return ModelName(id[: len(id) - len(bare)], bare, bool(tuned), model) if model else None

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return isinstance(id, str) and self.parse(id) is not None

    def __iter__(self) -> Iterator[Model]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def bare(self, name: str) -> str:
        """``name`` without the prefixes that gateways and frameworks put before it, however many."""
        start = 0
        while True:
            prefix = next((prefix for prefix in self._prefixes if name.startswith(prefix, start)), "")
            if not prefix:
                return name[start:]
            start += len(prefix)


def _base_of_fine_tune(name: str) -> str:
    """``gpt-4o-mini`` of ``ft:gpt-4o-mini:org::id``, ``curie`` of ``curie:ft-org-2023``, else ``""``."""
    if name.startswith("ft:"):
        return name.split(":")[1]
    base, separator, _ = name.partition(":ft-")
    return base if separator else ""
