"""Text files that are not Python with their edits made, each kind of edit proved on its own."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import KEY_EDITS, Edit, ReplaceSpan
from migrate.rewrite.engine.keys import in_text
from migrate.rewrite.engine.splicing import apply_splices
from migrate.rewrite.proof.documents import prove_document
from migrate.rewrite.proof.keys import prove_keys
from migrate.sources.fences import fences
from migrate.sources.kinds import SETTING, kind_of
from migrate.sources.place import Span


def apply_to_text(path: str, text: str, edits: Sequence[Edit]) -> str:
    """``text`` with those of ``edits`` made that are for text: stretches and keys. Raises ProofError."""
    splices = [edit for edit in edits if isinstance(edit, ReplaceSpan)]
    keys = [edit for edit in edits if isinstance(edit, KEY_EDITS)]
    between = text
    if keys:
        between = apply_splices(text, in_text(path, text, keys))
        prove_keys(path, text, keys, between)
    new_text = apply_splices(text, in_text(path, text, [*splices, *keys])) if splices else between
    if splices and kind_of(path) in SETTING:
        prove_document(path, between, splices, new_text)
    if kind_of(path) == "prose":
        _refuse_outside(path, text, [edit.span for edit in keys])
    return new_text


def _refuse_outside(path: str, text: str, spans: Sequence[Span]) -> None:
    """Raises ProofError for a span outside of the shell blocks of a document."""
    blocks = [one for one in fences(path, text) if one.language == "shell"]
    for span in spans:
        if not any(one.first <= span.line and span.end_line <= one.last for one in blocks):
            raise ProofError("engine", f"line {span.line} of {path} is in no code block")
