"""What the journal keeps of one run, and how it is spelt on disk. Touches no file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import msgspec

from migrate.findings.finding import FileEdit
from migrate.review.uncommitted import Standing
from migrate.settings import Topic

SCHEMA = "repoint/journal/1"

Verb: TypeAlias = Literal["apply", "check", "undo"]
State: TypeAlias = Literal["writing", "interrupted", "written", "undone"]
# Change ids, sorted: which changes of the run a text of a file holds.
Held: TypeAlias = tuple[str, ...]

# JSON is text, and a file's name may be none; no name begins with this.
_NOT_TEXT = "\0"


class ChangeRecord(msgspec.Struct, frozen=True):
    """One change of a run: ``stage`` is the one it was made in, ``stages`` all those of its findings."""

    id: str
    stage: Topic
    stages: tuple[Topic, ...]
    rules: tuple[str, ...]
    edits: tuple[FileEdit, ...]


class FileRecord(msgspec.Struct, frozen=True):
    """One file of a run. Its old bytes are ``length`` bytes from ``offset`` on in the run's ``.bytes`` file.

    ``texts`` tells every text that repoint gave the file, or was about to give it, from any other: the
    digest of its bytes, and the changes it holds; the old text is among them and holds none. ``standing``
    is how the file stood with git before.
    """

    path: str
    mode: int
    encoding: str
    offset: int
    length: int
    texts: dict[str, Held]
    standing: Standing = "outside"

    def holding(self, texts: Mapping[str, Held]) -> FileRecord:
        """This record with more ``texts``; what is known of a digest already stays."""
        return msgspec.structs.replace(self, texts={**texts, **self.texts})


class Run(msgspec.Struct, frozen=True):
    """One run of repoint that wrote files: ``ID.json`` in the journal's folder, beside ``ID.bytes``.

    ``ID.bytes`` holds the old bytes of all files, one after another. Neither is changed by what happens to
    the files later: what a file holds now is told by comparing its bytes with ``texts``, so that a run that
    was killed anywhere reads as well as one that ended. ``pids`` are the processes that wrote, whose
    temporary files may be left over. ``time`` is in UTC, as ISO 8601.
    """

    id: str
    time: str
    version: str
    verb: Verb
    command: tuple[str, ...]
    root: str
    state: State
    pids: tuple[int, ...]
    changes: tuple[ChangeRecord, ...]
    files: tuple[FileRecord, ...]
    schema: str = SCHEMA


def encoded(run: Run) -> bytes:
    """The content of ``ID.json``."""
    return msgspec.json.format(msgspec.json.encode(_named(run, _escaped)), indent=1) + b"\n"


def decoded(data: bytes) -> Run:
    """The Run in the bytes of an ``ID.json``. Raises msgspec.DecodeError where they hold none."""
    run = msgspec.json.decode(data, type=Run)
    if run.schema != SCHEMA:
        raise msgspec.ValidationError(f"a journal of another form, {run.schema}")
    return _named(run, _unescaped)


def _named(run: Run, spelt: Callable[[str], str]) -> Run:
    """``run`` with every path and argument in another spelling."""
    replace = msgspec.structs.replace
    return replace(
        run,
        command=tuple(map(spelt, run.command)),
        root=spelt(run.root),
        files=tuple(replace(one, path=spelt(one.path)) for one in run.files),
        changes=tuple(
            replace(one, edits=tuple(replace(edit, path=spelt(edit.path)) for edit in one.edits))
            for one in run.changes
        ),
    )


def _escaped(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        return _NOT_TEXT + os.fsencode(name).hex()
    return name


def _unescaped(name: str) -> str:
    return os.fsdecode(bytes.fromhex(name[1:])) if name.startswith(_NOT_TEXT) else name
