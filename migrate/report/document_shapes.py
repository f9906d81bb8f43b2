"""The shapes of whole JSON documents, one a verb, and of findings: keys in print order.

The JSON Schemas are made from these records; a docstring here is a description there.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from migrate.catalog.pages import Rule
from migrate.findings.finding import Safety
from migrate.report.call_shapes import CallSite, ModelLiteral, Ordinal, Place
from migrate.report.counts import Counts
from migrate.settings import Topic
from migrate.sources.source import Outcome

# One object a kind of edit, as ``migrate.findings.edits`` has them: path and kind, then the edit's own keys.
FileEdit: TypeAlias = Annotated[dict[str, Any], msgspec.Meta(extra_json_schema={"$ref": "#/$defs/FileEdit"})]


class Finding(msgspec.Struct, frozen=True):
    """What a rule reports about one place: ``message`` says what is wrong, ``cure`` what to do about it.

    ``edits`` is empty exactly where ``safety`` is ``manual``; findings with the same ``change`` are applied
    all or none. A ``note`` does not fail a check. ``applied`` says whether this run's change cures it,
    ``calls`` holds the ids of the call sites concerned.
    """

    rule: str
    stage: Topic
    path: str
    line: Ordinal
    column: Ordinal
    end_line: Ordinal
    end_column: Ordinal
    cell: int | None
    message: str
    cure: str
    safety: Safety
    note: bool
    applied: bool
    calls: tuple[str, ...]
    change: str
    edits: tuple[FileEdit, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What every document begins with: its schema, and the folder that its paths are relative to."""

    schema: str
    root: str


class Scan(Document, frozen=True, kw_only=True):
    """Every call and client, every model id, and each file that was not simply read."""

    schema: Literal["repoint/scan/1"] = "repoint/scan/1"
    call_sites: tuple[CallSite, ...]
    literals: tuple[ModelLiteral, ...]
    outcomes: tuple[Outcome, ...]
    summary: Counts


class AskedLine(msgspec.Struct, frozen=True):
    """The line that was asked about; in a notebook, the line of the ``cell``."""

    path: str
    line: Ordinal
    cell: int | None


class ScanWhy(Document, frozen=True, kw_only=True):
    """What stands at one line (``--why``); ``nearest`` has the calls next to it where the line holds none."""

    schema: Literal["repoint/scan/1"] = "repoint/scan/1"
    why: AskedLine
    call_sites: tuple[CallSite, ...]
    literals: tuple[ModelLiteral, ...]
    nearest: tuple[Place, ...]


class Check(Document, frozen=True, kw_only=True):
    """All findings, and each file that would change or was not simply read."""

    schema: Literal["repoint/check/1"] = "repoint/check/1"
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    summary: Counts


class FileChange(msgspec.Struct, frozen=True):
    """What would change in one file, as a patch, and the rules that ask for it."""

    path: str
    rules: tuple[str, ...]
    patch: str


class Diff(Document, frozen=True, kw_only=True):
    """What ``apply`` would do: the changes, the findings that they cure, and those left for a person."""

    schema: Literal["repoint/diff/1"] = "repoint/diff/1"
    changes: tuple[FileChange, ...]
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    summary: Counts


class Apply(Document, frozen=True, kw_only=True):
    """What was done: the findings that are cured, those left for a person, and how each file ended;
    ``trouble`` says why it stopped early, if it did."""

    schema: Literal["repoint/apply/1"] = "repoint/apply/1"
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]
    trouble: str
    outcomes: tuple[Outcome, ...]
    summary: Counts


class Rules(Document, frozen=True, kw_only=True):
    """Every rule, by stage and id."""

    schema: Literal["repoint/rules/1"] = "repoint/rules/1"
    rules: tuple[Rule, ...]


class Undo(Document, frozen=True, kw_only=True):
    """What was taken back: the number of the run, and how each of its files ended."""

    schema: Literal["repoint/undo/1"] = "repoint/undo/1"
    run: Ordinal
    outcomes: tuple[Outcome, ...]


class RunChange(msgspec.Struct, frozen=True):
    """One change of a run, the stage it was made in, and the rules that asked for it."""

    id: str
    stage: Topic
    rules: tuple[str, ...]


class RecordedRun(msgspec.Struct, frozen=True):
    """One run in the journal; ``time`` is in UTC, as ISO 8601."""

    id: Ordinal
    time: str
    state: str
    version: str
    command: str
    files: tuple[str, ...]
    changes: tuple[RunChange, ...]


class UndoRuns(Document, frozen=True, kw_only=True):
    """The runs that can be taken back (``--list``)."""

    schema: Literal["repoint/undo/1"] = "repoint/undo/1"
    runs: tuple[RecordedRun, ...]
