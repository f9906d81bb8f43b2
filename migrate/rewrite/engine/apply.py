"""The one place that changes Python text: edits in, new text out, and nothing else differs.

It decides nothing (rules do), reads and writes no file, and imports libcst only when there is an edit.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.findings.edits import Edit
from migrate.rewrite.engine.edits import merged
from migrate.rewrite.proof.prove import prove


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with all ``edits`` applied, nested ones included.

    ``text`` is the file without its BOM and with the line ends it has on disk; every Span counts in it.
    Raises ProofError (rule ``engine``) where a span does not hold the syntax that its edit expects,
    where edits contradict each other, and where an edit cannot be made without touching more.
    """
    wanted = merged(edits)
    if not wanted:
        return text
    from migrate.rewrite.engine.cst_apply import applied

    return applied(text, wanted)


def rewrite_text(text: str, edits: Sequence[Edit]) -> str:
    """``apply_edits`` and ``prove``: the new text, proved. Raises ProofError from either."""
    new_text = apply_edits(text, edits)
    prove(text, edits, new_text)
    return new_text
