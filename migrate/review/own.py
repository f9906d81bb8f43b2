"""Pieces that a person wrote, put beside the changes that are made as they are. Proves nothing of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence

import msgspec

from migrate.errors import UsageError
from migrate.review.diff import lines_of, patch
from migrate.review.pieces import Piece, pieces
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.sources.encoding import UndecodableError, decode
from migrate.sources.source import Source

_BY_HAND = "by hand"


def with_own(proposal: Proposal, own: Sequence[Piece], source_of: Callable[[str], Source | None]) -> Proposal:
    """``proposal`` with the pieces ``own``, whose paths are those of its files.

    Raises UsageError where they do not fit the file, meet another change in its lines, or give what does not
    parse.
    """
    changes = {one.path: one for one in proposal.changes}
    for path in sorted({one.path for one in own}):
        source = source_of(path)
        if source is None:
            raise UsageError(f"{path}: not among the files that were read")
        change = changes.get(path) or FileChange(source, source.text, ())
        there = [msgspec.structs.replace(one, path=path) for one in pieces(patch([change]))]
        mine = sorted({one for one in own if one.path == path})
        _check(mine, there)
        text = _made(source, [*there, *mine])
        changes[path] = FileChange(source, text, (*change.rules, _BY_HAND))
    return msgspec.structs.replace(proposal, changes=tuple(changes[path] for path in sorted(changes)))


def _check(mine: Sequence[Piece], there: Iterable[Piece]) -> None:
    for index, piece in enumerate(mine):
        for other in (*there, *mine[index + 1 :]):
            if piece.collides(other):
                raise UsageError(f"{piece}: another change is made in the same lines; accept one of them")


def _made(source: Source, wanted: Iterable[Piece]) -> str:
    """The text of ``source`` with all pieces made, last first. Raises UsageError where one does not fit."""
    lines = lines_of(source.raw)
    for piece in sorted(set(wanted), key=lambda one: (one.line, bool(one.removed)), reverse=True):
        first = piece.line - 1
        if tuple(lines[first : first + len(piece.removed)]) != piece.removed:
            raise UsageError(f"{piece}: the lines it takes out are not there; edit only what is added")
        lines[first : first + len(piece.removed)] = piece.added
    try:
        text = decode("".join(lines).encode("latin-1"), source.encoding)
    except UndecodableError as error:
        raise UsageError(f"{source.path}:{error.line}: {error}") from None
    if source.path.endswith(".py"):
        _parse(text, source.path)
    return text


def _parse(text: str, path: str) -> None:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise UsageError(
            f"{path}{f':{line}' if line else ''}: what was edited is not Python: {error}"
        ) from None
