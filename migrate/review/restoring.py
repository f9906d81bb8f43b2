"""What an undo would do: which files get which text back, and why it must not be done. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from migrate.errors import ProofError, RepointError
from migrate.review.journal import Journal
from migrate.review.records import FileRecord, Held, Run
from migrate.rewrite.proposal import FileChange
from migrate.rewrite.selection import edits_in, rewritten
from migrate.settings import Topic
from migrate.sources.encoding import decode, encode
from migrate.sources.source import Outcome, Source, digest

# One character a byte: texts are compared and written back as bytes, whatever they are.
_BYTES = "latin-1"
_STALE = "changed since repoint wrote it"


class UndoError(RepointError):
    """There is nothing that could be undone as asked; the message says why, and the cure."""


class Wish(msgspec.Struct, frozen=True):
    """What a person asked for. ``paths`` are relative to the root, files or folders; none means all."""

    paths: tuple[str, ...] = ()
    stage: Topic | None = None
    force: bool = False

    def names(self, path: str) -> bool:
        """Whether the file ``path`` is asked for."""
        return not self.paths or any(one in (".", path) or path.startswith(f"{one}/") for one in self.paths)


class Restoring(msgspec.Struct, frozen=True):
    """``changes`` are the files to be written, from what they hold now; ``missing`` those to be made again,
    with their text. ``held`` tells which changes of the run each text will hold. ``forced`` are the files
    whose present text nobody can give back but the journal. ``refused`` says why nothing may be done."""

    run: Run
    changes: tuple[FileChange, ...] = ()
    missing: tuple[tuple[FileRecord, bytes], ...] = ()
    held: dict[str, Held] = {}
    forced: tuple[str, ...] = ()
    refused: tuple[Outcome, ...] = ()


def restoring(root: Path, journal: Journal, run: Run, wish: Wish) -> Restoring:
    """What it takes to undo ``run`` as far as ``wish`` goes.

    Raises UndoError where nothing of the run fits the wish, JournalError where the old text is lost.
    """
    undone = _undone(run, wish)
    present = {one.path: _Present(root, one) for one in run.files}
    asked = [one for one in run.files if wish.names(one.path)]
    if not asked:
        raise UndoError(f"run {int(run.id)} changed nothing under {', '.join(wish.paths)}")
    refused = [] if wish.force else _torn(run, present, asked, undone)
    changes: list[FileChange] = []
    missing: list[tuple[FileRecord, bytes]] = []
    forced: list[str] = []
    held: dict[str, Held] = {}
    for file in asked:
        now = present[file.path]
        left = tuple(one for one in now.held or () if one not in undone)
        if now.held == left:
            continue
        why = now.why(stage=wish.stage is not None, force=wish.force)
        if why:
            refused.append(Outcome(file.path, "skipped", why))
            continue
        try:
            text = _text(journal, run, file, left, now)
        except ProofError as error:
            refused.append(Outcome(file.path, "skipped", str(error)))
            continue
        held[file.path] = left
        forced += [file.path] * (now.held is None and now.raw is not None)
        if now.raw is None:
            missing.append((file, text))
        else:
            changes.append(FileChange(now.source(file), text.decode(_BYTES), ()))
    if refused:
        return Restoring(run, refused=tuple(refused))
    return Restoring(run, tuple(changes), tuple(missing), held, tuple(forced))


def half_made(root: Path, run: Run) -> bool:
    """Whether some change of ``run`` is in one of its files and not in another. Files that somebody else
    has changed since tell nothing."""
    made: dict[str, set[bool]] = {one.id: set() for one in run.changes}
    touching: dict[str, list[str]] = {}
    for one in run.changes:
        for path in {edit.path for edit in one.edits}:
            touching.setdefault(path, []).append(one.id)
    for file in run.files:
        held = _Present(root, file).held
        for name in touching.get(file.path, ()) if held is not None else ():
            made[name].add(name in (held or ()))
    return any(len(both) == 2 for both in made.values())


def is_old(root: Path, file: FileRecord) -> bool:
    """Whether ``file`` is as it was before its run."""
    return _Present(root, file).held == ()


class _Present:
    """A file as it is now: ``raw`` is None where it is gone, ``held`` None where its text is nobody's."""

    def __init__(self, root: Path, file: FileRecord) -> None:
        self.absolute = root / file.path
        try:
            self.raw: bytes | None = self.absolute.read_bytes()
            self.trouble = ""
        except FileNotFoundError:
            self.raw, self.trouble = None, ""
        except OSError as error:
            self.raw, self.trouble = None, f"cannot be read: {error.strerror or error}"
        self.held: Held | None = None if self.raw is None else file.texts.get(digest(self.raw))

    def why(self, *, stage: bool, force: bool) -> str:
        """Why the file must be left as it is; ``""`` where it may be written."""
        if self.trouble or self.held is not None:
            return self.trouble
        gone = "deleted since repoint wrote it" if self.raw is None else _STALE
        if stage:
            return f"{gone}, so that no single stage can be taken out of it"
        return "" if force else f"{gone}; --force restores it all the same"

    def source(self, file: FileRecord) -> Source:
        """The file as a Source of bytes, for the writer and the diff."""
        raw, status = self.raw or b"", self.absolute.stat()
        return Source(
            path=file.path,
            absolute=self.absolute,
            raw=raw,
            text=raw.decode(_BYTES),
            encoding=_BYTES,
            mode=status.st_mode & 0o7777,
        )


