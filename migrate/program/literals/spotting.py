"""Where model ids are written: whole strings that are one, and ids inside of longer text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate.catalog.models import Models

# Ids of these shapes are OpenAI's although the catalog may not list them: "gpt-3.5", "gpt-4o-2099-01-01".
_SHAPE = re.compile(
    r"(?:chat)?gpt-\d+(?:\.\d+)?[a-z]?(?:-[a-z0-9]+)*(?:[:@][\w.:-]+)?|o[1-9]-[a-z]+(?:-[a-z0-9]+)*"
)
_LONGEST = 500
"""Characters. What is longer is no id, and not kept."""


class Spotter:
    """Answers for one table of models."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._known: dict[str, bool] = {}
        stems = sorted({model.id.partition("-")[0] for model in models if "-" in model.id})
        self.stems = tuple(f"{stem}-".encode() for stem in stems)
        self._within = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, stems))})(?:-\w+(?:\.\d+)?)+")

    def is_id(self, value: str) -> bool:
        """Whether the whole of ``value`` is a model id: prefixed, dated, fine-tuned, or of a known shape."""
        if len(value) > _LONGEST:
            return False
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = self._is_id(value)
        return known

    def within(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of every id in a longer text. Bare words such as ``ada`` are names there, and
        what only looks like an id ("gpt-4-release") may be anything."""
        for match in self._within.finditer(text):
            if self._models.parse(match.group()) is not None:
                yield match.span()

    def _is_id(self, value: str) -> bool:
        if self._models.parse(value) is not None:
            return True
        return _SHAPE.fullmatch(self._models.bare(value)) is not None
