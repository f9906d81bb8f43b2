"""What one text replaces in another, as the fewest stretches that say it. Pure text, no files."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from migrate.sources.lines import Lines
from migrate.sources.place import Span


def replacements(old: str, new: str) -> Iterator[tuple[Span, str]]:
    """(stretch of ``old``, text that takes its place), in order; none where the texts are the same."""
    lines, before, after = Lines(old), _split(old), _split(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    start = place = 0
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        start, place = place, place + sum(map(len, before[first:last]))
        if kind != "equal":
            yield _trimmed(lines, start, "".join(before[first:last]), "".join(after[new_first:new_last]))


def _split(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _trimmed(lines: Lines, start: int, old: str, new: str) -> tuple[Span, str]:
    """Without what both begin with and both end with."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return lines.between(start + head, start + len(old) - tail), new[head : len(new) - tail]
