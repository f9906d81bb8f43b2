"""Proves an edited configuration file: parsed before and after, it differs in exactly the edited values."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from migrate.errors import ProofError
from migrate.facts.documents.leaves import Leaf, leaves
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import FORMATS, Format, format_of
from migrate.facts.shell.curl import curl_requests
from migrate.findings.edits import ReplaceSpan
from migrate.rewrite.engine.splicing import apply_splices
from migrate.sources.assignments import assignments
from migrate.sources.installs import install_words
from migrate.sources.kinds import kind_of
from migrate.sources.terraform import named_values

_WIDEST = 16
_MARGIN = re.compile(r"(?m)^[ \t]+")
_GOES_ON = re.compile(r"\\[ \t]*\r?\n\s*")
_QUOTE = re.compile("''")
_FOLD = re.compile(r"[ \t]*\r?\n[ \t]*")


def prove_document(path: str, text: str, edits: Sequence[ReplaceSpan], new_text: str) -> None:
    """Raises ProofError unless ``new_text`` says what ``text`` says but for one value an edit, in which the
    edit's old text has become its new one."""
    added = [edit for edit in edits if not edit.old]
    if added:
        if new_text != apply_splices(text, edits):
            raise ProofError("proof", f"{path} would have other text than the edits name")
        between = apply_splices(text, [edit for edit in edits if edit.old])
        _prove_added(path, between, added, new_text)
        edits, new_text = [edit for edit in edits if edit.old], between
    form = _form(path, text)
    try:
        old, new = _leaves(path, text, form), _leaves(path, new_text, form)
    except DocumentError as error:
        raise ProofError("proof", f"{path} is not valid {form} any more: {error.what}") from None
    differing = _differing(old, new)
    wanted = [(edit.old, edit.new) for edit in sorted(set(edits), key=lambda one: one.span)]
    for before, after in differing:
        made = _making(wanted, before, after)
        if made is None:
            raise ProofError("proof", f"{path} would say something else beside its edits")
        wanted = made
    if wanted:
        raise ProofError("proof", f"an edit of {path} changes no value of it")


def _making(wanted: list[tuple[str, str]], before: str, after: str) -> list[tuple[str, str]] | None:
    """``wanted`` without the changes that make ``after`` of ``before``: one, or several that follow each
    other; None where no such do."""
    for index, one in enumerate(wanted):
        if _makes(one, before, after):
            return wanted[:index] + wanted[index + 1 :]
    for first in range(len(wanted)):
        for last in range(first + 2, len(wanted) + 1):
            if _together(wanted[first:last], before) == after:
                return wanted[:first] + wanted[last:]
    return None


def _together(changes: Sequence[tuple[str, str]], text: str) -> str:
    """``text`` with each old text replaced that first occurs behind the change before; "" without one."""
    done = ""
    for old, new in changes:
        head, found, text = text.partition(old)
        if not found:
            return ""
        done += head + new
    return done + text


def _prove_added(path: str, text: str, edits: Sequence[ReplaceSpan], new_text: str) -> None:
    """Raises ProofError unless ``new_text`` says what ``text`` says, and besides only what ``edits`` add."""
    form = _form(path, text)
    try:
        old, new = _leaves(path, text, form), _leaves(path, new_text, form)
    except DocumentError as error:
        raise ProofError("proof", f"{path} is not valid {form} any more: {error.what}") from None
    brought = "".join(edit.new for edit in edits)
    for kind, _, _, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind not in ("equal", "insert"):
            raise ProofError("proof", f"{path} would say something else beside what is added")
        if kind == "insert" and not all(
            value in brought for _, value in new[first:last] if value not in _OPEN
        ):
            raise ProofError("proof", f"{path} would say more than what is added")


_OPEN = ("{}", "[]")


def _replaced(before: str, pair: tuple[str, str], after: str) -> bool:
    """Whether ``after`` is ``before`` with one occurrence of the pair's first text replaced by its second."""
    old, new = pair
    return any(
        before[:at] + new + before[at + len(old) :] == after for at in (m.start() for m in _all(old, before))
    )


def _all(old: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(f"(?={re.escape(old)})", text)


def _makes(change: tuple[str, str], before: str, after: str) -> bool:
    """Whether a change of the file's text makes ``after`` of a value: as it stands, without the margin that a
    YAML block has, with its lines folded, or with its quotes and escapes read."""
    old, new = (text.replace("\r\n", "\n") for text in change)
    readings = [change, (old, new), *_without_margin(old, new)]
    for pattern, read in ((_FOLD, " "), (_GOES_ON, ""), (_QUOTE, "'")):
        readings.append((pattern.sub(read, old), pattern.sub(read, new)))
    if "\\" in old + new:
        with contextlib.suppress(ValueError):
            readings.append((json.loads(f'"{old}"'), json.loads(f'"{new}"')))
    return any(_replaced(before, one, after) for one in dict.fromkeys(readings))


def _without_margin(old: str, new: str) -> Iterator[tuple[str, str]]:
    """A change without the blanks that its lines begin with, and without as many as a block may ask for."""
    widest = max((len(match[0]) for match in _MARGIN.finditer(old + "\n" + new)), default=0)
    for width in {widest, *range(1, min(widest, _WIDEST))}:
        margin = re.compile(rf"(?m)^[ \t]{{0,{width}}}")
        yield margin.sub("", old), margin.sub("", new)


def _differing(old: list[Leaf], new: list[Leaf]) -> list[tuple[str, str]]:
    if len(old) != len(new) or any(one[0] != other[0] for one, other in zip(old, new, strict=True)):
        raise ProofError("proof", "the file would have other keys than before")
    return [(one[1], other[1]) for one, other in zip(old, new, strict=True) if one != other]


def _leaves(path: str, text: str, form: Format | None) -> list[Leaf]:
    if form is not None:
        return leaves(text, form)
    installed = (("pip install", word) for word in install_words(text))
    sent = _sent(path, text)
    named = ((one.name, one.value) for one in named_values(path, text))
    return [*((one.name, one.value) for one in assignments(path, text)), *named, *installed, *sent]


def _sent(path: str, text: str) -> Iterator[Leaf]:
    """What curl commands say, with their variables by name."""
    for request in curl_requests(path, text):
        body = (request.body,) if request.body is not None else ()
        for word in (*request.urls, *request.headers, *body, *request.form):
            yield "curl", word.text
            yield from (("$", one.name) for one in word.variables)


def _form(path: str, text: str) -> Format | None:
    """The format of a file: the one its name promises if it keeps that, or the first that can read it; None
    where the variables that it sets are all that can be read."""
    known = format_of(path)
    if kind_of(path) in ("deployment", "shell"):
        return None
    for form in (known,) if known is not None else FORMATS:
        try:
            leaves(text, form)
        except DocumentError:
            continue
        return form
    return None
