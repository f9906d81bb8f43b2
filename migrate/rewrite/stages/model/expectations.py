"""Tests that expect the old model of a call that moves, and recordings made with it. A test's literal changes
with the call it speaks of, for review; recordings are listed, because only another run makes new ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from migrate.findings.edits import ReplaceSpan, ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.program.calls.callsite import CallSite
from migrate.program.literals.records import ModelLiteral
from migrate.sources.place import Place

_EXPECTING = re.compile(r"\bassert|\bmodel\w*[\"']?\s*[=:]\s*[\"']|\A\s*[\"'][^\"']*[\"'],?\s*\Z")
_GATE = re.compile(r"\.(?:startswith|endswith|replace|split|removeprefix|partition)\(")


class Move(msgspec.Struct, frozen=True):
    """One id that is edited: what it was and becomes, and the calls that get it."""

    old: str
    new: str
    calls: tuple[str, ...]


def moves_of(findings: Iterable[Finding]) -> list[Move]:
    """The ids that ``findings`` of stage ``model`` edit."""
    found = []
    for one in findings:
        for edit in (one.edits if one.stage == "model" else ())[:1]:
            if isinstance(edit.edit, (ReplaceText, ReplaceSpan)):
                found.append(Move(edit.edit.old, edit.edit.new, one.calls))
    return found


class Expectations:
    """Finds them. ``tests`` gives the ids in the tests that import a file, ``line`` the line at a place."""

    def __init__(
        self, tests: Callable[[str, str], Sequence[ModelLiteral]], line: Callable[[Place], str]
    ) -> None:
        self._tests = tests
        self._line = line

    def findings(self, moves: Sequence[Move], sites: Sequence[CallSite]) -> Iterator[Finding]:
        """One finding for every literal of a test that has to follow its call."""
        by_id = {site.id: site for site in sites}
        wanted: dict[Place, dict[str, Move]] = {}
        where: dict[Place, CallSite] = {}
        for move in moves:
            for site in (by_id[call] for call in move.calls if call in by_id):
                for one in self._tests(site.place.path, move.old):
                    if one.role == "comparison" and not one.reaches and self._expects(one.place):
                        wanted.setdefault(one.place, {})[move.new] = move
                        where.setdefault(one.place, site)
        for place, several in wanted.items():
            if len(several) == 1:
                yield _finding(place, next(iter(several.values())), where[place])

    def _expects(self, place: Place) -> bool:
        line = self._line(place)
        return bool(_EXPECTING.search(line)) and not _GATE.search(line)


def recording_findings(
    moves: Sequence[Move], literals: Sequence[ModelLiteral], folders: frozenset[str]
) -> Iterator[Finding]:
    """One note for every recording of a model that calls leave."""
    old = {move.old: move for move in moves}
    told: set[str] = set()
    for one in literals:
        path = one.place.path
        if one.value in old and path not in told and folders & set(path.split("/")[:-1]):
            told.add(path)
            message = f"it was recorded with {one.value!r}, which calls here move away from"
            cure = f"record it again once {old[one.value].new} is in place"
            yield Finding("stale-recording", "model", one.place, message, cure, "manual", (), (), "", True)


def _finding(place: Place, move: Move, site: CallSite) -> Finding:
    message = f"this test expects {move.old!r}, which {site.place} does not ask for any more"
    cure = f"{move.old} becomes {move.new}; look first: whether the test speaks of that call"
    edit = FileEdit(place.path, ReplaceText(place.span, move.old, move.new))
    return Finding("stale-expectation", "model", place, message, cure, "review", (edit,), move.calls)
