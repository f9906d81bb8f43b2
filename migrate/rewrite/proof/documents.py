"""Proves an edited configuration file: parsed before and after, it differs in exactly the edited values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.facts.documents.leaves import Leaf, leaves
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import FORMATS, Format, format_of
from migrate.findings.edits import ReplaceSpan


def prove_document(path: str, text: str, edits: Sequence[ReplaceSpan], new_text: str) -> None:
    """Raises ProofError unless ``new_text`` says what ``text`` says but for one value an edit, in which the
    edit's old text has become its new one."""
    form = _form(path, text)
    try:
        old, new = leaves(text, form), leaves(new_text, form)
    except DocumentError as error:
        raise ProofError("proof", f"{path} is not valid {form} any more: {error.what}") from None
    differing = _differing(old, new)
    wanted = Counter((edit.old, edit.new) for edit in set(edits))
    for before, after in differing:
        pair = next((one for one in wanted if wanted[one] and before.replace(*one) == after), None)
        if pair is None:
            raise ProofError("proof", f"{path} would say something else beside its edits")
        wanted[pair] -= 1
    if any(wanted.values()):
        raise ProofError("proof", f"an edit of {path} changes no value of it")


def _differing(old: list[Leaf], new: list[Leaf]) -> list[tuple[str, str]]:
    if len(old) != len(new) or any(one[0] != other[0] for one, other in zip(old, new, strict=True)):
        raise ProofError("proof", "the file would have other keys than before")
    return [(one[1], other[1]) for one, other in zip(old, new, strict=True) if one != other]


def _form(path: str, text: str) -> Format:
    """The format of a file: by its name where that says it, else the first that can read it."""
    known = format_of(path)
    if known is not None:
        return known
    for form in FORMATS:
        try:
            leaves(text, form)
        except DocumentError:
            continue
        return form
    raise ProofError("proof", f"{path} is in no format that can be proved")
