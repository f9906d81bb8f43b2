"""Takes a run back: picks it, and writes the old texts, all or none. What cannot be told apart is refused."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from migrate.review.apply import write_together
from migrate.review.entry import new_run
from migrate.review.journal import Journal, JournalError, journal_of
from migrate.review.records import FileRecord, Run
from migrate.review.restoring import Restoring, UndoError, Wish, is_old, restoring
from migrate.sources.encoding import encode
from migrate.sources.git import git_folder
from migrate.sources.source import Outcome, digest
from migrate.sources.writing import unwritable, write_atomically


class Undone(msgspec.Struct, frozen=True):
    """How an undo ended. ``kept`` is the run under which the texts that were overwritten by force are."""

    run: Run
    outcomes: tuple[Outcome, ...]
    kept: Run | None = None


def runs_of(root: Path) -> tuple[Path, Journal, list[Run]]:
    """The root whose runs concern ``root``, its journal, and the runs, the newest first. Without git that may
    be a folder above, where an apply was started."""
    above = () if git_folder(root) else root.parents
    for folder in (root, *above):
        journal = journal_of(folder)
        runs = journal.runs()
        if runs:
            return folder, journal, runs
    return root, journal_of(root), []


def pick(runs: Sequence[Run], id_: int | None) -> Run:
    """The run to undo: that of this id, else the newest that was not undone. Raises UndoError."""
    if id_ is not None:
        found = [one for one in runs if int(one.id) == id_]
        missing = f"the journal has no run {id_}; repoint undo --list shows what it has"
    else:
        found = [one for one in runs if one.verb != "undo" and one.state != "undone"]
        missing = "nothing to undo: the journal has no apply that is not undone"
    if not found:
        raise UndoError(missing)
    return found[0]


def undo(root: Path, journal: Journal, run: Run, wish: Wish, command: tuple[str, ...]) -> Undone:
    """Takes ``run`` back as far as ``wish`` goes. Nothing is written where a file must not be.

    Raises as ``restoring`` does, and UsageError while another process writes.
    """
    with journal.writing():
        journal.clean(root)
        run = pick(journal.runs(), int(run.id))  # as it is now: another process may have ended just before
        plan = restoring(root, journal, run, wish)
        if plan.refused:
            return Undone(run, plan.refused)
        kept = _keep(root, journal, plan, command)
        announced = _announce(journal, plan)
        outcomes = _write(root, plan)
        done = all(is_old(root, one) for one in run.files)
        with suppress(JournalError):  # what the files hold is told by their bytes
            journal.update(msgspec.structs.replace(announced, state="undone" if done else run.state))
    return Undone(run, outcomes, kept)


def _keep(root: Path, journal: Journal, plan: Restoring, command: tuple[str, ...]) -> Run | None:
    """Keeps the texts that force overwrites as a run of their own, which can be undone in turn."""
    files, old = [], bytearray()
    for change in plan.changes:
        if change.path in plan.forced:
            new = digest(encode(change.source, change.new_text))
            texts = {new: ("forced",), change.source.digest: ()}
            size = len(change.source.raw)
            files.append(FileRecord(change.path, change.source.mode, "latin-1", len(old), size, texts))
            old += change.source.raw
    if not files:
        return None
    run = new_run(journal.next_id(), root, (), files)
    run = msgspec.structs.replace(run, verb="undo", command=command, state="written")
    journal.start(run, bytes(old))
    return run


def _announce(journal: Journal, plan: Restoring) -> Run:
    """Writes into the journal what the files are about to hold, and who writes: were this process killed,
    the next one would know its texts and its temporary files."""
    coming = {one.path: digest(encode(one.source, one.new_text)) for one in plan.changes}
    files = [
        one.holding({coming[one.path]: plan.held[one.path]}) if one.path in coming else one
        for one in plan.run.files
    ]
    pids = (*plan.run.pids, os.getpid())
    run = msgspec.structs.replace(plan.run, files=tuple(files), pids=pids, state="writing")
    journal.update(run)
    return run


def _write(root: Path, plan: Restoring) -> tuple[Outcome, ...]:
    made = []
    for file, text in plan.missing:
        try:
            (root / file.path).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(root / file.path, text, file.mode)
            made.append(Outcome(file.path, "changed"))
        except OSError as error:
            made.append(Outcome(file.path, "failed", unwritable(root / file.path, error)))
    return tuple(sorted((*made, *write_together(plan.changes))))
