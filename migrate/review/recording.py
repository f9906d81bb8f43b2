"""The way to disk: admission, journal, then the writes, step by step; every writer of changes comes here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from migrate.errors import UsageError
from migrate.findings.finding import Finding
from migrate.review.admission import Admitted, Care, admitted
from migrate.review.apply import apply_changes
from migrate.review.entry import entry
from migrate.review.journal import Journal, JournalError, journal_of
from migrate.review.records import Run, State, Verb
from migrate.review.restoring import half_made, is_old
from migrate.review.steps import Step, after, from_here, steps
from migrate.rewrite.proposal import Proposal
from migrate.rewrite.selection import touching
from migrate.settings import Topic
from migrate.sources.source import Outcome, Source


class Committing(Protocol):
    """What is done with git around the writes; see ``review.committing``."""

    def prepare(self, journal: Journal, paths: Sequence[str], skipped: Sequence[Outcome]) -> None:
        """Before anything is written. Raises UsageError where it could not be committed."""

    def commit(self, stage: Topic, written: Sequence[Finding], paths: Sequence[str]) -> str:
        """After a stage; the reason where it failed, else ``""``."""


class Manner(msgspec.Struct, frozen=True):
    """How to write. ``command`` is kept in the journal; ``stopped`` is asked between stages."""

    verb: Verb
    command: tuple[str, ...]
    care: Care = "committed"
    by_stage: bool = False
    git: Committing | None = None
    stopped: Callable[[], bool] = lambda: False


class Applied(msgspec.Struct, frozen=True):
    """``outcomes`` say how each file ended, ``changes`` are the ids of those that were made, ``killed`` the
    earlier runs found unfinished. ``trouble`` says why the run ended before its last stage, if it did."""

    outcomes: tuple[Outcome, ...]
    changes: frozenset[str]
    killed: tuple[Run, ...] = ()
    trouble: str = ""


def apply_recorded(root: Path, proposal: Proposal, manner: Manner) -> Applied:
    """Writes what of ``proposal`` may be written, and keeps in the journal what takes it back.

    Raises JournalError where that cannot be kept, UsageError while another run writes, where an earlier one
    was cut off within a change, or where git could not commit; nothing is written then.
    """
    if not proposal.changes:
        return Applied((), frozenset())
    journal = journal_of(root)
    with journal.writing():
        killed = tuple(journal.clean(root))
        _refuse_half_made(root, journal.runs())
        allowed = admitted(root, proposal, journal.runs(), manner.care)
        if not allowed.proposal.changes:
            return Applied(allowed.outcomes, frozenset(), killed)
        parts = steps(allowed.proposal, by_stage=manner.by_stage)
        if manner.git is not None:
            paths = [one.path for one in allowed.proposal.changes]
            manner.git.prepare(journal, paths, allowed.outcomes)
        run, old = entry(journal.next_id(), root, allowed, parts)
        run = msgspec.structs.replace(run, verb=manner.verb, command=manner.command)
        journal.start(run, old)
        done = _Writing(manner, allowed).all(parts)
        _finish(journal, run, root, done.outcomes)
    return msgspec.structs.replace(done, outcomes=(*allowed.outcomes, *done.outcomes), killed=killed)


class _Writing:
    """The writes of one run, step upon step: what a step could not write, no later step builds upon."""

    def __init__(self, manner: Manner, allowed: Admitted) -> None:
        self._manner = manner
        self._standings = allowed.standings
        self._present: dict[str, Source] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._changes: set[str] = set()

    def all(self, parts: Sequence[Step]) -> Applied:
        trouble = ""
        for index, part in enumerate(parts):
            if index and self._manner.stopped():
                trouble = f"interrupted; {_not_applied(parts[index:])}"
                break
            trouble = self._step(part)
            if trouble:
                trouble += f"; {_not_applied(parts[index + 1 :])}" if parts[index + 1 :] else ""
                break
        return Applied(tuple(sorted(self._outcomes.values())), frozenset(self._changes), (), trouble)

    def _step(self, part: Step) -> str:
        made = from_here(part, self._present)
        outcomes = apply_changes(made)
        failed = {one.path for one in outcomes if one.state == "failed"}
        written = [one for one in made.changes if one.path not in failed]
        self._present |= {one.path: after(one) for one in written}
        for one in outcomes:
            self._note(one)
        done = part.added - touching(made.applied, failed)
        self._changes |= done
        trouble = f"stage {part.stage} could not be written whole" if failed else ""
        paths = [one.path for one in written if self._standings[one.path] != "outside"]
        if self._manner.git is None or part.stage is None or not paths:
            return trouble
        cured = [one for one in made.applied if one.change in done]
        return self._manner.git.commit(part.stage, cured, paths) or trouble

    def _note(self, one: Outcome) -> None:
        """Keeps an outcome; of a file that several steps change, the rules of all of them."""
        before = self._outcomes.get(one.path)
        if before is not None and one.state == before.state == "changed":
            rules = {*before.reason.split(", "), *one.reason.split(", ")}
            one = msgspec.structs.replace(one, reason=", ".join(sorted(rules)))
        self._outcomes[one.path] = one


def _refuse_half_made(root: Path, runs: Sequence[Run]) -> None:
    """What is left of a change, such as a new model without its effort, would read as if it were wanted."""
    for run in runs:
        if run.state == "interrupted" and half_made(root, run):
            raise UsageError(
                f"the run of {run.time} was cut off and left some of its changes half made; take it back "
                f"first: repoint undo --run {int(run.id)}"
            )


def _finish(journal: Journal, run: Run, root: Path, outcomes: Sequence[Outcome]) -> None:
    """Marks the run as ended; one that left no trace is forgotten. The journal serves without this too."""
    changed = any(one.state == "changed" for one in outcomes)
    if not changed and all(is_old(root, one) for one in run.files):
        journal.remove(run)
        return
    failed = any(one.state == "failed" for one in outcomes)
    state: State = "interrupted" if failed and half_made(root, run) else "written"
    with suppress(JournalError):
        journal.update(msgspec.structs.replace(run, state=state))


def _not_applied(parts: Sequence[Step]) -> str:
    names = ", ".join(part.stage or "all" for part in parts)
    return f"not applied any more: {names}"