def _undone(run: Run, wish: Wish) -> frozenset[str]:
    """The ids of the changes to take back. Raises UndoError where none is of the stage asked for."""
    ids = {one for file in run.files for held in file.texts.values() for one in held}
    if wish.stage is None:
        return frozenset(ids)
    found = frozenset(one.id for one in run.changes if one.stage == wish.stage)
    if found:
        return found
    leads = sorted({one.stage for one in run.changes if wish.stage in one.stages})
    if leads:
        raise UndoError(
            f"what run {int(run.id)} did for {wish.stage} belongs to changes of stage {', '.join(leads)} and "
            f"goes only with them: repoint undo --stage {leads[0]}"
        )
    done = ", ".join(sorted({one.stage for one in run.changes})) or "none"
    raise UndoError(f"run {int(run.id)} made no change of stage {wish.stage}; its stages: {done}")


def _torn(
    run: Run, present: dict[str, _Present], asked: Sequence[FileRecord], undone: Collection[str]
) -> list[Outcome]:
    """The files that would be left behind with a part of a change that is taken back elsewhere."""
    paths = {one.path for one in asked}
    gone = {one for path in paths for one in present[path].held or () if one in undone}
    found = []
    for file in run.files:
        now = present[file.path]
        parts = {one.id for one in run.changes if any(edit.path == file.path for edit in one.edits)}
        if file.path not in paths and (parts if now.held is None else set(now.held)) & gone:
            why = "holds a part of the same change; name it too, or give --force"
            found.append(Outcome(file.path, "skipped", why))
    return found


def _text(journal: Journal, run: Run, file: FileRecord, held: Held, now: _Present) -> bytes:
    """The text of ``file`` with the changes ``held``, made again from the old one. Raises ProofError where
    that would not be exactly what it was: then the journal cannot vouch for it."""
    old = journal.old_bytes(run, file)
    if not held:
        return old
    if _made(run, file, old, now.held or ()) != now.raw:
        reason = "this version of repoint would write it another way; undo all stages together"
        raise ProofError("undo", reason)
    return _made(run, file, old, held)


def _made(run: Run, file: FileRecord, old: bytes, held: Collection[str]) -> bytes:
    edits = [edit for one in run.changes if one.id in held for edit in edits_in(file.path, one.edits)]
    source = Source(file.path, Path(), old, decode(old, file.encoding), file.encoding)
    return encode(source, rewritten(source, edits))
