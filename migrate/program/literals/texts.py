"""Model ids inside of longer texts and comments: what kind of text it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from migrate.catalog.literal_words import LiteralWords, names
from migrate.facts.records import FileFacts, Mention
from migrate.program.literals.records import DEFINITIONS, LiteralRole
from migrate.program.literals.roles import Roles
from migrate.program.literals.spotting import Spotter
from migrate.program.literals.surrounding import around, mentioned
from migrate.sources.lines import Lines
from migrate.sources.place import Span


def written_in_text(
    facts: FileFacts, lines: Lines, spotter: Spotter, roles: Roles, words: LiteralWords
) -> Iterator[tuple[Span, str, LiteralRole]]:
    """(span, id, role) of every id that stands in a string which is more than the id, or in a comment."""
    strings = sorted(facts.mentions, key=lambda one: one.span)
    starts = [one.span for one in strings]
    comments = _Comments(lines)
    for start, end in spotter.within(lines.text):
        span = lines.between(start, end)
        around_it = _covering(strings, starts, span)
        if around_it is None:
            if comments.before(span):
                yield span, lines.text[start:end], "documentation"
        elif not spotter.is_id(around_it.value):
            yield span, lines.text[start:end], _role(facts, around_it, roles, words)


class _Comments:
    """Where comments may begin, asked for from the first line to the last."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._line = 0
        self._first = -1

    def before(self, span: Span) -> bool:
        """Whether ``#`` stands before ``span`` on its line."""
        if span.line != self._line:
            self._line, self._first = span.line, self._lines.line(span.line).find("#")
        return 0 <= self._first < span.column - 1


def _covering(strings: list[Mention], starts: list[Span], span: Span) -> Mention | None:
    """The string that ``span`` stands in. Strings do not overlap, but for the pieces of one f-string."""
    index = bisect_right(starts, Span(span.line, span.column, 1 << 30, 0)) - 1
    found = strings[index] if index >= 0 else None
    return found if found is not None and found.span.covers(span) else None


def _role(facts: FileFacts, text: Mention, roles: Roles, words: LiteralWords) -> LiteralRole:
    """The role of the whole text where that is a definition: ``"gpt-4-" in model``, a key ``"gpt-4-"``."""
    if text.context == "statement":
        return "documentation"
    whole = roles.of(mentioned(facts, text)) if text.value else "other"
    if whole in DEFINITIONS and whole != "other":
        return whole
    for holder in around(facts, text):
        if holder.kind == "call" and names(words.logging, holder.name):
            return "log-text"
        if holder.kind == "call" and text.detail.endswith((".help", ".description")):
            return "documentation"
    return "other"
