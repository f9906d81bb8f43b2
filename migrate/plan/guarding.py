"""Which guarded use cases a whole file speaks of: legal, medical or financial words, wherever they stand.

A call in such a file may be about them though nothing beside it says so. Judges no call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from migrate.plan.assessment import Evidence
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.catalog.usecases import UseCase, UseCases

_TOLD = ("prompt", "persona")


class Guard:
    """Looks for the plain words of every guarded use case; what was found in a text is kept."""

    def __init__(self, table: UseCases) -> None:
        self._distinct, self._total = table.scale.in_file
        guarded = (one for one in table.use_case if one.guarded)
        self._patterns = {one.id: _pattern(one, table.scale.doubt) for one in guarded}
        self._found: dict[str, Mapping[str, Evidence]] = {}

    def spoken(self, path: str, text: str) -> Mapping[str, Evidence]:
        """The guarded use cases that ``text``, the file at ``path``, speaks of, each with its first word."""
        if path not in self._found:
            self._found[path] = {
                name: evidence
                for name, pattern in self._patterns.items()
                if (evidence := self._evidence(path, text, pattern)) is not None
            }
        return self._found[path]

    def _evidence(self, path: str, text: str, pattern: re.Pattern[str]) -> Evidence | None:
        words = list(pattern.finditer(text))
        if len(words) < self._total or len({one[0].lower() for one in words}) < self._distinct:
            return None
        line = text.count("\n", 0, words[0].start()) + 1
        return Evidence(f'its file says "{words[0][0].lower()}"', Place(path, Span(line, 1, line, 2)))


def _pattern(use_case: UseCase, least: float) -> re.Pattern[str]:
    """The words that alone make one doubt, as they stand in prose and in names."""
    words = {
        word
        for feature in use_case.features
        if feature.where in _TOLD and feature.weight >= least
        for word in feature.words
    }
    either = "|".join(
        re.escape(word).replace(r"\ ", "[ _-]") for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<![A-Za-z])(?:{either})(?![A-Za-z])", re.IGNORECASE)
