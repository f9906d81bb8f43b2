"""Which findings the settings ask for: rules chosen or left out, everywhere or under some paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.settings import USUAL_STAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from migrate.findings.finding import Finding
    from migrate.settings import Settings


class Selection:
    """Answers for one run."""

    def __init__(self, settings: Settings) -> None:
        self._only = frozenset(settings.only)
        self._skip = frozenset(settings.skip)
        self._per_path = settings.per_path_skip
        self._patterns: dict[str, Callable[[str], bool]] = {}
        narrowed = bool(self._only or self._skip or self._per_path)
        self.is_everything = not narrowed and set(settings.stages) >= set(USUAL_STAGES)

    def has(self, finding: Finding) -> bool:
        """Whether the finding's rule was asked for at its path."""
        if self._only and finding.rule not in self._only:
            return False
        return finding.rule not in self._skip and not self._skipped_at(finding)

    def _skipped_at(self, finding: Finding) -> bool:
        return any(
            finding.rule in rules and self._matches(pattern, finding.place.path)
            for pattern, rules in self._per_path.items()
        )

    def _matches(self, pattern: str, path: str) -> bool:
        if pattern not in self._patterns:
            from migrate.sources.patterns import matcher

            self._patterns[pattern] = matcher([pattern])
        return self._patterns[pattern](path)
