"""A rewritten prompt as a change of the source it is written in: the words that differ, nothing else."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator

import msgspec

from migrate.errors import ProofError
from migrate.live.rewriting import Rewriting
from migrate.prompts.prompt import PromptText
from migrate.prompts.simplification.placing import placed
from migrate.prompts.simplification.stretches import UnplaceableError, touched_by
from migrate.rewrite.proposal import FileChange
from migrate.rewrite.selection import edits_in, rewritten
from migrate.sources.lines import Lines
from migrate.sources.source import Source

_WORDS = re.compile(r"\s|\w+|[^\w\s]")


class _Change(msgspec.Struct, frozen=True):
    start: int
    end: int
    new: str


def in_source(
    found: Rewriting, source_of: Callable[[str], Source | None]
) -> tuple[tuple[FileChange, ...], str]:
    """The files that change, each proved; or none, and why the rewriting has to be made by hand."""
    assert found.text is not None
    sources = {one.place.path: source_of(one.place.path) for one in found.prompt.literals}
    known = {path: source for path, source in sources.items() if source is not None}
    if len(known) < len(sources):
        return (), "a file that it stands in cannot be read any more"
    try:
        changes = list(_changes(found.prompt, found.text))
        if any(piece.between for one in changes for piece in touched_by(found.prompt, one)):
            return (), "what stands between all items of a list would change"
        edits = placed(
            found.prompt,
            changes,
            {path: Lines(source.text) for path, source in known.items()},
        )
        paths = sorted({one.path for one in edits})
        return tuple(
            FileChange(known[path], rewritten(known[path], edits_in(path, edits)), ("prompt-rewriting",))
            for path in paths
        ), ""
    except (UnplaceableError, ProofError) as error:
        return (), str(error)


def _changes(prompt: PromptText, new: str) -> Iterator[_Change]:
    """The words that differ; a field is one word."""
    old_words, new_words = _split(prompt), _WORDS.findall(new)
    new_words = _with_fields(new, {word for word in old_words if len(word) > 1 and word.startswith("{")})
    at = [0]
    for word in old_words:
        at.append(at[-1] + len(word))
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            yield _Change(at[first], at[last], "".join(new_words[new_first:new_last]))


def _split(prompt: PromptText) -> list[str]:
    found: list[str] = []
    for piece in prompt.pieces:
        text = prompt.text[piece.start : piece.end]
        found += [text] if piece.kind == "field" else _WORDS.findall(text)
    return found


def _with_fields(text: str, fields: set[str]) -> list[str]:
    if not fields:
        return _WORDS.findall(text)
    either = re.compile("(" + "|".join(re.escape(one) for one in sorted(fields, key=len, reverse=True)) + ")")
    found: list[str] = []
    for part in either.split(text):
        found += [part] if part in fields else _WORDS.findall(part)
    return found
