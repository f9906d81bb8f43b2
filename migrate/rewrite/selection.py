"""A Proposal cut down to some of its changes: the new text of every file they touch, proved again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.errors import ProofError
from migrate.findings.edits import IN_TEXT, DropImport
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.rewrite.unused_imports import without_unused
from migrate.settings import TOPICS, Topic
from migrate.sources.kinds import kind_of
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from migrate.findings.edits import Edit
    from migrate.sources.source import Source


def rewritten(source: Source, edits: Sequence[Edit]) -> str:
    """The proved text of ``source`` with ``edits`` made. Raises ProofError."""
    kept = [edit for edit in edits if not isinstance(edit, DropImport)]
    text = _rewritten(source, kept)
    if len(kept) == len(edits) or kind_of(source.path) != "python":
        return text
    more = without_unused(source.text, text, edits)
    try:
        return _rewritten(source, more) if more is not None else text
    except ProofError:
        return text  # an import too many is no reason to leave the rest


def _rewritten(source: Source, edits: Sequence[Edit]) -> str:
    if kind_of(source.path) == "notebook":
        from migrate.rewrite.engine.apply import rewrite_text
        from migrate.rewrite.engine.notebooks import apply_to_notebook

        return apply_to_notebook(source.text, edits, rewrite_text)
    if kind_of(source.path) == "prose":
        from migrate.rewrite.engine.apply import rewrite_text
        from migrate.rewrite.engine.documents import apply_to_document

        return apply_to_document(source.path, source.text, edits, rewrite_text)
    if any(isinstance(edit, IN_TEXT) for edit in edits) and kind_of(source.path) == "python":
        from migrate.rewrite.engine.comments import apply_with_comments

        return apply_with_comments(source.text, edits)
    if any(isinstance(edit, IN_TEXT) for edit in edits):
        return _spliced(source, edits)
    if kind_of(source.path) == "environment":
        from migrate.rewrite.engine.variables import apply_variables

        return apply_variables(source.text, edits)
    from migrate.rewrite.engine.apply import rewrite_text

    return rewrite_text(source.text, edits)


def _spliced(source: Source, edits: Sequence[Edit]) -> str:
    """Stretches replaced, and then variables set, whose lines the stretches leave where they are."""
    from migrate.rewrite.engine.text_files import apply_to_text

    others = [edit for edit in edits if not isinstance(edit, IN_TEXT)]
    text = apply_to_text(source.path, source.text, edits)
    if not others:
        return text
    from migrate.rewrite.engine.variables import apply_variables

    return apply_variables(text, others)


def edits_in(path: str, edits: Iterable[FileEdit]) -> list[Edit]:
    """Those of ``edits`` that are made in the file ``path``, in their order."""
    return [one.edit for one in edits if one.path == path]


def lead_stages(applied: Iterable[Finding]) -> dict[str, Topic]:
    """The stage that each change, by its id, is made in: the first of those that its findings name.

    A change is whole or not made at all: parameters that go with a model are made with the model.
    """
    found: dict[str, Topic] = {}
    for one in applied:
        found[one.change] = min(one.stage, found.get(one.change, one.stage), key=TOPICS.index)
    return found


def selected(proposal: Proposal, changes: Collection[str]) -> Proposal:
    """``proposal`` with only those of its changes whose ids are in ``changes``.

    A file whose text cannot be proved without the others is ``failed``, and every change that touches it
    is left out with it.
    """
    wanted = set(changes)
    failed: dict[str, Outcome] = {}
    while True:
        applied = tuple(one for one in proposal.applied if one.change in wanted)
        texts: list[FileChange] = []
        before = len(failed)
        for change in proposal.changes:
            if change.path in failed:
                continue
            try:
                texts += _with(change, proposal.applied, applied)
            except ProofError as error:
                reason = f"not changed without the rest: {error}"
                failed[change.path] = Outcome(change.path, "failed", reason)
                wanted -= touching(applied, {change.path})
        if len(failed) == before:
            outcomes = (*proposal.outcomes, *failed.values())
            return msgspec.structs.replace(proposal, applied=applied, changes=tuple(texts), outcomes=outcomes)


def touching(findings: Iterable[Finding], paths: Collection[str]) -> set[str]:
    """The ids of the changes that have an edit in one of ``paths``."""
    return {one.change for one in findings if any(map(one.touches, paths))}


def _with(change: FileChange, before: Sequence[Finding], applied: Sequence[Finding]) -> list[FileChange]:
    """``change`` with only ``applied`` made; none where nothing of it is left."""
    all_here = [one for one in before if one.touches(change.path)]
    here = [one for one in applied if one.touches(change.path)]
    if len(here) == len(all_here):
        return [change]
    if _text(change, all_here) != change.new_text:
        raise ProofError("selection", "it holds lines that a person wrote in between")
    text = _text(change, here)
    if text == change.source.text:
        return []
    rules = tuple(sorted({one.rule for one in here}))
    return [msgspec.structs.replace(change, new_text=text, rules=rules)]


def _text(change: FileChange, findings: Sequence[Finding]) -> str:
    edits = [edit for one in findings for edit in edits_in(change.path, one.edits)]
    return rewritten(change.source, edits) if edits else change.source.text
