"""Judges the roles of model ids: what must be edited counts as a use, and what must stay does not."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from benchmarks.recall.labels import LiteralRow
from benchmarks.recall.scanning import FoundLiteral

# Where a literal stands decides, or that somebody saw it reach a call; any other row may be either.
_EDITED = frozenset(("call-argument",))
_KEPT = frozenset(
    (
        *("table-key", "list", "branch", "registry", "docstring", "comment", "embedded", "type-literal"),
        "normalisation",
    )
)
# Not counted, yet worth a look where it is called a use: a tokenizer or a price table knows few models.
_DOUBTFUL = frozenset(("tokenizer-default", "tokenizer-argument", "price-default", "lookup-default"))
# Text that need not be listed at all, as long as nothing edits it.
_TEXT = frozenset(("docstring", "comment", "embedded"))


class JudgedLiterals(msgspec.Struct, frozen=True):
    """Rows judged right, wrong (with the reason), by nothing, not listed; ``doubtful`` uses look wrong."""

    right: list[LiteralRow]
    wrong: list[tuple[LiteralRow, str]]
    free: list[LiteralRow]
    unlisted: list[LiteralRow]
    doubtful: list[tuple[LiteralRow, str]]


def judge_literals(rows: Iterable[LiteralRow], found: Iterable[FoundLiteral]) -> JudgedLiterals:
    """Compares the rows of one package with what ``scan`` lists for it."""
    places: dict[tuple[str, int], list[FoundLiteral]] = {}
    for literal in found:
        places.setdefault((literal.path, literal.line), []).append(literal)
    result = JudgedLiterals([], [], [], [], [])
    for row in rows:
        listed = _listed(row, places.get((row.path, row.line), []))
        if listed is None and row.role not in _TEXT:
            result.unlisted.append(row)
        _judge(row, listed, result)
    return result


def must_be_use(row: LiteralRow) -> bool | None:
    """Whether the row has to count as a use, must not, or may (None)."""
    if row.area == "test" or row.role in _KEPT:
        return False
    if row.reaches or (row.role in _EDITED and row.receiver.startswith("sdk:")):
        return True
    return None


def _listed(row: LiteralRow, here: list[FoundLiteral]) -> FoundLiteral | None:
    """The listed literal at the row's place: the one that covers its column, else the one with its value."""
    covering = [one for one in here if one.column <= row.col + 1 < one.end_column]
    same = [one for one in covering or here if row.value in one.value]
    return next(iter(same), None)


def _judge(row: LiteralRow, listed: FoundLiteral | None, result: JudgedLiterals) -> None:
    wanted, use = must_be_use(row), listed is not None and listed.use
    if row.role == "embedded" and listed is not None and _prefixed(row.value, listed.value):
        wanted = None
    said = "not listed" if listed is None else f"{listed.role}, {'a use' if use else 'no use'}"
    if wanted is None:
        result.free.append(row)
        if use and row.role in _DOUBTFUL:
            result.doubtful.append((row, said))
    elif wanted == use:
        result.right.append(row)
    else:
        result.wrong.append((row, said))


def _prefixed(value: str, whole: str) -> bool:
    """Whether the literal is the model id with a provider before it: ``openai/gpt-4o``, ``openai:gpt-4o``."""
    head = whole.removesuffix(value)
    return whole.endswith(value) and head.endswith(("/", ":")) and head[:-1].isidentifier()
