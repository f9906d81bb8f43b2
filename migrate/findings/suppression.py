"""What comments switch off, and the findings about comments that say it wrongly or in vain.

``# repoint: ignore[rule, other] until=2027-01-31 the reason`` holds for the statement it stands above, or at
the first or last line of, inside of a statement for its line; ``ignore-file`` for the whole file. Without
brackets every rule is meant. A comment whose day has passed or cannot be read, or that names no known rule,
does not count.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from migrate.findings.finding import Finding
from migrate.sources.place import Place
from migrate.sources.source import Source

if TYPE_CHECKING:
    from migrate.findings.comments import Comment

_IGNORE = re.compile(r"(?P<word>[\w-]+)\s*(?:\[(?P<rules>[^\]]*)\])?(?P<rest>.*)", re.DOTALL)
_USE_CASE = re.compile(r"\s*=\s*(?P<name>[\w-]+).*", re.DOTALL)
_UNTIL = re.compile(r"\buntil\s*=\s*(?P<day>[^\s,;)]*)")
_WORDS = ("ignore", "ignore-file", "use-case")
_CURE = "write # repoint: ignore[rule-id], with until=YYYY-MM-DD and a reason if wanted"


class Ignore(msgspec.Struct, frozen=True):
    """One comment that switches ``rules`` off (all for none): in ``lines``, in the whole file where that is
    None. ``until`` is the last day it holds, ``reason`` what people wrote beside it."""

    place: Place
    rules: frozenset[str]
    lines: tuple[int, int] | None
    until: date | None
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether the finding starts in the lines, and its rule is meant."""
        if self.rules and finding.rule not in self.rules:
            return False
        return self.lines is None or self.lines[0] <= finding.place.span.line <= self.lines[1]


class Suppressions:
    """The comments of the files that ``source_of`` gives; a file is read when a finding leads to it."""

    def __init__(
        self,
        source_of: Callable[[str], Source | None],
        rules: Collection[str],
        today: date,
        is_use: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """``is_use`` says whether a word names a use case."""
        self._source_of = source_of
        self._is_use = is_use
        self._rules = rules
        self._today = today
        self._read: dict[str, tuple[tuple[Ignore, ...], tuple[Finding, ...]]] = {}
        self._used: set[Ignore] = set()

    def covers(self, finding: Finding) -> bool:
        """Whether a comment that still holds switches this finding off."""
        holding = [one for one in self._in(finding.place.path)[0] if self._holds(one) and one.covers(finding)]
        self._used.update(holding)
        return bool(holding)

    def findings(self, paths: Iterable[str], *, unused: bool) -> Iterator[Finding]:
        """What is wrong with the comments of ``paths``, once all findings were asked about; with ``unused``
        also a note on every comment that covered none of them."""
        for path in paths:
            ignores, wrong = self._in(path)
            yield from wrong
            for one in ignores:
                if not self._holds(one):
                    yield _finding(
                        "expired-ignore",
                        one.place,
                        f"until={one.until} has passed, so its rules are checked again",
                        "cure what it hides, or give it a later day",
                    )
                elif unused and one not in self._used:
                    words = "it switches off nothing that is found"
                    yield _finding("unused-ignore", one.place, words, "remove it", note=True)

    def _holds(self, ignore: Ignore) -> bool:
        return ignore.until is None or self._today <= ignore.until

    def _in(self, path: str) -> tuple[tuple[Ignore, ...], tuple[Finding, ...]]:
        if path not in self._read:
            source = self._source_of(path)
            found = [part for one in _comments(source) for part in self._parsed(one)]
            ignores = tuple(one for one in found if isinstance(one, Ignore))
            self._read[path] = ignores, tuple(one for one in found if isinstance(one, Finding))
        return self._read[path]

    def _parsed(self, comment: Comment) -> Iterator[Ignore | Finding]:
        match = _IGNORE.fullmatch(comment.words)
        word = match["word"] if match else ""
        if match is None or word not in _WORDS:
            yield _misspelt(comment, f"{word or comment.words!r} is no word that repoint knows", word)
        elif word == "use-case":
            yield from self._use_case(comment, match["rest"])
        else:
            yield from self._ignore(comment, match)

    def _use_case(self, comment: Comment, rest: str) -> Iterator[Finding]:
        """What is wrong with a comment that names a use case; the plan reads those that are right."""
        match = _USE_CASE.fullmatch(rest)
        if match is None:
            cure = "write # repoint: use-case=legal, with the id of a use case"
            yield _misspelt(comment, "it names no use case", cure=cure)
        elif not self._is_use(match["name"]):
            cure = "the ids stand in rules/usecases.toml, as in # repoint: use-case=legal"
            yield _misspelt(comment, f"there is no use case {match['name']!r}", cure=cure)

    def _ignore(self, comment: Comment, match: re.Match[str]) -> Iterator[Ignore | Finding]:
        rest = match["rest"].strip()
        named = [name.strip() for name in (match["rules"] or "").split(",") if name.strip()]
        yield from (self._strange(comment, name) for name in named if name not in self._rules)
        known = frozenset(name for name in named if name in self._rules)
        day = _UNTIL.search(rest)
        until = _day(day["day"]) if day else None
        if day and until is None:
            yield _misspelt(comment, f"until={day['day']} is no date", cure="write until=YYYY-MM-DD")
        elif (match["rules"] is not None and not named) or rest.split(" ")[0].strip("[],") in self._rules:
            yield _misspelt(comment, "it names no rule between brackets")
        elif known or not named:
            reason = _UNTIL.sub("", rest).strip(" \t-:,;()")
            lines = None if match["word"] == "ignore-file" else comment.lines
            yield Ignore(comment.place, known, lines, until, reason)

    def _strange(self, comment: Comment, name: str) -> Finding:
        near = difflib.get_close_matches(name, self._rules, 1)
        cure = f"did you mean {near[0]!r}?" if near else "`repoint rules` lists them"
        return _misspelt(comment, f"there is no rule {name!r}", cure=cure)


def _comments(source: Source | None) -> tuple[Comment, ...]:
    if source is None or "repoint:" not in source.text:
        return ()
    from migrate.findings.comments import comments  # tokenize is not for start-up

    return comments(source)


def _misspelt(comment: Comment, message: str, word: str = "", *, cure: str = _CURE) -> Finding:
    near = difflib.get_close_matches(word, _WORDS, 1) if word else []
    return _finding("misspelt-ignore", comment.place, message, f"did you mean {near[0]!r}?" if near else cure)


def _finding(rule: str, place: Place, message: str, cure: str, *, note: bool = False) -> Finding:
    return Finding(rule, "suppression", place, message, cure, "manual", note=note)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.rstrip("."))
    except ValueError:
        return None
