"""The journal on disk: where it lies, its runs, and that they are whole, private and not too many."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from migrate.errors import RepointError
from migrate.review.lock import locked
from migrate.review.records import FileRecord, Run, decoded, encoded
from migrate.sources.git import git_folder
from migrate.sources.source import digest
from migrate.sources.writing import write_atomically

KEPT = 20  # runs; the oldest goes when one more is written
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_TEMPORARY = re.compile(r"\..*\.\d+-[0-9a-f]{8}\.repoint")


class JournalError(RepointError):
    """The journal cannot be written or read; the message says why, and the cure."""


class Journal:
    """The runs that wrote files under one root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Makes the folder and keeps other writers out. Raises JournalError, and UsageError while another
        process writes."""
        with ExitStack() as held:
            try:
                self.folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
                self.folder.chmod(_PRIVATE_FOLDER)
                held.enter_context(locked(self.folder / "lock"))
            except OSError as error:
                raise _unwritable(self.folder, error) from None
            yield

    def runs(self) -> list[Run]:
        """All runs, the newest first. What cannot be read is passed over: it was never finished."""
        found = []
        for place in self._heads():
            with suppress(OSError, msgspec.DecodeError, ValueError):
                found.append(decoded(place.read_bytes()))
        return found

    def start(self, run: Run, old: bytes) -> None:
        """Keeps ``run`` with the old bytes of its files; it is on disk when this returns. JournalError."""
        try:
            write_atomically(self._bytes(run), old, _PRIVATE_FILE)
            self._write(run)
        except OSError as error:
            self.remove(run)
            raise _unwritable(self.folder, error) from None
        self._forget_oldest()

    def next_id(self) -> str:
        """The id of the run to come; ids are numbers, and a later run has a higher one."""
        return f"{1 + max((int(place.stem) for place in self._heads()), default=0):06}"

    def update(self, run: Run) -> None:
        """Replaces what is kept of ``run``, but for the old bytes. Raises JournalError."""
        try:
            self._write(run)
        except OSError as error:
            raise _unwritable(self.folder, error) from None

    def remove(self, run: Run) -> None:
        """Forgets ``run``: its head first, so that no run is ever without its bytes."""
        for place in (self._head(run), self._bytes(run)):
            with suppress(OSError):
                place.unlink()

    def old_bytes(self, run: Run, file: FileRecord) -> bytes:
        """What ``file`` held before ``run``. Raises JournalError where it is not there any more."""
        try:
            with self._bytes(run).open("rb") as stream:
                stream.seek(file.offset)
                found = stream.read(file.length)
        except OSError as error:
            raise JournalError(f"the journal cannot be read: {error}") from None
        if file.texts.get(digest(found)) != ():
            raise JournalError(f"the journal's copy of {file.path} is damaged ({self._bytes(run)})")
        return found

    def clean(self, root: Path) -> list[Run]:
        """Removes the temporary files of runs that were killed, and gives those runs, marked interrupted.

        Only for who is writing: nobody else's temporary file can be there then.
        """
        killed = [run for run in self.runs() if run.state == "writing"]
        for run in killed:
            remove_temporary({Path(os.path.realpath(root / one.path)) for one in run.files}, run.pids)
            with suppress(JournalError):
                self.update(msgspec.structs.replace(run, state="interrupted"))
        self._clean_itself()
        return killed

    def _clean_itself(self) -> None:
        with suppress(OSError):
            heads = {place.stem for place in self._heads()}
            for place in self.folder.iterdir():
                orphan = place.suffix == ".bytes" and place.stem not in heads
                if orphan or _TEMPORARY.fullmatch(place.name):
                    place.unlink()

    def _forget_oldest(self) -> None:
        for place in self._heads()[KEPT:]:
            for one in (place, place.with_suffix(".bytes")):
                with suppress(OSError):
                    one.unlink()

    def _write(self, run: Run) -> None:
        write_atomically(self._head(run), encoded(run), _PRIVATE_FILE)

    def _heads(self) -> list[Path]:
        try:
            found = [one for one in self.folder.glob("*.json") if one.stem.isdecimal()]
            return sorted(found, key=lambda one: int(one.stem), reverse=True)
        except OSError:
            return []

    def _head(self, run: Run) -> Path:
        return self.folder / f"{run.id}.json"

    def _bytes(self, run: Run) -> Path:
        return self.folder / f"{run.id}.bytes"


def journal_of(root: Path) -> Journal:
    """The journal of what is written under ``root``: in the git folder of a work tree, where no commit can
    take it along, else in the user's folder for state."""
    folder = git_folder(root)
    if folder is not None and os.access(folder, os.W_OK):
        return Journal(folder / "repoint")
    import platformdirs

    name = digest(os.fsencode(os.path.realpath(root)))
    return Journal(platformdirs.user_state_path("repoint", appauthor=False) / "journal" / name)


def remove_temporary(files: Iterable[Path], pids: Iterable[int]) -> None:
    """Removes what the processes ``pids``, which have ended, left half written beside ``files``."""
    by_folder: dict[Path, list[str]] = {}
    for file in files:
        marks = [f".{file.name}.{pid}-" for pid in pids]
        by_folder.setdefault(file.parent, []).extend(marks)
    for folder, marks in by_folder.items():
        with suppress(OSError):
            for entry in folder.iterdir():
                if entry.name.endswith(".repoint") and entry.name.startswith(tuple(marks)):
                    entry.unlink()


def _unwritable(folder: Path, error: OSError) -> JournalError:
    why = error.strerror or str(error)
    return JournalError(f"the journal in {folder} cannot be written ({why}), so nothing was; mend that first")
